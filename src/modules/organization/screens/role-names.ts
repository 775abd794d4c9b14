import { useNamed } from '#ui/named.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'

/** What a role is called: in the words of the product, or as the company named it. */
export function useRoleName(): (role: string) => string {
  const t = useWords('organization')
  const named = useNamed()
  const { data } = useRead(api.roleNames, {})
  const known = new Map(data?.roles.map(({ name, names }) => [name, names]))
  return (role) => {
    const names = known.get(role)
    if (names === undefined) return data ? role : ''
    return names === null ? t(`role.${role}`) : named(names)
  }
}

/** Roles to choose from, by their names. */
export function useRoleChoices() {
  const nameOf = useRoleName()
  const { data } = useRead(api.roleNames, {})
  return (data?.roles ?? []).map(({ name }) => ({ value: name, label: nameOf(name) }))
}
