import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize, type InputOf } from '#platform/contract.ts'
import { cursorOf, type PlaceKind, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { searchPrefix } from '#platform/tabular/normalise-key.ts'
import type { api } from '../api.ts'
import { bornUntil } from '../domain/birthdays.ts'
import { tiers } from '../domain/book.ts'
import { type CustomerSort, figureFilters, isFigureSort, usualDirection } from '../domain/customer-list.ts'
import { matchOf } from '../domain/match.ts'
import { isLong, isNumeric } from '../domain/own-fields.ts'
import { consentSetting, type OwnFieldSetting } from '../settings.ts'
import { bestHits } from '../store/best-hits.ts'
import { frequentWords } from '../store/filter-words.ts'
import { countLimit, countWithin, listCustomers } from '../store/list.ts'
import { narrow } from '../store/list-narrowing.ts'
import { readOwnValues } from '../store/own-values.ts'
import { deleteView, listViews, type SavedView, viewVersion, writeView } from '../store/saved-views.ts'
import { exportCustomers } from './export.ts'
import { hiddenFigure, noFigures, seesFigures, withFiguresOf } from './figures.ts'
import { plainValues } from './own-fields.ts'
import { ownFieldsInUse } from './own-in-use.ts'
import { hidesPersonal, keyFor } from './personal.ts'
import { segmentFilter } from './segments.ts'
import { targetRuleSeen } from './target.ts'

type Listing = 'search' | 'list' | 'filterWords' | 'export' | 'views' | 'saveView' | 'removeView'
export const listActions: Pick<Actions<typeof api>, Listing> = {
  async search(context, { q }) {
    const { db, reach } = context
    const parts = searchPrefix(q)
    const namesOnly = hidesPersonal(context)
    const hits = await bestHits(db, q, 10, reach, { namesOnly, byValue: seesFigures(context) })
    const valued = await withFiguresOf(
      context,
      hits.map(({ id }) => id),
    )
    return {
      items: hits.map(({ id, name, company, city, tier, email, phone, externalKey }) => ({
        id,
        name,
        company,
        city,
        tier: valued.has(id) ? tiers[tier]! : null,
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
    const narrowed = await narrow(db, query.filter)
    const { items, places } = await listCustomers(db, query, narrowed)
    // Sorted by an own field, only those are listed who have it.
    const allOfThem = cursor === undefined && items.length <= limit && query.sort !== 'own'
    const counted = !count ? null : allOfThem ? items.length : await countWithin(db, query.filter, 300, narrowed)
    const own = await listedOwn(context, items)
    const valued = await withFiguresOf(
      context,
      items.map(({ id }) => id),
    )
    const shown = items.slice(0, limit).map((item) => ({
      ...item,
      ...(valued.has(item.id) ? {} : noFigures),
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

  export: async (context, { format, columns = [], headings = 'words', language, ...input }) =>
    exportCustomers(context, { query: await queryOf(context, input), format, columns, headings, language }),

  views: async ({ db, actor }, { list = 'customers' }) => ({
    items: (await listViews(db, actor.id, list)).map((saved) => view(saved, actor.id)),
  }),
  async saveView({ db, actor, newId, now }, { list = 'customers', name, version, definition, shared = false }) {
    const saved = await writeView(db, { id: newId(), userId: actor.id, list, name, version, definition, shared }, now)
    if (!saved) throw changedMeanwhile('this view')
    return view(saved, actor.id)
  },
  async removeView({ db, actor }, { viewId, version }) {
    const present = await viewVersion(db, actor.id, viewId)
    if (present === undefined) throw refuse('missing', 'no-such-view', 'There is no such view')
    if (present !== version) throw changedMeanwhile('this view')
    await deleteView(db, viewId)
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
const view = ({ userId, list: _, ...saved }: SavedView, me: string) => ({ ...saved, mine: userId === me }) as ViewResult

type ListInput = Omit<InputOf<(typeof api)['list']>, 'cursor' | 'limit' | 'count'>

/** What the store is asked, from what the caller asked; refused where the answer would tell what is hidden from the caller. */
export async function queryOf(
  context: Context,
  { sort = 'lifetime-value', direction, q, ageFrom, ageTo, own, target, mayContact, inSegment, sortField, ...filter }: ListInput,
) {
  const { db, reach, now } = context
  const hidden = hidesPersonal(context)
  if (hidden && (ageFrom !== undefined || ageTo !== undefined))
    throw refuse('forbidden', 'hidden-field', 'You do not see birthdays, so you cannot search by age')
  const valued = seesFigures(context)
  if (!valued && figureFilters.some((name) => filter[name] !== undefined)) throw hiddenFigure()
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
  const targetRule = await targetRuleSeen(context)
  const onlyOthers = filter.role?.some((role) => role !== 'customer') ?? false
  const sorted = sort === 'own' && sortField === undefined ? 'name' : (onlyOthers || !valued) && isFigureSort(sort) ? 'name' : sort
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
        ? {
            own: own.map((one) => ({
              field: known(one.field),
              is: one.is ?? null,
              contains: one.contains ?? null,
              from: one.from ?? null,
              to: one.to ?? null,
              ...(one.known === false ? { not: true } : {}),
            })),
          }
        : {}),
      ...(inSegment === undefined ? {} : { inSegment: await segmentFilter(context, inSegment) }),
      ...(target === undefined ? {} : { target: { is: target, rule: targetRule } }),
    },
    targetRule,
    sort: sorted,
    sortField: sorted === 'own' && sortField !== undefined ? sortable(known(sortField)) : undefined,
    direction: direction ?? usualDirection(sorted),
  }
}

function sortable(field: OwnFieldSetting): OwnFieldSetting {
  if (!isLong(field.type)) return field
  throw refuse('invalid', 'not-sortable', 'Lists are not sorted by long texts and links', {
    fields: [{ field: 'sortField', reason: 'not-sortable', detail: 'Choose another field' }],
  })
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
