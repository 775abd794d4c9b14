import { addCommitment, commitmentById, moveCommitment } from '#modules/commitments/public.ts'
import { notify } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { wordsOf } from '#platform/pages/words.ts'
import { appointmentEnd, backToAppointment } from '../domain/appointment.ts'
import { happened } from '../domain/event.ts'
import { mailTexts } from '../texts/index.ts'
import { actedOf } from './acted.ts'
import type { OnCase } from './acts.ts'
import { appointmentOrigin, caseOfAppointment } from './appointment-origin.ts'
import { languageOfCase } from './mail-out.ts'
import { mustWorkHere, wrong } from './named.ts'
import { whoHears } from './people.ts'
import { heldCase, type Known, mustBeAllowed, perform } from './performing.ts'
import { owed } from './words.ts'

export interface Agreed {
  readonly startsAt: Date
  readonly endsAt?: Date | undefined
  readonly place: string | null
  /** Who comes; whoever handles the case where it is left out. */
  readonly ownerId?: string | undefined
  /** The time of whoever comes may be taken already. */
  readonly evenSo?: boolean | undefined
}

/** Notes when somebody comes: it stands in the calendar of whoever comes and with the customer's commitments, at a time that is free unless it is meant; agreed on anew it moves there. */
export async function appoint(context: Context, { caseId, version, ...agreed }: OnCase & Agreed) {
  const found = await heldCase(context, caseId, version)
  await mustBeAllowed(context, found, 'appointed')
  const { startsAt, place } = agreed
  const endsAt = agreed.endsAt ?? appointmentEnd(startsAt, found.state.appointed)
  if (endsAt <= startsAt) throw wrong('endsAt', 'ends-before-start', 'It must end after it starts')
  await mustWorkHere(context, 'ownerId', agreed.ownerId ?? null)
  const ownerId = agreed.ownerId ?? (await whoComes(context, found)) ?? found.state.ownerId ?? context.actor.id
  const when = { startsAt, endsAt, place, ownerId }
  const commitmentId = await placed(context, found, { ...when, evenSo: agreed.evenSo ?? false })
  return actedOf(await perform(context, found, happened('appointed', { commitmentId, ...when }), { unasked: true }))
}

/** Whoever has the appointment that stands: it may have been handed over since it was agreed on. */
async function whoComes({ db }: Context, { state: { appointed } }: Known): Promise<string | null> {
  const commitment = appointed?.commitmentId ? await commitmentById(db, appointed.commitmentId) : null
  return commitment?.state === 'open' ? commitment.ownerId : null
}

interface When {
  readonly startsAt: Date
  readonly endsAt: Date
  readonly place: string | null
  readonly ownerId: string
}

async function placed(context: Context, { row, state, events }: Known, { evenSo, ...when }: When & { readonly evenSo: boolean }) {
  const { commitmentId = null } = state.appointed ?? {}
  const before = commitmentId === null ? null : await commitmentById(context.db, commitmentId)
  if (before?.state === 'open' && caseOfAppointment(before.origin) === row.id)
    return (await moveCommitment(context, before.id, when, { evenSo }))!.id
  const made = await addCommitment(context, {
    kind: 'appointment',
    title: await owed(context, 'owed.appointment', state.number),
    ...when,
    customerId: row.customerId,
    id: derivedId('commitment', 'cases.appointment', `${row.id} ${events.length}`),
    origin: appointmentOrigin(row.id),
    evenSo,
  })
  return made.id
}

/** What is moved in somebody's calendar, or handed over, was agreed on anew: the case, and the customer on their page, know of it. */
export async function followMove(context: Context, caseId: string, commitmentId: string): Promise<void> {
  const found = await heldCase(context, caseId, null)
  const now = await commitmentById(context.db, commitmentId)
  const { appointed } = found.state
  if (found.state.state !== 'open' || appointed?.commitmentId !== commitmentId || !now?.startsAt || !now.endsAt) return
  const isSameTime = appointed.startsAt.getTime() === now.startsAt.getTime() && appointed.endsAt?.getTime() === now.endsAt.getTime()
  if (isSameTime && appointed.ownerId === now.ownerId) return
  const { startsAt, endsAt, place, ownerId } = now
  await perform(context, found, happened('appointed', { commitmentId, startsAt, endsAt, place, ownerId }), { unasked: true })
}

/** What is cancelled in somebody's calendar has to be agreed on anew: the case goes back there where its process lets it, and whoever handles it hears of it. */
export async function followCancelled(context: Context, caseId: string, commitmentId: string): Promise<void> {
  const found = await heldCase(context, caseId, null)
  const { process, state } = found
  if (state.state !== 'open' || state.appointed?.commitmentId !== commitmentId || state.fulfilled !== null) return
  const reason = wordsOf(mailTexts, await languageOfCase(context, found))('appointmentCancelled')
  const to = backToAppointment(process, state.step)
  const event =
    to === null ? happened('noted', { text: reason, fileIds: [], minutes: 0 }) : happened('sent-back', { from: state.step, to, reason })
  await perform(context, found, event, { unasked: true })
  await notify(context, {
    to: await whoHears(context, found),
    kind: 'cases.appointment-cancelled',
    values: { number: state.number },
    link: `/cases/${caseId}`,
  })
}
