import { casesActions } from '#modules/cases/public.ts'
import { bulletinActions, courseActions, publishBulletin } from '#modules/knowledge/public.ts'
import type { Context } from '#platform/context.ts'
import type { ReceivedMail } from '#platform/mailbox/received-mail.ts'
import { atThatTime } from './at-that-time.ts'
import {
  type SeedDesertion,
  type SeedProblem,
  seedBulletins,
  seedCourses,
  seedProblems,
  seedRecognitions,
  selfAssessmentsOf,
} from './cases/around.ts'
import { type SeedStaff, saidIn } from './cases/cast.ts'
import type { SeedCustomer } from './company.ts'
import { dayLength, earlier, later } from './hours.ts'
import type { LoadedCast } from './load-cast.ts'

/** What stands around the cases: problems, what everybody was told and learned, who was recognized, who left, and how people judge themselves. */
export async function loadAround(context: Context, cast: LoadedCast, { now, seed, desertions, writers }: Around): Promise<void> {
  const ago = (days: number) => laterBy(new Date(now.getTime() - days * dayLength), days === 0 ? 0 : 60, now)
  const as = (staff: SeedStaff, at: Date) => atThatTime(context, at, cast.actor(staff))
  for (const problem of seedProblems) await loadProblem(as, cast, problem, now)
  for (const [n, { kind, title, body, daysAgo, by, readBy }] of seedBulletins.entries()) {
    const id = cast.id('part', `bulletin ${n}`)
    await publishBulletin(as(by, ago(daysAgo)), { id, kind, title, body, origin: null })
    for (const reader of readBy) await bulletinActions.readBulletin(as(reader, laterBy(ago(daysAgo), 90, now)), { bulletinId: id })
  }
  for (const { name, about, daysAgo, doneBy } of seedCourses) {
    const course = { name, about, skills: [], articleId: null, techniqueId: null, link: null, active: true }
    const { id } = await courseActions.addCourse(as('supervisor', ago(daysAgo)), course)
    for (const [n, staff] of doneBy.entries()) await courseActions.completeCourse(as(staff, ago(daysAgo - 5 - 9 * n)), { courseId: id })
  }
  for (const { of, by, decidedBy, act, reason, daysAgo } of seedRecognitions) {
    const { id, version } = await casesActions.recognize(as(by, ago(daysAgo)), { userId: cast.person(of), act, reason })
    const decided = { entryId: id, version, approved: true, note: null }
    if (decidedBy) await casesActions.decideEntry(as(decidedBy, laterBy(ago(daysAgo), 700, now)), decided)
  }
  for (const desertion of desertions) await loadDesertion(as('manager', now), cast, desertion)
  await loadSelfAssessments(as, now, seed)
  for (const [n, writer] of writers.entries()) await loadMail(as('administrator', earlier(now, 50 + 45 * n)), cast, writer, n)
}

export interface Around {
  readonly now: Date
  readonly seed: number
  readonly desertions: readonly SeedDesertion[]
  /** Who writes a mail. */
  readonly writers: readonly SeedCustomer[]
}

type As = (staff: SeedStaff, at: Date) => Context

/** So many open minutes later, but not in the future. */
const laterBy = (at: Date, minutes: number, now: Date): Date => new Date(Math.min(later(at, minutes).getTime(), now.getTime()))

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

async function loadProblem(
  as: As,
  cast: LoadedCast,
  { title, description, category, reason, openedDaysAgo, owner, actions, checks }: SeedProblem,
  now: Date,
) {
  const ago = (days: number) => laterBy(new Date(now.getTime() - days * dayLength), 30, now)
  const opened = ago(openedDaysAgo)
  const matter = { cause: null, category, reason, productCode: null }
  let problem = await casesActions.openProblem(as('supervisor', opened), { title, description, ownerId: cast.person(owner), ...matter })
  for (const { text, owner: doer, dueIn } of actions) {
    const dueDay = dayOf(new Date(opened.getTime() + dueIn * dayLength))
    problem = await casesActions.addProblemAction(as('supervisor', opened), {
      problemId: problem.id,
      text,
      ownerId: cast.person(doer),
      dueDay,
    })
  }
  for (const { text, owner: doer, doneDaysAgo } of actions) {
    const action = problem.actions.find((one) => one.text === text)
    if (!action || doneDaysAgo === null) continue
    const at = ago(doneDaysAgo)
    const done = { problemId: problem.id, actionId: action.id, version: action.version, state: 'done' as const, doneOn: dayOf(at) }
    problem = await casesActions.moveProblemAction(as(doer, at), done)
  }
  const cured = Math.min(...actions.map(({ doneDaysAgo }) => doneDaysAgo ?? Number.POSITIVE_INFINITY))
  for (const { days, verdict, note } of checks)
    problem = await casesActions.checkProblem(as(owner, ago(cured - days - 2)), {
      problemId: problem.id,
      version: problem.version,
      days,
      verdict,
      note,
    })
}

async function loadDesertion(manager: Context, cast: LoadedCast, { customer, leftOn, rival, reason, backOn }: SeedDesertion) {
  const customerId = cast.customer(customer)
  const noted = await casesActions.noteDesertion(manager, { customerId, leftOn, rival, reason, note: null })
  const isBack = backOn !== null && backOn <= dayOf(manager.now)
  if (isBack) await casesActions.changeDesertion(manager, { desertionId: noted.id, version: noted.version, backOn })
}

async function loadSelfAssessments(as: As, now: Date, seed: number) {
  for (const staff of ['agent', 'loyalty', 'manager'] as const) {
    const { items } = await casesActions.selfAssessment(as(staff, now), {})
    const keys = items.map(({ key }) => key)
    for (const { monthsAgo, items: scored } of selfAssessmentsOf(staff, keys, seed)) {
      // The day after the month ended.
      const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo + 1, 1, 9))
      const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, 1)).toISOString().slice(0, 7)
      await casesActions.assessSelf(as(staff, at), { month, version: 0, items: scored, note: null })
    }
  }
}

/** A mail comes in as from a mailbox that fetched it; which modules take mails, the house knows. */
async function loadMail(context: Context, cast: LoadedCast, { name, email, language }: SeedCustomer, n: number) {
  const { mails } = saidIn(language)
  const [subject, text] = mails[n % mails.length] as [string, string]
  const mail: ReceivedMail = {
    id: cast.id('part', `mail ${n}`),
    mailbox: { id: cast.id('part', 'mailbox'), name: 'Service', address: 'service@example.com' },
    messageId: `<demo-${n}@example.com>`,
    inReplyTo: null,
    references: [],
    from: { name, address: email },
    answerTo: email,
    to: [{ name: '', address: 'service@example.com' }],
    cc: [],
    subject,
    plainSubject: subject,
    sentAt: context.now,
    receivedAt: context.now,
    text,
    newText: text,
    html: null,
    attachments: [],
    automatic: null,
    verdicts: null,
    thread: null,
    threadForged: false,
    bounceOf: null,
    cut: null,
  }
  for (const module of context.house.modules) if ((await module.mail?.(context, mail)) === 'taken') return
}
