import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { namesOf } from '#platform/sign-in/users.ts'
import { type Cell, writeCsv } from '#platform/tabular/csv-writer.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import shellEn from '#ui/texts/en.json' with { type: 'json' }
import shellSimplified from '#ui/texts/zh-CN.json' with { type: 'json' }
import shellTraditional from '#ui/texts/zh-TW.json' with { type: 'json' }
import type { OwnFieldType, OwnValue } from '../domain/own-fields.ts'
import { type ListQuery, listCustomers } from '../store/list.ts'
import type { ListedCustomer } from '../store/listed-customer.ts'
import { readOwnValues } from '../store/own-values.ts'
import en from '../texts/en.json' with { type: 'json' }
import simplified from '../texts/zh-CN.json' with { type: 'json' }
import traditional from '../texts/zh-TW.json' with { type: 'json' }
import { withFiguresOf } from './figures.ts'
import { ownFieldsInUse } from './own-in-use.ts'
import { hidesPersonal, keyFor } from './personal.ts'

const texts = {
  en: { ...en, tiers: shellEn.tier },
  'zh-CN': { ...simplified, tiers: shellSimplified.tier },
  'zh-TW': { ...traditional, tiers: shellTraditional.tier },
} as const
type Words = (typeof texts)[keyof typeof texts]

export interface ExportWish {
  readonly query: Omit<ListQuery, 'after' | 'limit'>
  readonly format: 'csv' | 'xlsx'
  readonly columns: readonly string[]
  /** Words for people in a language (by default the organization's), or keys for programs, which never change. */
  readonly headings: 'words' | 'keys'
  readonly language?: keyof typeof texts | undefined
}

/** The list as a file. */
export async function exportCustomers(context: Context, { query, format, columns, headings, language }: ExportWish) {
  const { db, now } = context
  const { timeZone, currency, locale } = await readSetting(db, organizationProfile)
  const known = columns.filter((name): name is ExportColumn => Object.hasOwn(exportColumns, name))
  const names = known.length > 0 ? known : (Object.keys(exportColumns) as ExportColumn[])
  const how = headings === 'keys' ? forPrograms(currency) : forPeople(texts[language ?? locale], currency, timeZone)
  const rows = exportRows(context, query, names, how, language ?? locale)
  const day = dayIn(timeZone, now)
  return format === 'csv'
    ? { fileName: `customers-${day}.csv`, mediaType: 'text/csv; charset=utf-8', content: writeCsv(rows) }
    : {
        fileName: `customers-${day}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: writeXlsx(rows, headings === 'keys' ? 'customers' : texts[language ?? locale].nav.customers),
      }
}

type Coded = 'kind' | 'role' | 'phase' | 'tiers' | 'valueLabel' | 'activity' | 'segment' | 'targets'

/** How a file writes what the list holds. */
interface Manner {
  heading(column: ExportColumn): string
  coded(kind: Coded, value: string | null): Cell
  money(minor: number): Cell
  instant(moment: Date): Cell
  /** The names of people by their ids; who is in none stands for himself, as a name that an import brought along does. */
  owners(ids: readonly string[], db: Db): Promise<ReadonlyMap<string, string>>
}

const forPrograms = (currency: string): Manner => ({
  heading: (column) => column,
  coded: (_, value) => value,
  money: moneyIn(currency),
  instant: (moment) => moment.toISOString(),
  owners: async () => new Map(),
})

function forPeople(words: Words, currency: string, timeZone: string): Manner {
  // Swedes write dates as spreadsheets understand them.
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const units: Readonly<Record<string, string>> = {
    revenue: currency,
    profit: currency,
    lifetimeValue: currency,
    completeness: '%',
    createdAt: timeZone,
  }
  const found = new Map<string, string>()
  return {
    heading: (column) => `${exportColumns[column].named(words)}${units[column] === undefined ? '' : ` (${units[column]})`}`,
    coded: (kind, value) => (value === null ? null : ((words[kind] as Readonly<Record<string, string>>)[value] ?? value)),
    money: moneyIn(currency),
    instant: (moment) => ({ date: clock.format(moment) }),
    async owners(ids, db) {
      for (const [id, name] of await namesOf(
        db,
        ids.filter((id) => !found.has(id)),
      ))
        found.set(id, name)
      return found
    },
  }
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

const figureExports: ReadonlySet<ExportColumn> = new Set([
  ...(['tier', 'valueLabel', 'activity', 'segment', 'orders', 'firstOrderDay', 'lastOrderDay'] as const),
  ...(['revenue', 'profit', 'lifetimeValue', 'probabilityOrdering', 'probabilityAlive'] as const),
])

const dayCell = (day: string | null): Cell => (day === null ? null : { date: day })

function moneyIn(currency: string): (minor: number) => Cell {
  const decimals = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return (minor) => ({ decimal: (minor / 10 ** decimals).toFixed(decimals) })
}

/** The list page by page, so that memory stays constant whatever its length; own fields of lists stand at the end. What is hidden from the caller is empty. */
async function* exportRows(
  context: Context,
  query: ExportWish['query'],
  names: readonly ExportColumn[],
  how: Manner,
  language: keyof typeof texts,
): AsyncGenerator<readonly Cell[]> {
  const { db } = context
  const fields = (await ownFieldsInUse(context)).filter(({ inList }) => inList)
  const hidden = hidesPersonal(context)
  yield [...names.map(how.heading), ...fields.map(({ names: own }) => own[language] || own.en || own['zh-CN'] || own['zh-TW'])]
  const size = 1000
  for (let after: ListQuery['after'] = null; ; ) {
    const { items, places } = await listCustomers(db, { ...query, after, limit: size })
    const owners = names.includes('owner')
      ? await how.owners(
          items.flatMap(({ ownerId }) => ownerId ?? []),
          db,
        )
      : new Map<string, string>()
    const own = await readOwnValues(
      db,
      items.map(({ id }) => id),
      fields,
    )
    const valued = await withFiguresOf(
      context,
      items.map(({ id }) => id),
    )
    for (const item of items) {
      const shown = hidden
        ? { ...item, email: null, phone: null, externalKey: item.externalKey && keyFor(context, item.externalKey) }
        : item
      const values = own.get(item.id) ?? {}
      yield [
        ...names.map((name) => (valued.has(item.id) || !figureExports.has(name) ? exportColumns[name].cell(shown, how, owners) : null)),
        ...fields.map(({ id, type }) => ownCell(type, values[id] ?? null, how)),
      ]
    }
    if (items.length < size) return
    after = places.at(-1)!
  }
}

function ownCell(type: OwnFieldType, value: OwnValue, { money }: Manner): Cell {
  if (value === null) return null
  if (type === 'money') return money(Number(value))
  if (type === 'number') return { decimal: String(value) }
  if (type === 'day') return { date: String(value) }
  return Array.isArray(value) ? value.join(', ') : String(value)
}
