import { allDepartments, notify } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, timePlace } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { staffEntryEndpoints } from '../api/staff.ts'
import type { Case } from '../domain/case.ts'
import { overrunMinutes } from '../domain/clocks/overrun.ts'
import { happened } from '../domain/event.ts'
import type { AnswerablePerson } from '../domain/figures/penalty.ts'
import { isPenalised, proposedBeside, refusedToDecide, type StaffEntry, seesEntry } from '../domain/staff-entry.ts'
import { netLossMinor } from '../domain/standing.ts'
import { entryDecided, entryProposed } from '../facts.ts'
import { delays } from '../store/approvals.ts'
import { caseById, holdCase } from '../store/cases.ts'
import { staffRules } from '../store/rules.ts'
import { decideEntry, entriesOfCase, entryById, insertEntries, listEntries, scoresBetween } from '../store/staff.ts'
import { actedOf } from './acted.ts'
import { clocksNow } from './clocks.ts'
import { mustWorkHere, wrong } from './named.ts'
import { heldCase, known, mustBeAllowed, noSuchCase, perform } from './performing.ts'

export const staffEntryActions: Actions<typeof staffEntryEndpoints> = {
  async proposePenalties(context, { caseId, version, people, reason }) {
    const { db, newId } = context
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'penalty-considered')
    if (found.state.loss === null && people.some(({ role }) => role !== 'delay'))
      throw refuse('conflict', 'loss-first', 'Say first what was lost: penalties for a loss follow its size')
    await mustAnswer(context, found.state, people)
    const rules = await staffRules(db)
    const lossMinor = netLossMinor(found.state)
    const before = await entriesOfCase(db, caseId)
    if (people.some((person) => isPenalised(before, person))) throw penalisedAlready()
    const proposal = proposedBeside(before, rules, lossMinor, people)
    const lines = proposal.lines.filter(({ amountMinor }) => amountMinor > 0)
    if (lines.length === 0)
      throw wrong('people', 'no-penalty-due', 'By the table this gives no penalty; say that none is proposed, and why')
    const made = lines.map(
      ({ userId, role, amountMinor, rate, ofMinor, band, reducedBy }): StaffEntry => ({
        ...proposed(context, reason, rules.version),
        id: newId(),
        userId,
        kind: 'penalty',
        caseId,
        caseNumber: found.state.number,
        role,
        amountMinor,
        basis: { rate, ofMinor, band, reducedBy, lossMinor, lateMinutes: people.find((one) => one.userId === userId)?.lateMinutes ?? 0 },
      }),
    )
    await insertEntries(db, made)
    for (const entry of made) await context.publish(entryProposed, factOf(entry))
    const considered = happened('penalty-considered', { penaltyIds: made.map(({ id }) => id), note: null })
    const after = await perform(context, found, considered, { unasked: true })
    return { case: actedOf(after), entries: made.map((entry) => viewFor(context, entry)), totalMinor: proposal.totalMinor }
  },

  async penaltiesOfCase(context, { caseId }) {
    if (!(await caseById(context.db, caseId))) throw noSuchCase()
    const entries = await entriesOfCase(context.db, caseId)
    return {
      // What is left out is still counted: that something was proposed is no secret, what and why is.
      entries: entries
        .filter((entry) => seesEntry(entry, context.actor.id, decides(context, entry)))
        .map((entry) => viewFor(context, entry)),
      hidden: entries.filter((entry) => !seesEntry(entry, context.actor.id, decides(context, entry))).length,
    }
  },

  async caseDelay(context, { caseId }) {
    const { process, events } = await known(context, caseId)
    const { readings, calendarFor } = await clocksNow(context, process, events)
    return { lateMinutes: overrunMinutes(readings, calendarFor, context.now) }
  },

  async recognize(context, { userId, act, reason, caseId }) {
    const { db, actor, newId } = context
    if (userId === actor.id) throw wrong('userId', 'about-oneself', 'Others recognize what somebody did')
    await mustWorkHere(context, 'userId', userId)
    const row = caseId ? await caseById(db, caseId) : null
    if (caseId && !row) throw noSuchCase()
    const rules = await staffRules(db)
    const entry: StaffEntry = {
      ...proposed(context, reason, rules.version),
      id: newId(),
      userId,
      kind: 'recognition',
      caseId: row?.id ?? null,
      caseNumber: row?.number ?? null,
      act,
      points: rules.points[act],
    }
    await insertEntries(db, [entry])
    await context.publish(entryProposed, factOf(entry))
    return viewFor(context, entry)
  },

  async decideEntry(context, { entryId, version, approved, note }) {
    const { db, now, actor, reach } = context
    const entry = await entryById(db, entryId)
    if (!entry || (reach !== 'all' && !reach.includes(entry.userId))) throw refuse('missing', 'no-such-entry', 'There is no such entry')
    const refused = refusedToDecide(entry, actor.id)
    if (refused) throw refuse(refused === 'decided-already' ? 'conflict' : 'forbidden', refused, refusals[refused])
    if (!approved && !note?.trim()) throw wrong('note', 'required', 'Say why it is rejected')
    if (approved) await mustBeTheFirst(context, entry)
    const state = approved ? ('approved' as const) : ('rejected' as const)
    if (!(await decideEntry(db, { id: entryId, version }, { state, now, by: actor.id, note }))) throw changedMeanwhile('this entry')
    const after = (await entryById(db, entryId))!
    await context.publish(entryDecided, { ...factOf(after), state })
    // Whoever is proposed for a penalty that was rejected need not hear of it.
    const to = approved ? [after.userId, after.proposedBy] : [after.proposedBy]
    const kind = `cases.${after.kind}-${state}`
    await notify(context, { to, kind, values: { number: after.caseNumber ?? '' }, link: '/staff-scorecard' })
    return viewFor(context, after)
  },

  async staffEntries(context, { userId, kind, state, cursor, limit = defaultPageSize }) {
    const wanted = { userId: userId ?? null, kind: kind ?? null, state: state ?? null, reach: context.reach }
    return paged(context, await listEntries(context.db, wanted, timePlace(cursor), limit + 1), limit)
  },

  async ownEntries(context, { cursor, limit = defaultPageSize }) {
    const wanted = { userId: context.actor.id, kind: null, state: null, reach: 'all' as const }
    return paged(context, await listEntries(context.db, wanted, timePlace(cursor), limit + 1), limit)
  },

  async ownScore(context, { from, until }) {
    const [score] = await scoresBetween(context.db, from, until, context.actor.id, 'all')
    return score ?? { ...nothing, userId: context.actor.id }
  },

  async staffScores(context, { from, until }) {
    return { items: [...(await scoresBetween(context.db, from, until, null, context.reach))] }
  },

  async delays(context, { from }) {
    return { items: [...(await delays(context.db, from, context.reach, mostDelays))] }
  },
}
const mostDelays = 500
const nothing = { penalties: 0, penaltyMinor: 0, recognitions: 0, points: 0, waiting: 0 }

