import { addCommitment, settleOrigin } from '#modules/commitments/public.ts'
import { holdCustomers } from '#modules/customers/public.ts'
import { ordersByDay } from '#modules/orders/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import type { CaseEvent } from '../domain/event.ts'
import { dayAfter, daysBetween, earlierDay } from '../domain/figure.ts'
import type { Matter } from '../domain/problem.ts'
import { type Recurrence, recurrenceReading } from '../domain/recurrence.ts'
import { checksDue, type DueCheck, noteAsked, problemDays } from '../store/problem-cases.ts'
import { texts } from '../texts/index.ts'
import { today } from './people.ts'
import { type Known, known } from './performing.ts'

/** Days before the cure with which the time after it is compared: longer than the bad weeks that led to it. */
export const daysBefore = 180

/** How often a matter came back after the day of its cure, beside before, as it stands today; null on that day itself. */
export async function readRecurrence(
  context: Pick<Context, 'db' | 'now'>,
  matter: Matter & { readonly id: string | null },
  curedOn: string,
  checkDays: readonly number[],
): Promise<Recurrence> {
  const { db } = context
  const last = dayAfter(curedOn, Math.max(...checkDays))
  const yesterday = dayAfter(await today(context), -1)
  const until = earlierDay(yesterday, last)
  const from = dayAfter(curedOn, -daysBefore)
  const days = await problemDays(db, matter, from, until)
  const orders = await ordersByDay(db, from, until)
  return recurrenceReading({ curedOn, daysBefore, elapsedDays: Math.max(0, daysBetween(curedOn, yesterday)), checkDays, days, orders })
}

/** Why a check is not taken. */
export const checkSentences = {
  'no-such-check': 'No check is planned so many days after it was carried out',
  'too-early': 'Whether it worked is not known before that day has come',
} as const

/** One of these looks whether the cause is gone: whoever handles the case, else who was responsible, else who recorded it. */
async function whoChecks({ db }: Context, { state }: Known): Promise<string | null> {
  const candidates = [state.ownerId, state.personId, state.openedBy].flatMap((id) => id ?? [])
  const here = new Set(
    await enabledAmong(
      db,
      candidates.filter((id) => /^[0-9a-f-]{36}$/.test(id)),
    ),
  )
  return candidates.find((id) => here.has(id)) ?? null
}

const checkOrigin = (caseId: string) => ({ module: 'cases', id: `${caseId}:check` })

/** Puts a check that is due into the day of whoever handles the case, once. Where nobody is left who could, it stays visible on the case alone. */
export async function askForCheck(context: Context, due: DueCheck): Promise<void> {
  const { db } = context
  // Of whoever was erased nobody is asked anything.
  if (!(await holdCustomers(db, [due.customerId])).has(due.customerId)) return noteAsked(db, due)
  const found = await known(context, due.caseId)
  const ownerId = await whoChecks(context, found)
  const { locale } = await readSetting(db, organizationProfile)
  if (ownerId !== null)
    await addCommitment(context, {
      kind: 'task',
      title: texts[locale]['owed.check'].replace('{{number}}', found.state.number).replace('{{days}}', String(due.days)),
      dueDay: due.on,
      customerId: due.customerId,
      ownerId,
      id: derivedId('commitment', 'cases.check', `${due.caseId} ${due.on}`),
      origin: checkOrigin(due.caseId),
    })
  await noteAsked(db, due)
}

/** So many at a time; the next look takes the rest. */
const atOnce = 500

/** Asks for checks that are due, the longest due first. Answers how many there were. */
export async function askForChecks(context: Context, most = atOnce): Promise<number> {
  const due = await checksDue(context.db, await today(context), most)
  for (const one of due) await askForCheck(context, one)
  return due.length
}

/** A check that was made is owed no more, nor is one of a cause that is searched for again. */
export async function settleChecks(context: Context, { row, state }: Known, made: readonly CaseEvent[]): Promise<void> {
  const checked = made.some(({ kind }) => kind === 'effectiveness-checked')
  const dropped = state.executed === null && made.some(({ kind }) => kind === 'sent-back' || kind === 'reopened')
  if (checked || dropped) await settleOrigin(context, row.customerId, checkOrigin(row.id), checked ? 'done' : 'cancelled', null)
}
