import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { type Cell, writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import type { ArchiveValues } from '../domain/archive.ts'
import type { OwnFieldSetting } from '../settings.ts'
import { archivesOf } from '../store/archive-columns.ts'
import { type ListQuery, listCustomers } from '../store/list.ts'
import type { ListedCustomer } from '../store/listed-customer.ts'
import { readOwnValues } from '../store/own-values.ts'
import { archiveCell, furtherArchive, ownCell } from './export-archive.ts'
import { forPeople, forPrograms, type Language, type Manner, type Words } from './export-manner.ts'
import { withFiguresOf } from './figures.ts'
import { ownFieldsInUse } from './own-in-use.ts'
import { hidesPersonal, isPersonal, keyFor } from './personal.ts'

export interface ExportWish {
  readonly query: Omit<ListQuery, 'after' | 'limit'>
  readonly format: 'csv' | 'xlsx'
  readonly columns: readonly string[]
  /** Words for people in a language (by default the organization's), or keys for programs, which never change. */
  readonly headings: 'words' | 'keys'
  readonly language?: Language | undefined
}

/** The list as a file: the columns that are named, or everything. */
export async function exportCustomers(context: Context, { query, format, columns, headings, language }: ExportWish) {
  const { db, now } = context
  const { timeZone, currency, locale } = await readSetting(db, organizationProfile)
  const how = headings === 'keys' ? forPrograms(currency) : forPeople(language ?? locale, currency, timeZone)
  const rows = exportRows(context, query, await chosenOf(context, columns), how)
  const day = dayIn(timeZone, now)
  return format === 'csv'
    ? { fileName: `customers-${day}.csv`, mediaType: 'text/csv; charset=utf-8', content: writeCsv(rows) }
    : {
        fileName: `customers-${day}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: writeXlsx(rows, how.words?.nav.customers ?? 'customers'),
      }
}

interface Chosen {
  readonly listed: readonly ExportColumn[]
  readonly archive: readonly (typeof furtherArchive)[number][]
  readonly own: readonly OwnFieldSetting[]
}

/** Own fields are columns by `own:<id>`. Where nobody chooses, there is everything, with the own fields that lists show. */
async function chosenOf(context: Context, columns: readonly string[]): Promise<Chosen> {
  const fields = await ownFieldsInUse(context)
  const listed = columns.filter((name): name is ExportColumn => Object.hasOwn(exportColumns, name))
  const archive = furtherArchive.filter((name) => columns.includes(name))
  const own = fields.filter(({ id }) => columns.includes(`own:${id}`))
  if (listed.length + archive.length + own.length > 0) return { listed, archive, own }
  return { listed: Object.keys(exportColumns) as ExportColumn[], archive: furtherArchive, own: fields.filter(({ inList }) => inList) }
}

const exportColumns = {
  id: { named: (w) => w.column.key, cell: (c) => c.externalKey ?? c.id },
  name: { named: (w) => w.column.name, cell: (c) => c.name },
  kind: { named: (w) => w.field.kind, cell: (c, how) => how.coded('kind', c.kind) },
  role: { named: (w) => w.column.role, cell: (c, how) => how.coded('role', c.role) },
  phase: { named: (w) => w.column.phase, cell: (c, how) => how.coded('phase', c.phase) },
  target: { named: (w) => w.column.target, cell: (c, how) => how.coded('targets', String(c.target)) },
  company: { named: (w) => w.field.company, cell: (c) => c.company },
  email: { named: (w) => w.column.email, cell: (c) => c.email },
  phone: { named: (w) => w.column.phone, cell: (c) => c.phone },
  city: { named: (w) => w.column.city, cell: (c) => c.city },
  region: { named: (w) => w.column.region, cell: (c) => c.region },
  owner: { named: (w) => w.column.owner, cell: (c, _, owners) => owners.get(c.ownerId ?? '') ?? c.ownerId },
  tags: { named: (w) => w.column.tags, cell: (c) => c.tags.join(', ') },
  completeness: { named: (w) => w.column.completeness, cell: (c) => c.completeness },
  tier: { named: (w) => w.column.tier, cell: (c, how) => how.coded('tiers', c.tier) },
  valueLabel: { named: (w) => w.column.valueLabel, cell: (c, how) => how.coded('valueLabel', c.valueLabel) },
  activity: { named: (w) => w.column.activity, cell: (c, how) => how.coded('activity', c.activity) },
  segment: { named: (w) => w.filter.segment, cell: (c, how) => how.coded('segment', c.segment) },
  orders: { named: (w) => w.column.orders, cell: (c) => c.orders },
  firstOrderDay: { named: (w) => w.column.firstOrder, cell: (c) => dayCell(c.firstOrderDay) },
  lastOrderDay: { named: (w) => w.column.lastOrder, cell: (c) => dayCell(c.lastOrderDay) },
  revenue: { named: (w) => w.column.revenue, cell: (c, how) => how.money(c.revenueMinor) },
  profit: { named: (w) => w.column.profit, cell: (c, how) => how.money(c.profitMinor) },
  lifetimeValue: { named: (w) => w.column.lifetimeValue, cell: (c, how) => how.money(c.lifetimeValueMinor) },
  probabilityOrdering: { named: (w) => w.column.ordering, cell: (c) => c.probabilityOrdering },
  probabilityAlive: { named: (w) => w.column.alive, cell: (c) => c.probabilityAlive },
  createdAt: { named: (w) => w.column.created, cell: (c, how) => how.instant(c.createdAt) },
} as const satisfies Record<
  string,
  {
    readonly named: (words: Words) => string
    readonly cell: (customer: ListedCustomer, how: Manner, owners: ReadonlyMap<string, string>) => Cell
  }
>
type ExportColumn = keyof typeof exportColumns
const units: Readonly<Partial<Record<ExportColumn, 'currency' | 'percent' | 'zone'>>> = {
  revenue: 'currency',
  profit: 'currency',
  lifetimeValue: 'currency',
  completeness: 'percent',
  createdAt: 'zone',
}

const figureExports: ReadonlySet<ExportColumn> = new Set([
  ...(['tier', 'valueLabel', 'activity', 'segment', 'orders', 'firstOrderDay', 'lastOrderDay'] as const),
  ...(['revenue', 'profit', 'lifetimeValue', 'probabilityOrdering', 'probabilityAlive'] as const),
])

const dayCell = (day: string | null): Cell => (day === null ? null : { date: day })

/** The list page by page, so that memory stays constant whatever its length; own fields stand at the end. What is hidden from the caller is empty. */
async function* exportRows(
  context: Context,
  query: ExportWish['query'],
  { listed, archive, own }: Chosen,
  how: Manner,
): AsyncGenerator<readonly Cell[]> {
  const { db } = context
  const hidden = hidesPersonal(context)
  yield [
    ...listed.map((name) => how.heading(name, exportColumns[name].named, units[name])),
    ...archive.map((name) => how.heading(name, (words) => words.field[name])),
    ...own.map(({ id, names }) => how.named(`own:${id}`, names)),
  ]
  const size = 1000
  for (let after: ListQuery['after'] = null; ; ) {
    const { items, places } = await listCustomers(db, { ...query, after, limit: size })
    const ids = items.map(({ id }) => id)
    const owners = listed.includes('owner')
      ? await how.people(
          items.flatMap(({ ownerId }) => ownerId ?? []),
          db,
        )
      : new Map<string, string>()
    const archives = archive.length > 0 ? await archivesOf(db, ids) : new Map<string, ArchiveValues>()
    const ownValues = await readOwnValues(db, ids, own)
    const valued = await withFiguresOf(context, ids)
    for (const item of items) {
      const shown = hidden
        ? { ...item, email: null, phone: null, externalKey: item.externalKey && keyFor(context, item.externalKey) }
        : item
      const values = archives.get(item.id) ?? {}
      yield [
        ...listed.map((name) => (valued.has(item.id) || !figureExports.has(name) ? exportColumns[name].cell(shown, how, owners) : null)),
        ...archive.map((name) => (hidden && isPersonal(name) ? null : archiveCell(name, values[name] ?? null, how, owners))),
        ...own.map((field) => ownCell(field, ownValues.get(item.id)?.[field.id] ?? null, how)),
      ]
    }
    if (items.length < size) return
    after = places.at(-1)!
  }
}