const refusals = {
  'decided-already': 'It was decided already',
  'about-oneself': 'Nobody decides about themselves',
  'own-proposal': 'Somebody else has to decide on what one proposed',
} as const

const penalisedAlready = () =>
  refuse('conflict', 'penalised-already', 'A penalty for this was approved already; nobody answers twice for one thing', {
    fields: [{ field: 'people', reason: 'penalised-already', detail: 'A penalty for this was approved already' }],
  })

/** Two proposals for the same person and thing may have crossed; only one is approved. */
async function mustBeTheFirst({ db }: Context, entry: StaffEntry): Promise<void> {
  const row = entry.kind === 'penalty' && entry.caseId !== null ? await caseById(db, entry.caseId) : null
  if (row === null) return
  await holdCase(db, row.customerId, row.id)
  if (isPenalised(await entriesOfCase(db, row.id), entry)) throw penalisedAlready()
}

/** Only those answer whom the case names: who brought it about, the head of the department that did, and who delayed it (G-10). */
async function mustAnswer({ db }: Context, { responsible }: Case, people: readonly AnswerablePerson[]): Promise<void> {
  const head = (await allDepartments(db)).find(({ id }) => id === responsible?.departmentId)?.headId ?? null
  const named = { direct: responsible?.userId ?? null, head, delay: responsible?.delayedBy ?? null }
  if (people.some(({ userId, role }) => named[role] !== userId))
    throw wrong('people', 'not-named', 'Penalties are for those whom the case names as responsible')
  const pays = new Map(people.map(({ userId, performancePayMinor, bonusMinor }) => [userId, `${performancePayMinor} ${bonusMinor}`]))
  if (people.some(({ userId, performancePayMinor, bonusMinor }) => pays.get(userId) !== `${performancePayMinor} ${bonusMinor}`))
    throw wrong('people', 'pay-differs', 'Whoever answers for two things earns what they earn once')
  if (new Set(people.map(({ role }) => role)).size !== people.length) throw wrong('people', 'twice', 'Each answers once for one thing')
}

const proposed = ({ now, actor }: Context, reason: string, ruleVersion: number) =>
  ({
    state: 'proposed',
    caseId: null,
    caseNumber: null,
    role: null,
    act: null,
    amountMinor: 0,
    points: 0,
    ruleVersion,
    basis: null,
    reason,
    proposedAt: now,
    proposedBy: actor.id,
    decidedAt: null,
    decidedBy: null,
    note: null,
    version: 1,
  }) as const

const factOf = ({ id, userId, kind, caseId, role, act }: StaffEntry) => ({
  entryId: id,
  userId,
  kind,
  caseId,
  role,
  act,
})

/** Whether somebody decides on penalties of those among whom the one is whom an entry is about. */
function decides({ actor }: Context, { userId }: StaffEntry): boolean {
  if (!actor.can('cases.penalties')) return false
  const reach = actor.reach('cases.penalties')
  return reach === 'all' || reach.includes(userId)
}

/** An entry as somebody sees it: how an amount came about says what somebody earns, so only whoever decides sees it, and whom it is about. */
function viewFor(context: Context, entry: StaffEntry) {
  const own = entry.userId === context.actor.id
  return { ...entry, basis: decides(context, entry) || own ? entry.basis : null }
}

function paged(context: Context, found: readonly StaffEntry[], limit: number) {
  const items = found.slice(0, limit)
  const last = found.length > limit ? items.at(-1) : undefined
  return {
    items: items.map((entry) => viewFor(context, entry)),
    next: last ? cursorOf([last.proposedAt.toISOString(), last.id]) : null,
  }
}
