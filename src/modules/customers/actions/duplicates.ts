import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, foreignCursor, type Place, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { duplicatesApi } from '../api/duplicates.ts'
import { compare, type DuplicateReason, likelyFrom, tellsContact } from '../domain/duplicates.ts'
import { requestDuplicateSearch } from '../runs/find-duplicates.ts'
import { compared, comparedCustomers, withSameKeys } from '../store/duplicate-lookup.ts'
import { type DuplicatePair, listPairs, type PairSide, scoreOfPair } from '../store/duplicate-pairs.ts'
import { customerNamesAndCities } from '../store/lookups.ts'
import { decidePair, heldPair } from '../store/merges.ts'
import { withFiguresOf } from './figures.ts'
import { hidesPersonal, keyFor } from './personal.ts'

/** What makes somebody who is typing look up. */
const telling: readonly DuplicateReason[] = ['same-email', 'same-phone', 'same-name', 'same-reading', 'swapped-name']
const shownWhileTyping = 10

export const duplicatesActions: Actions<typeof duplicatesApi> = {
  async duplicates(context, { email, phone, address, birthday, ...open }) {
    const { db, reach } = context
    // Whoever may not see contact data must not find out by trying whose number something is.
    const input = hidesPersonal(context) ? open : { ...open, email, phone, address, birthday }
    const given = compared({ ...nobody, ...known(input), name: input.name ?? '' })
    const sought = {
      name: input.name ?? '',
      email: null,
      phone: null,
      furtherEmails: [],
      furtherPhones: [],
      ...(hidesPersonal(context) ? {} : { email: email ?? null, phone: phone ?? null }),
    }
    const met = await withSameKeys(db, [sought], reach)
    const archives = [
      ...(
        await comparedCustomers(
          db,
          met.map(({ id }) => id),
        )
      ).values(),
    ]
    const scored = archives
      .map((one) => ({ id: one.id, ...compare(given, one) }))
      .filter(({ reasons }) => reasons.some((reason) => telling.includes(reason)))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, shownWhileTyping)
    const shown = await customerNamesAndCities(
      db,
      scored.map(({ id }) => id),
    )
    return {
      items: scored.flatMap(({ id, score, reasons }) => {
        const one = shown.get(id)
        return one ? [{ id, ...one, reasons: reasons.filter((reason) => !reason.startsWith('other-')), likely: score >= likelyFrom }] : []
      }),
    }
  },

  async duplicatePairs(context, { state = 'open', customerId, cursor, limit = defaultPageSize }) {
    const { db, reach } = context
    const after = cursor === undefined ? null : await placeBehind(context, cursor)
    const pairs = await listPairs(db, { state, of: customerId, reach, after, limit: limit + 1 })
    const items = pairs.slice(0, limit)
    const last = items.at(-1)
    const valued = await withFiguresOf(
      context,
      items.flatMap(({ one, other }) => [one.id, other.id]),
    )
    // A key may be an address or a number.
    const side = ({ orders, externalKey, ...one }: PairSide) => ({
      ...one,
      further: [...one.further],
      orders: valued.has(one.id) ? orders : null,
      externalKey: externalKey && keyFor(context, externalKey),
    })
    return {
      items: items.map(({ one, other, ...pair }) => ({
        ...pair,
        one: side(one),
        other: side(other),
        reasons: pair.reasons.filter((reason) => !hidesPersonal(context) || !tellsContact(reason)),
        likely: pair.score >= likelyFrom,
      })),
      next: pairs.length > limit && last ? cursorOf(placeAt(context, last)) : null,
    }
  },

  async decideDuplicate({ db, actor, now }, { id, otherId, before, state }) {
    const present = await heldPair(db, [id, otherId])
    if (present === null) throw refuse('missing', 'no-such-pair', 'Nobody has put these two together')
    if (present !== before) throw changedMeanwhile('this decision', 'before')
    await decidePair(db, [id, otherId], state, actor.id, now)
    return {}
  },

  findDuplicates: async (context) => ({ runId: await requestDuplicateSearch(context) }),
}

const nobody = {
  id: '',
  kind: 'person',
  email: null,
  phone: null,
  birthday: null,
  postcode: null,
  city: null,
  address: null,
  company: null,
  gender: null,
  furtherEmails: [],
  furtherPhones: [],
}
const known = (input: object) => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== ''))

/** The score tells whether addresses and numbers are the same, so that a cursor holds it only for whoever may see these. */
const placeAt = (context: Context, { score, one, other }: DuplicatePair): Place => [
  ...(hidesPersonal(context) ? [] : [String(score)]),
  one.id,
  other.id,
]

async function placeBehind(context: Context, cursor: string): Promise<Place> {
  if (!hidesPersonal(context)) return placeOf(cursor, ['text', 'uuid', 'uuid'])
  const pair = placeOf(cursor, ['uuid', 'uuid'])
  const score = await scoreOfPair(context.db, pair as readonly [string, string])
  if (score === null) throw foreignCursor()
  return [String(score), ...pair]
}
