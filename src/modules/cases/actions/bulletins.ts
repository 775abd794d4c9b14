import { addCommitment, settleCommitment } from '#modules/commitments/public.ts'
import { publishBulletin } from '#modules/knowledge/public.ts'
import { usersWith } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { refuse } from '#platform/refusal.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { happened } from '../domain/event.ts'
import { dueWithin } from '../domain/follow-up-day.ts'
import { aboutWhom } from '../domain/standing.ts'
import { actedOf } from './acted.ts'
import type { OnCase } from './acts.ts'
import { mustBeAnonymous } from './anonymous.ts'
import { companyDays } from './current.ts'
import { originOf as caseOrigin } from './heard.ts'
import { wrong } from './named.ts'
import { byItself, thoseAbove, today } from './people.ts'
import { heldCase, type Known, perform } from './performing.ts'
import { owed } from './words.ts'

/** What everybody is to hear of. */
export interface Told {
  readonly title: string
  readonly body: string
}

const originOf = (caseId: string) => ({ module: 'cases', id: `${caseId}:bulletin` })
const commitmentOf = (proposalId: string) => derivedId('commitment', 'cases.bulletin', proposalId)
/** Working days within which it is decided whether everybody hears of something. */
const decideWithin = 2

const mayTell = ({ actor }: Context): boolean => actor.can('knowledge.write')

/**
 * Tells everybody what a case taught, where whoever acts may (G-19, G-30); else proposes it to somebody who may, in whose day it stands until it is decided. Either way it names nobody of the case. Answers as which bulletin it went
 * out, null where it waits.
 */
export async function tellOrPropose(
  context: Context,
  found: Known,
  told: Told,
): Promise<{ readonly known: Known; readonly bulletinId: string | null }> {
  await mustBeAnonymous(context, [found.row], { title: told.title, body: told.body })
  if (mayTell(context)) return { known: found, bulletinId: await published(context, found, told) }
  const id = context.newId()
  const known = await perform(context, found, happened('bulletin-proposed', { id, ...told }), { unasked: true })
  const { row, state } = found
  const decides = await whoDecides(context, aboutWhom(state))
  const { isBusinessDay } = await companyDays(context, true)
  if (decides !== null)
    await addCommitment(context, {
      kind: 'approval',
      title: await owed(context, 'owed.bulletin', state.number),
      dueDay: dueWithin(await today(context), decideWithin, isBusinessDay),
      customerId: row.customerId,
      ownerId: decides,
      id: commitmentOf(id),
      origin: originOf(row.id),
    })
  return { known, bulletinId: null }
}

async function published(context: Context, { row }: Known, told: Told): Promise<string> {
  const id = context.newId()
  await publishBulletin(context, { id, kind: 'lesson', ...told, origin: caseOrigin(row.id) })
  return id
}

/** Whoever may tell everybody: of those above the first, else anybody who may. Nobody whom the case is about. */
async function whoDecides(context: Context, about: readonly string[]): Promise<string | null> {
  const may = await enabledAmong(context.db, await usersWith(context.db, 'knowledge.write'))
  const above = await thoseAbove(context, about)
  return above.find((id) => may.includes(id)) ?? may.filter((id) => !about.includes(id)).toSorted()[0] ?? null
}

export interface Decision {
  readonly proposalId: string
  /** As it goes out, which may be other words than those proposed; null: nobody is told. */
  readonly bulletin: Told | null
  readonly note: string | null
}

/** Decides on what somebody proposed to tell everybody. */
export async function decideBulletin(context: Context, { caseId, version, proposalId, bulletin, note }: OnCase & Decision) {
  if (!mayTell(context)) throw refuse('forbidden', 'not-for-you', 'Telling everybody is for those who write bulletins')
  const found = await heldCase(context, caseId, version)
  const { row, state } = found
  const proposal = state.bulletins.find(({ id }) => id === proposalId)
  if (!proposal) throw refuse('missing', 'no-such-proposal', 'The case has no such proposal')
  if (proposal.decided !== null) throw refuse('conflict', 'decided-already', 'Somebody has decided on it already')
  if (bulletin === null && !note?.trim()) throw wrong('note', 'required', 'Say why nobody is told')
  if (bulletin !== null) await mustBeAnonymous(context, [row], { title: bulletin.title, body: bulletin.body })
  const bulletinId = bulletin === null ? null : await published(context, found, bulletin)
  const after = await perform(context, found, happened('bulletin-decided', { id: proposalId, bulletinId, note }), { unasked: true })
  await settleCommitment(byItself(context), commitmentOf(proposalId), 'done', null)
  return actedOf(after)
}
