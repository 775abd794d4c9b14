import type { Context } from '#platform/context.ts'
import type { Cell } from '#platform/tabular/csv-writer.ts'
import type { ArchiveField, FieldValue } from '../domain/archive.ts'
import type { OwnValue } from '../domain/own-fields.ts'
import type { OwnFieldSetting } from '../settings.ts'
import { isArchiveField } from '../store/archive-columns.ts'
import { listMonthChanges, type MonthChange } from '../store/reports.ts'
import { archiveCell, ownCell } from './export-archive.ts'
import type { Manner } from './export-manner.ts'
import { withoutPersonal } from './personal.ts'

type Span = Parameters<typeof listMonthChanges>[1]

/** The changes of a span as rows of a file, newest first, page by page. `defined`: the fields that the company defined, also those that were removed. */
export async function* changeRows(
  context: Context,
  span: Span,
  how: Manner,
  defined: readonly OwnFieldSetting[],
): AsyncGenerator<readonly Cell[]> {
  yield [
    how.heading('changedAt', (w) => w.change.at, 'zone'),
    how.heading('customer', (w) => w.column.name),
    how.heading('customerId', (w) => w.column.key),
    how.heading('field', (w) => w.change.field),
    how.heading('before', (w) => w.change.before),
    how.heading('after', (w) => w.change.after),
    how.heading('changedBy', (w) => w.change.by),
  ]
  const size = 1000
  for (let after: { at: string; customerId: string; id: string } | null = null; ; ) {
    const rows: readonly MonthChange[] = await listMonthChanges(context.db, span, after, size)
    const shown = await withoutPersonal(context, rows)
    const owners = shown.filter(({ field }) => field === 'ownerId').flatMap((one) => [one.before, one.after])
    const people = await how.people(
      [...shown.map(({ by }) => by), ...owners].filter((id): id is string => typeof id === 'string'),
      context.db,
    )
    for (const one of shown) {
      const side = (value: unknown) => sideCell(one.field, value, how, people, defined)
      yield [
        how.instant(one.at),
        one.customerName,
        one.customerId,
        fieldWord(one.field, how, defined),
        side(one.before),
        side(one.after),
        people.get(one.by) ?? one.by,
      ]
    }
    if (rows.length < size) return
    const last = rows.at(-1)!
    after = { at: last.at.toISOString(), customerId: last.customerId, id: last.id }
  }
}

const ownOf = (field: string, defined: readonly OwnFieldSetting[]) => defined.find(({ id }) => field === `own:${id}`)

function fieldWord(field: string, how: Manner, defined: readonly OwnFieldSetting[]): string {
  if (how.words === null) return field
  if (field.startsWith('own:')) return how.named(how.words.own.removed, ownOf(field, defined)?.names)
  return (how.words.field as Readonly<Record<string, string>>)[field] ?? field
}

/** What a history says was or is there. */
function sideCell(
  field: string,
  value: unknown,
  how: Manner,
  people: ReadonlyMap<string, string>,
  defined: readonly OwnFieldSetting[],
): Cell {
  if (value === null || value === undefined) return null
  if (isArchiveField(field)) return archiveCell(field satisfies ArchiveField, value as FieldValue, how, people)
  const own = ownOf(field, defined)
  if (own) return ownCell(own, value as OwnValue, how)
  if (typeof value === 'boolean') return how.flag(value)
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value !== 'object') return String(value)
  if (how.words === null) return JSON.stringify(value)
  if (field === 'relation') {
    const { kind, side } = value as { kind: string; side: string }
    return (how.words.relation.is as Readonly<Record<string, Readonly<Record<string, string>>>>)[kind]?.[side] ?? kind
  }
  return Object.values(value).join(' · ')
}
