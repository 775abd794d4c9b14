import { api } from '#modules/organization/api.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'

/** Says who somebody is by the id that a run or a change carries. */
export function usePeople(): (id: string) => string {
  const t = useWords('runs')
  const people = useRead(api.people, { limit: 200 })
  const names = new Map(people.data?.items.map((person) => [person.id, person.name]))
  return (id) => names.get(id) ?? (id === 'operator' || id === 'system' ? t(`by.${id}`) : people.isPending ? '…' : t('by.unknown'))
}
