import type { Reach } from '#platform/context.ts'
import { defaultPageSize, type InputOf } from '#platform/contract.ts'
import { cursorOf, type PlaceKind, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { searchPrefix } from '#platform/tabular/normalise-key.ts'
import type { api } from '../api.ts'
import { tiers } from '../domain/book.ts'
import { type CustomerSort, usualDirection } from '../domain/customer-list.ts'
import { matchOf } from '../domain/match.ts'
import { frequentWords } from '../store/filter-words.ts'
import { countLimit, countWithin, listCustomers } from '../store/list.ts'
import { deleteView, listViews, writeView } from '../store/saved-views.ts'
import { bestHits } from '../store/text-search.ts'
import { exportCustomers } from './export.ts'

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

  export: (context, { format, columns = [], headings = 'words', language, ...input }) =>
    exportCustomers(context, { query: queryOf(input, context.reach), format, columns, headings, language }),

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
