import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context, Reach } from '#platform/context.ts'
import { defaultPageSize, type InputOf } from '#platform/contract.ts'
import { cursorOf, type PlaceKind, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { type Cell, writeCsv } from '#platform/tabular/csv-writer.ts'
import { searchPrefix } from '#platform/tabular/normalise-key.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import type { api } from '../api.ts'
import { tiers } from '../domain/book.ts'
import { type CustomerSort, usualDirection } from '../domain/customer-list.ts'
import { matchOf } from '../domain/match.ts'
import { frequentWords } from '../store/filter-words.ts'
import { countLimit, countWithin, type ListedCustomer, listCustomers } from '../store/list.ts'
import { deleteView, listViews, writeView } from '../store/saved-views.ts'
import { bestHits } from '../store/text-search.ts'

type Listing = 'search' | 'list' | 'filterWords' | 'export' | 'views' | 'saveView' | 'removeView'
export const listActions: Pick<Actions<typeof api>, Listing> = {
  async search({ db, reach }, { q }) {
    const parts = searchPrefix(q)
    const hits = await bestHits(db, q, 10, reach)
    return {
      items: hits.map(({ id, name, company, city, tier, email, phone, externalKey }) => ({
        id,
        name,
        company,
        city,
        tier: tiers[tier]!,
        matched: matchOf(parts[0] ?? '', { name, company, email, phone, key: externalKey }),
      })),
    }
  },

  async list({ db, reach }, { cursor, limit = defaultPageSize, count, ...input }) {
    const asked = queryOf(input, reach)
    const query = { ...asked, after: cursor === undefined ? null : placeOf(cursor, [placeKinds[asked.sort], 'uuid']), limit: limit + 1 }
    const { items, places } = await listCustomers(db, query)
    const counted = count ? await countWithin(db, query.filter, 300) : null
    const shown = items.slice(0, limit).map((item) => ({ ...item, tags: [...item.tags] }))
    return {
      items: shown,
      next: items.length > limit ? cursorOf(places[limit - 1]!) : null,
      count: counted === null ? null : { customers: Math.min(counted, countLimit), more: counted > countLimit },
    }
  },

  filterWords: ({ db, reach }) => frequentWords(db, reach, { customers: 20_000, words: 50 }),

  async export(context, { format, columns, ...input }) {
    const known = columns?.filter((name): name is ExportColumn => Object.hasOwn(exportColumns, name))
    const names = known && known.length > 0 ? known : (Object.keys(exportColumns) as ExportColumn[])
    const { timeZone, currency } = await readSetting(context.db, organizationProfile)
    const rows = exportRows(context, queryOf(input, context.reach), names, decimalsOf(currency))
    const day = dayIn(timeZone, context.now)
    return format === 'csv'
      ? { fileName: `customers-${day}.csv`, mediaType: 'text/csv; charset=utf-8', content: writeCsv(rows) }
      : {
          fileName: `customers-${day}.xlsx`,
          mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          content: writeXlsx(rows, 'customers'),
        }
  },

  views: async ({ db, actor }) => ({ items: (await listViews(db, actor.id)).map(view) }),
  saveView: async ({ db, actor, newId, now }, { name, definition }) =>
    view(await writeView(db, actor.id, { id: newId(), name, definition }, now)),
  async removeView({ db, actor }, { viewId }) {
    if (!(await deleteView(db, actor.id, viewId))) throw refuse('missing', 'no-such-view', 'There is no such view')
    return {}
  },
}

/** What a cursor of the list holds besides the id. */
const placeKinds = {
  name: 'text',
  created: 'instant',
  'lifetime-value': 'whole',
  profit: 'whole',
  revenue: 'whole',
  'last-order': 'day',
} as const satisfies Record<CustomerSort, PlaceKind>

type ViewResult = Awaited<ReturnType<(typeof listActions)['saveView']>>
const view = (saved: { id: string; name: string; definition: unknown }) => saved as ViewResult

type ListInput = Omit<InputOf<(typeof api)['list']>, 'cursor' | 'limit' | 'count'>

function queryOf({ sort = 'lifetime-value', direction, q, ...filter }: ListInput, reach: Reach) {
  return {
    filter: { ...filter, ...(q ? { q } : {}), ...(reach === 'all' ? {} : { reach }) },
    sort,
    direction: direction ?? usualDirection(sort),
  }
}

const exportColumns = {
  id: (c) => c.externalKey ?? c.id,
  name: (c) => c.name,
  kind: (c) => c.kind,
  company: (c) => c.company,
  email: (c) => c.email,
  phone: (c) => c.phone,
  city: (c) => c.city,
  owner: (c) => c.ownerId,
  tags: (c) => c.tags.join(', '),
  completeness: (c) => c.completeness,
  tier: (c) => c.tier,
  valueLabel: (c) => c.valueLabel,
  activity: (c) => c.activity,
  segment: (c) => c.segment,
  orders: (c) => c.orders,
  firstOrderDay: (c) => (c.firstOrderDay === null ? null : { date: c.firstOrderDay }),
  lastOrderDay: (c) => (c.lastOrderDay === null ? null : { date: c.lastOrderDay }),
  revenue: (c, money) => money(c.revenueMinor),
  profit: (c, money) => money(c.profitMinor),
  lifetimeValue: (c, money) => money(c.lifetimeValueMinor),
  probabilityOrdering: (c) => c.probabilityOrdering,
  probabilityAlive: (c) => c.probabilityAlive,
  createdAt: (c) => ({ date: c.createdAt.toISOString().slice(0, 19).replace('T', ' ') }),
} as const satisfies Record<string, (customer: ListedCustomer, money: (minor: number) => Cell) => Cell>
type ExportColumn = keyof typeof exportColumns

const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** The list page by page, so that memory stays constant whatever its length. */
async function* exportRows(
  { db }: Context,
  query: ReturnType<typeof queryOf>,
  names: readonly ExportColumn[],
  decimals: number,
): AsyncGenerator<readonly Cell[]> {
  yield names
  const money = (minor: number) => ({ decimal: (minor / 10 ** decimals).toFixed(decimals) })
  const size = 1000
  for (let after: readonly (string | number | null)[] | null = null; ; ) {
    const { items, places } = await listCustomers(db, { ...query, after, limit: size })
    for (const item of items) yield names.map((name) => exportColumns[name](item, money))
    if (items.length < size) return
    after = places.at(-1)!
  }
}
