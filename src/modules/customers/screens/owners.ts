import { api as organization } from '#modules/organization/api.ts'
import { useRead } from '#ui/use-endpoint.ts'

/** Who may look after customers, and what they are called; a name that an import brought along stands for itself. */
export function useOwners(): { readonly choices: { value: string; label: string }[]; nameOf(id: string | null): string | null } {
  const { data } = useRead(organization.people, { limit: 200 })
  const people = data?.items ?? []
  return {
    choices: people.filter(({ enabled }) => enabled).map(({ id, name }) => ({ value: id, label: name })),
    nameOf: (id) => (id === null ? null : (people.find((person) => person.id === id)?.name ?? id)),
  }
}
