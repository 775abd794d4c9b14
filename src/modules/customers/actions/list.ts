import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize, type InputOf } from '#platform/contract.ts'
import { cursorOf, type PlaceKind, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { type Cell, writeCsv } from '#platform/tabular/csv-writer.ts'
import { searchPrefix } from '#platform/tabular/normalise-key.ts'
import { writeXlsx } from '#platform/tabular/xlsx-writer.ts'
import type { api } from '../api.ts'
import { bornUntil } from '../domain/birthdays.ts'
import { tiers } from '../domain/book.ts'
import { type CustomerSort, isFigureSort, usualDirection } from '../domain/customer-list.ts'
import { matchOf } from '../domain/match.ts'
import { isNumeric, type OwnValue } from '../domain/own-fields.ts'
import { consentSetting, type OwnFieldSetting } from '../settings.ts'
import { frequentWords } from '../store/filter-words.ts'
import { countLimit, countWithin, type ListedCustomer, listCustomers } from '../store/list.ts'
import { readOwnValues } from '../store/own-values.ts'
import { deleteView, listViews, writeView } from '../store/saved-views.ts'
import { bestHits } from '../store/text-search.ts'
import { ownFieldsInUse, plainValues } from './own-fields.ts'
import { hidesPersonal, keyFor } from './personal.ts'

type Listing = 'search' | 'list' | 'filterWords' | 'export' | 'views' | 'saveView' | 'removeView'
export const listActions: Pick<Actions<typeof api>, Listing> = {
  async search(context, { q }) {
    const { db, reach } = context
    const parts = searchPrefix(q)
    const namesOnly = hidesPersonal(context)
    const hits = await bestHits(db, q, 10, reach, namesOnly)
    return {
      items: hits.map(({ id, name, company, city, tier, email, phone, externalKey }) => ({
        id,
        name,
        company,
        city,
        tier: tiers[tier]!,
        matched: matchOf(
          parts[0] ?? '',
          namesOnly ? { name, company: null, email: null, phone: null, key: null } : { name, company, email, phone, key: externalKey },
        ),
      })),
    }
  },

  async list(context, { cursor, limit = defaultPageSize, count, ...input }) {
    const { db } = context
    const asked = await queryOf(context, input)
    const kind = asked.sortField && isNumeric(asked.sortField.type) ? 'number' : placeKinds[asked.sort]
    const query = { ...asked, after: cursor === undefined ? null : placeOf(cursor, [kind, 'uuid']), limit: limit + 1 }
    const { items, places } = await listCustomers(db, query)
    const counted = count ? await countWithin(db, query.filter, 300) : null
    const own = await listedOwn(context, items)
    const shown = items.slice(0, limit).map((item) => ({
      ...item,
      tags: [...item.tags],
      externalKey: item.externalKey === null ? null : keyFor(context, item.externalKey),
      own: plainValues(own.get(item.id)),
    }))
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
    const rows = exportRows(context, await queryOf(context, input), names, decimalsOf(currency))
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
  own: 'text',
} as const satisfies Record<CustomerSort, PlaceKind>

type ViewResult = Awaited<ReturnType<(typeof listActions)['saveView']>>
const view = (saved: { id: string; name: string; definition: unknown }) => saved as ViewResult

type ListInput = Omit<InputOf<(typeof api)['list']>, 'cursor' | 'limit' | 'count'>

/** What the store is asked, from what the caller asked; refused where the answer would tell what is hidden from the caller. */
async function queryOf(
  context: Context,
  { sort = 'lifetime-value', direction, q, ageFrom, ageTo, own, mayContact, sortField, ...filter }: ListInput,
) {
  const { db, reach, now } = context
  const hidden = hidesPersonal(context)
  if (hidden && (ageFrom !== undefined || ageTo !== undefined))
    throw refuse('forbidden', 'hidden-field', 'You do not see birthdays, so you cannot search by age')
  const { timeZone } = await readSetting(db, organizationProfile)
  const today = dayIn(timeZone, now)
  const fields = own || sort === 'own' ? await ownFieldsInUse(context) : []
  const known = (id: string) => {
    const field = fields.find((one) => one.id === id)
    if (!field)
      throw refuse('invalid', 'no-such-field', 'There is no such field', {
        fields: [{ field: 'own', reason: 'no-such-field', detail: id }],
      })
    return field
  }
  const onlyOthers = filter.role?.some((role) => role !== 'customer') ?? false
  const sorted = sort === 'own' && sortField === undefined ? 'name' : onlyOthers && isFigureSort(sort) ? 'name' : sort
  return {
    filter: {
      ...filter,
      ...(q ? { q } : {}),
      ...(hidden ? { namesOnly: true } : {}),
      ...(reach === 'all' ? {} : { reach }),
      ...(ageFrom === undefined ? {} : { bornTo: bornUntil(today, ageFrom) }),
      ...(ageTo === undefined ? {} : { bornFrom: dayAfter(bornUntil(today, ageTo + 1)) }),
      ...(mayContact ? { mayContact: { ...mayContact, needs: await needsOf(context, mayContact.purpose) } } : {}),
      ...(own
        ? { own: own.map((one) => ({ field: known(one.field), is: one.is ?? null, from: one.from ?? null, to: one.to ?? null })) }
        : {}),
    },
    sort: sorted,
    sortField: sorted === 'own' && sortField !== undefined ? known(sortField) : undefined,
    direction: direction ?? usualDirection(sorted),
  }
}

const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

async function needsOf({ db }: Context, purpose: string) {
  const found = (await readSetting(db, consentSetting)).purposes.find(({ key }) => key === purpose)
  if (!found) throw refuse('invalid', 'no-such-purpose', 'There is no such purpose')
  return found.needs
}

/** What lists show of own fields, of some customers. */
async function listedOwn(context: Context, customers: readonly { readonly id: string }[]) {
  const fields = (await ownFieldsInUse(context)).filter(({ inList }) => inList)
  return readOwnValues(
    context.db,
    customers.map(({ id }) => id),
    fields,
  )
}

const exportColumns = {
  id: (c) => c.externalKey ?? c.id,
  name: (c) => c.name,
  kind: (c) => c.kind,
  role: (c) => c.role,
  phase: (c) => c.phase,
  company: (c) => c.company,
  email: (c) => c.email,
  phone: (c) => c.phone,
  city: (c) => c.city,
  region: (c) => c.region,
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

/** The list page by page, so that memory stays constant whatever its length; own fields of lists stand at the end. What is hidden from the caller is empty. */
async function* exportRows(
  context: Context,
  query: Awaited<ReturnType<typeof queryOf>>,
  names: readonly ExportColumn[],
  decimals: number,
): AsyncGenerator<readonly Cell[]> {
  const { db } = context
  const fields = (await ownFieldsInUse(context)).filter(({ inList }) => inList)
  const { locale } = await readSetting(db, organizationProfile)
  const hidden = hidesPersonal(context)
  yield [...names, ...fields.map(({ names: own }) => own[locale] || own.en || own['zh-CN'] || own['zh-TW'])]
  const money = (minor: number) => ({ decimal: (minor / 10 ** decimals).toFixed(decimals) })
  const size = 1000
  for (let after: readonly (string | number | null)[] | null = null; ; ) {
    const { items, places } = await listCustomers(db, { ...query, after, limit: size })
    const own = await readOwnValues(
      db,
      items.map(({ id }) => id),
      fields,
    )
    for (const item of items) {
      const shown = hidden
        ? { ...item, email: null, phone: null, externalKey: item.externalKey && keyFor(context, item.externalKey) }
        : item
      const values = own.get(item.id) ?? {}
      yield [
        ...names.map((name) => exportColumns[name](shown, money)),
        ...fields.map((field) => ownCell(field, values[field.id] ?? null, money)),
      ]
    }
    if (items.length < size) return
    after = places.at(-1)!
  }
}

function ownCell({ type }: OwnFieldSetting, value: OwnValue, money: (minor: number) => Cell): Cell {
  if (value === null) return null
  if (type === 'money') return money(Number(value))
  if (type === 'number') return { decimal: String(value) }
  if (type === 'day') return { date: String(value) }
  return Array.isArray(value) ? value.join(', ') : String(value)
}
