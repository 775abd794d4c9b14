import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { commitmentsApi } from '../api.ts'
import { dayIn } from '../domain/clock.ts'
import { type Commitment, mayBecome, type State } from '../domain/commitment.ts'
import { nextDay } from '../domain/recurrence.ts'
import { changedTerms, onDay, postponed } from '../domain/terms.ts'
import { commitmentHandedOver } from '../facts.ts'
import { commitmentById } from '../store/commitments.ts'
import { type Found, noteContact } from './contact.ts'
import { type ChangeOptions, changeState, changeTerms, enter, factOf, makeCommitment, mustBeFree, timeZoneOf } from './making.ts'
import { viewOf } from './view.ts'
import { mustBeTheirs, mustWorkHere } from './whose.ts'

type Write = Pick<Actions<typeof commitmentsApi>, 'create' | 'change' | 'complete' | 'cancel' | 'reopen' | 'postpone' | 'handOver'>
export const writeActions: Write = {
  async create(context, draft) {
    if (draft.ownerId !== undefined) await mustWorkHere(context, 'ownerId', [draft.ownerId])
    if (draft.ours) await mustWorkHere(context, 'ours', draft.ours)
    return viewOf(context, await makeCommitment(context, draft))
  },

  async change(context, { id, version, evenSo, ...said }) {
    const before = await theirs(context, id, version)
    mustBe(before, 'open')
    if (said.ours) await mustWorkHere(context, 'ours', said.ours)
    return viewOf(context, await changeTerms(context, before, changedTerms(before, said, await timeZoneOf(context)), 'changed', { evenSo }))
  },

  async complete(context, { id, version, outcome, ...found }) {
    const before = await theirs(context, id, version)
    const { done, next } = await completeCommitment(context, before, { outcome, ...found })
    return { commitment: await viewOf(context, done), next: next && (await viewOf(context, next)) }
  },

  async cancel(context, { id, version, reason }) {
    const before = await theirs(context, id, version)
    mustBecome(before, 'cancelled')
    return viewOf(context, await changeState(context, before, 'cancelled', reason ?? null, before.interactionId))
  },

  async reopen(context, { id, version, evenSo }) {
    const before = await theirs(context, id, version)
    mustBecome(before, 'open')
    if (!evenSo) await mustBeFree(context, before, id)
    // What was found stays, to be done with again; why it was cancelled does not.
    const kept = before.state === 'done' ? before.outcome : null
    return viewOf(context, await changeState(context, before, 'open', kept, before.interactionId))
  },

  async postpone(context, { id, version, day, note, evenSo }) {
    const before = await theirs(context, id, version)
    mustBe(before, 'open')
    const terms = postponed(before, day, await timeZoneOf(context))
    return viewOf(context, await changeTerms(context, before, terms, 'postponed', { note, evenSo }))
  },

  async handOver(context, { id, version, ownerId, note, evenSo }) {
    const before = await theirs(context, id, version)
    mustBe(before, 'open')
    await mustWorkHere(context, 'ownerId', [ownerId])
    return viewOf(context, await handOverOne(context, before, ownerId, { note, evenSo }))
  },
}

/**
 * Says that it is done. A contact with a customer is written into the archive with its findings, and corrected there when it is done again; a recurring one comes back on its next day. A visit is not done
 * without findings. An outcome that is left out stays what it was.
 */
export async function completeCommitment(
  context: Context,
  before: Commitment,
  { outcome: given, ...found }: { readonly outcome?: string | null | undefined } & Found,
): Promise<{ readonly done: Commitment; readonly next: Commitment | null }> {
  mustBecome(before, 'done')
  const outcome = given === undefined ? before.outcome : given || null
  if (before.kind === 'visit' && !outcome?.trim())
    throw refuse('invalid', 'findings-needed', 'A visit is done when its findings are written down', {
      fields: [{ field: 'outcome', reason: 'findings-needed', detail: 'Write down what was found' }],
    })
  const interactionId = (await noteContact(context, before, outcome, found)) ?? before.interactionId
  const done = await changeState(context, before, 'done', outcome, interactionId)
  return { done, next: await comeBack(context, done) }
}

async function comeBack(context: Context, done: Commitment): Promise<Commitment | null> {
  if (!done.repeat || done.dueDay === null) return null
  const timeZone = await timeZoneOf(context)
  return enter(context, {
    terms: onDay(done, nextDay(done.repeat, done.dueDay, dayIn(timeZone, context.now)), timeZone),
    customerId: done.customerId,
    // Done twice, because it was opened again between, it comes back once, on whichever day that is.
    id: derivedId('commitment', done.id, 'next'),
    origin: done.origin,
    evenSo: true,
  })
}

/** Gives it to somebody else to owe, with its history and its fact. */
async function handOverOne(context: Context, before: Commitment, ownerId: string, options: ChangeOptions): Promise<Commitment> {
  const after = await changeTerms(context, before, { ...before, ownerId }, 'handed-over', options)
  if (after !== before) await context.publish(commitmentHandedOver, { ...factOf(after), before: before.ownerId })
  return after
}

export async function existing({ db }: Context, id: string): Promise<Commitment> {
  const found = await commitmentById(db, id)
  if (!found) throw refuse('missing', 'no-such-commitment', 'There is no such commitment')
  return found
}

/** One that the actor may change, as they saw it last. */
async function theirs(context: Context, id: string, version: number): Promise<Commitment> {
  const found = await existing(context, id)
  await mustBeTheirs(context, found)
  if (found.version !== version) throw changedMeanwhile()
  return found
}

function mustBecome({ state }: Commitment, to: State): void {
  if (!mayBecome(state, to)) throw refuse('conflict', `already-${state}`, `It is ${state} already`)
}
function mustBe({ state }: Commitment, wanted: State): void {
  if (state !== wanted) throw refuse('conflict', `already-${state}`, `It is ${state} already; open it again first`)
}
