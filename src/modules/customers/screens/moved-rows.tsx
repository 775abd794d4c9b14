import { useFormat } from '#ui/format.ts'
import { useWords } from '#ui/words.ts'

/** Tables that people know, in the order in which they ask for them. */
const named = [
  'orders.purchase',
  'customers.interaction',
  'commitments.commitment',
  'commitments.signal',
  'customers.key_person',
  'customers.used_competitor',
  'customers.contact_point',
  'customers.consent',
  'customers.relation',
  'customers.own_value',
  'customers.source_record',
  'customers.change',
]

export interface MovedGroup {
  /** A table, or 'other' for all that have no name of their own. */
  readonly name: string
  readonly tables: readonly string[]
  readonly count: number
}

/** Rows by their tables as people speak of them. */
export function movedGroups(rows: Readonly<Record<string, number>>): readonly MovedGroup[] {
  const groups = Map.groupBy(Object.keys(rows), (table) => (named.includes(table) ? table : 'other'))
  return [...named, 'other'].flatMap((name) => {
    const tables = groups.get(name) ?? []
    const count = tables.reduce((sum, table) => sum + (rows[table] ?? 0), 0)
    return count === 0 ? [] : [{ name, tables, count }]
  })
}

export function useMovedWords(): (group: MovedGroup) => string {
  const t = useWords('customers')
  const format = useFormat()
  return ({ name, count }) => t(`moved.${name.replace('.', '-')}`, { count, number: format.number(count) })
}

/** What comes over, in words; tables without a name of their own are summed up. */
export function MovedRows({ rows }: { rows: Readonly<Record<string, number>> }) {
  const t = useWords('customers')
  const words = useMovedWords()
  const groups = movedGroups(rows)
  if (groups.length === 0) return <p className="muted">{t('moved.nothing')}</p>
  return (
    <ul className="plain-list">
      {groups.map((group) => (
        <li key={group.name}>{words(group)}</li>
      ))}
    </ul>
  )
}
