import { Tag } from 'antd'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import type { Column } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { isLink, isLong, ownColumn } from '../domain/own-fields.ts'
import { useNamed } from './named.ts'

export type OwnField = ResultOf<typeof api.ownFields>['fields'][number]
export type OwnValue = ResultOf<typeof api.ownValues>['values'][string]
interface Row {
  readonly own: Readonly<Record<string, OwnValue>>
}

/** The fields in use that the company defined. */
export function useOwnFields(): readonly OwnField[] {
  const { data } = useRead(api.ownFields, {})
  return (data?.fields ?? []).filter(({ removed }) => !removed)
}

/** Columns of the list for the fields that lists show. */
export function useOwnColumns(): Column<Row>[] {
  const named = useNamed()
  return useOwnFields()
    .filter(({ inList }) => inList)
    .map((field) => ({
      key: ownColumn(field.id),
      title: named(field.names),
      optional: true,
      ...(isLong(field.type) ? {} : { sortable: true }),
      ...(field.type === 'number' || field.type === 'money' ? { align: 'end' as const } : {}),
      cell: (row: Row) => <OwnShown field={field} value={row.own[field.id] ?? null} brief />,
    }))
}

/** `brief`: on one line of a list. */
export function OwnShown({ field, value, brief = false }: { field: OwnField; value: OwnValue; brief?: boolean }) {
  const textOf = useOwnText(field)
  if (value === null) return <span className="muted">–</span>
  if (field.type === 'link' && typeof value === 'string') return <OwnLink address={value} brief={brief} />
  if (field.type === 'long' && typeof value === 'string')
    return (
      <span className={brief ? 'own-brief' : 'written'} {...(brief ? { title: value } : {})}>
        {value}
      </span>
    )
  if (Array.isArray(value)) return value.map((key) => <Tag key={key}>{textOf(key)}</Tag>)
  return textOf(value)
}

/** Opened in a window of its own, which learns nothing of this one. What is no address of a page is not opened, whoever wrote it. */
function OwnLink({ address, brief }: { address: string; brief: boolean }) {
  const shown = brief ? { className: 'own-brief', title: address } : {}
  if (!isLink(address)) return <span {...shown}>{address}</span>
  return (
    <a {...shown} href={address} target="_blank" rel="noopener noreferrer nofollow">
      {address.replace(/^https?:\/\//i, '').replace(/\/$/, '')}
    </a>
  )
}

/** What a field holds, in words. */
export function useOwnText(field: OwnField): (value: OwnValue) => string {
  const ui = useWords('ui')
  const format = useFormat()
  const named = useNamed()
  const choice = (key: string) => {
    const found = field.choices.find((one) => one.key === key)
    return found ? named(found.names) || key : key
  }
  const textOf = (value: OwnValue): string => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return ui('meanwhile.nothing')
    if (Array.isArray(value)) return value.map(choice).join(ui('comma'))
    if (typeof value === 'boolean') return ui(value ? 'yes' : 'no')
    if (typeof value === 'number') return field.type === 'money' ? format.money(value) : String(value)
    return field.type === 'day' ? format.day(value) : choice(value)
  }
  return textOf
}
