import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, timePlace } from '#platform/cursor.ts'
import { derivedId } from '#platform/identifier.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { contestEndpoints } from '../api/contests.ts'
import { type Referral, referralNamed } from '../domain/contest.ts'
import { happened } from '../domain/event.ts'
import { type StoredContest, waitingContests } from '../store/contests.ts'
import { eventsOfMany } from '../store/events-of-many.ts'
import { casesOfIds } from '../store/problem-cases.ts'
import { actedOf } from './acted.ts'
import { appealActions } from './appeals.ts'
import { everyBody, inLanguage } from './bodies.ts'
import { languageFor } from './letters.ts'
import { wrong } from './named.ts'
import { today } from './people.ts'
import { heldCase, type Known, known, mustBeAllowed, perform } from './performing.ts'
import { casesWithin, pageWithin } from './reach.ts'
import { listed } from './read.ts'
import { routeFor } from './route.ts'

export const contestActions: Actions<typeof contestEndpoints> = {
  ...appealActions,

  async contests(context, { way = 'inside', of = 'all', cursor, limit = defaultPageSize }) {
    const judgeId = of === 'mine' && way === 'inside' ? context.actor.id : null
    const first = timePlace(cursor)
    const read = (behind: StoredContest | null, size: number) =>
      waitingContests(context.db, { way, judgeId }, behind ? { at: behind.rankAt, id: behind.id } : first, size)
    const { items, last } = await pageWithin(context, limit, read, (rows) => within(context, rows))
    return { items: await shown(context, items), next: last && cursorOf([last.rankAt.toISOString(), last.id]) }
  },

  async escalationRoute(context, { caseId, dismissed }) {
    const found = await known(context, caseId)
    const language = await languageFor(context, found)
    const { bodies, outside: _, ...route } = await routeFor(context, found, language, dismissed === 'yes')
    return { ...route, bodies: bodies.map(({ id, names, binding }) => ({ id, name: inLanguage(names, language), binding })) }
  },

  async refer(context, { caseId, version, bodyId, receivedOn, ...said }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'referred')
    const body = (await everyBody(context.db)).find(({ id }) => id === bodyId)
    if (!body) throw wrong('bodyId', 'no-such-body', 'There is no such body')
    await mustNotBeAhead(context, 'receivedOn', receivedOn)
    if (found.state.referrals.some((one) => one.bodyId === bodyId && one.decided === null))
      throw wrong('bodyId', 'there-already', 'It lies with this body already')
    // As the company calls it, so that the log reads alike for everybody here.
    const called = inLanguage(body.names, (await readSetting(context.db, organizationProfile)).locale)
    const event = happened('referred', { id: referralId(caseId, found.state.referrals.length), bodyId, body: called, receivedOn, ...said })
    return actedOf(await perform(context, found, event, { unasked: true }))
  },

  async changeReferral(context, { caseId, version, referralId: id, ...said }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'referral-changed')
    const { reference, dueOn } = mustLieThere(found, id)
    if (reference === said.reference && dueOn === said.dueOn) return actedOf(found)
    return actedOf(await perform(context, found, happened('referral-changed', { id, ...said }), { unasked: true }))
  },

  async sendReferral(context, { caseId, version, referralId: id, ...said }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'referral-sent')
    mustLieThere(found, id)
    return actedOf(await perform(context, found, happened('referral-sent', { id, ...said }), { unasked: true }))
  },

  async decideReferral(context, { caseId, version, referralId: id, ...said }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'referral-decided')
    const { receivedOn } = mustLieThere(found, id)
    await mustNotBeAhead(context, 'decidedOn', said.decidedOn)
    if (said.decidedOn < receivedOn) throw wrong('decidedOn', 'before-it-came', 'It was decided on before it came there')
    if (said.redressBy !== null && said.redressMinor === 0) throw wrong('redressMinor', 'required', 'Say what is to be paid by then')
    return actedOf(await perform(context, found, happened('referral-decided', { id, ...said }), { unasked: true }))
  },
}

/** Said twice it is one referral; the same body may be turned to again once it has ended there. */
export const referralId = (caseId: string, before: number): string => derivedId('referral', caseId, String(before))

function mustLieThere({ state }: Known, id: string): Referral {
  const found = state.referrals.find((one) => one.id === id)
  if (!found) throw refuse('missing', 'no-such-referral', 'The case was not taken there')
  if (found.decided) throw refuse('conflict', 'decided-already', 'It was decided on already')
  return found
}

async function mustNotBeAhead(context: Context, field: string, day: string): Promise<void> {
  if (day > (await today(context))) throw wrong(field, 'day-ahead', 'This day has not come yet')
}

async function within(context: Context, rows: readonly StoredContest[]): Promise<readonly StoredContest[]> {
  const cases = await casesOfIds(
    context.db,
    rows.map(({ customerId, caseId }) => ({ customerId, id: caseId })),
  )
  const seen = new Set((await casesWithin(context, cases)).map(({ id }) => id))
  return rows.filter(({ caseId }) => seen.has(caseId))
}

async function shown(context: Context, rows: readonly StoredContest[]) {
  const { db, now } = context
  const ids = [...new Map(rows.map(({ customerId, caseId }) => [caseId, { customerId, id: caseId }])).values()]
  const cases = new Map((await listed(context, await casesOfIds(db, ids))).map((one) => [one.id, one]))
  const outside = rows.filter(({ way }) => way === 'outside')
  const logs = await eventsOfMany(
    db,
    ids.filter(({ id }) => outside.some(({ caseId }) => caseId === id)),
  )
  return rows.map(({ id, way, openedAt, openedOn, dueAt, judgeId, caseId }) => ({
    ...{ id, way, openedAt, openedOn, dueAt, judgeId, late: dueAt !== null && dueAt <= now },
    ...{ ...referralNamed(logs.get(caseId) ?? [], id), case: cases.get(caseId)! },
  }))
}
