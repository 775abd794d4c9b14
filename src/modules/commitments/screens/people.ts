import { api as organization } from '#modules/organization/api.ts'
import { useRead } from '#ui/use-endpoint.ts'

/** Who works here: to choose from, and what they are called. */
export function usePeople(): { readonly choices: { value: string; label: string }[]; nameOf(id: string | null): string } {
  const { data } = useRead(organization.people, { limit: 200 })
  const people = data?.items ?? []
  return {
    choices: people.filter(({ enabled }) => enabled).map(({ id, name }) => ({ value: id, label: name })),
    nameOf: (id) => people.find((person) => person.id === id)?.name ?? id ?? '',
  }
}
