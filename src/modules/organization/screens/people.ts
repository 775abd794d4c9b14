import { useRead } from '#ui/use-endpoint.ts'
import { api } from '../api.ts'

/** Who works here: to choose from (those who may sign in), and to name by id. */
export function usePeople(): { readonly choices: { value: string; label: string }[]; nameOf(id: string): string } {
  const { data } = useRead(api.people, { limit: 200 })
  const people = data?.items ?? []
  return {
    choices: people.filter(({ enabled }) => enabled).map(({ id, name }) => ({ value: id, label: name })),
    nameOf: (id) => people.find((person) => person.id === id)?.name ?? id,
  }
}
