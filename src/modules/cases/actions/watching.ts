import { addCommitment } from '#modules/commitments/public.ts'
import { ordersByDay } from '#modules/orders/public.ts'
import { notify, organizationProfile, readSetting, usersWith } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { withShipped } from '../domain/causes.ts'
import { dayAfter, daysBetween } from '../domain/figure.ts'
import { causeAlert, causeChart } from '../domain/figures/control-limit.ts'
import { nextCheckDays } from '../domain/problem.ts'
import { weekStarts } from '../domain/recurrence.ts'
import { type Alarm, alarmsOf, quietDays, watchedDimensions, weeksBefore } from '../domain/watch.ts'
import { handlingSetting } from '../settings.ts'
import { problemDays, weeklyCounts } from '../store/problem-cases.ts'
import { listProblems, type Problem, problemsOfMatter, updateProblem } from '../store/problems.ts'
import { storedCauses } from '../store/setup.ts'
import { texts } from '../texts/index.ts'
import { today } from './people.ts'
import { beginProblem, problemOrigin, saved } from './problem-keeping.ts'

const weeks = weeksBefore + 1

/** The last weeks of a problem against its control limit: weeks of seven days that end yesterday, since today has only begun. */
export async function watchOf(context: Pick<Context, 'db' | 'now'>, problem: Problem) {
  const last = dayAfter(await today(context), -1)
  const starts = weekStarts(last, weeks)
  const days = await problemDays(context.db, problem, starts[0]!, last)
  const orders = await ordersOfWeeks(context, last)
  const complaints = starts.map((from, i) => {
    const until = starts[i + 1] ?? dayAfter(last, 1)
    return days.filter(({ day }) => day >= from && day < until).reduce((sum, one) => sum + one.complaints, 0)
  })
  const exposures = orders.every((count) => count > 0) ? orders.toReversed() : starts.map(() => 7)
  const periods = starts.map((period, i) => ({ period, complaints: complaints[i]!, exposure: exposures[i]! }))
  const points = causeChart(periods)?.chart.points
  const { verdict, complaints: latest, expected, upperCount, chance } = causeAlert(periods)
  return {
    weeks: starts.map((from, i) => {
      const point = points?.[i]
      const limit = point && point.upper !== null ? point.upper * point.size : null
      return { from, complaints: complaints[i]!, expected: point?.expected ?? null, limit }
    }),
    alert: { verdict, complaints: latest, expected, upperCount, chance },
  }
}

/** Orders of the last weeks, the latest first. */
async function ordersOfWeeks({ db }: Pick<Context, 'db'>, last: string): Promise<readonly number[]> {
  const counts = new Array<number>(weeks).fill(0)
  for (const { day, orders } of await ordersByDay(db, dayAfter(last, 1 - 7 * weeks), last)) {
    const week = Math.floor(daysBetween(day, last) / 7)
    counts[week] = counts[week]! + orders
  }
  return counts
}

/** Looks which causes, reasons and products exceeded their control limit in the last seven days, tells those who manage cases, and proposes a problem for each. Answers how many there were. */
export async function watchCauses(context: Context): Promise<number> {
  const last = dayAfter(await today(context), -1)
  const orders = await ordersOfWeeks(context, last)
  let alarms = 0
  for (const dimension of watchedDimensions)
    for (const alarm of alarmsOf(dimension, await weeklyCounts(context.db, dimension, last, weeks), orders))
      if (await raise(context, alarm, last)) alarms++
  return alarms
}

async function raise(context: Context, { matter, alert }: Alarm, last: string): Promise<boolean> {
  const { db } = context
  const before = await problemsOfMatter(db, matter)
  // What somebody works on is known, and nobody is told the same again the next night.
  if (before.some(({ state }) => state === 'draft' || state === 'open')) return false
  // Whoever dismissed it yesterday knows of it, however long ago it was raised.
  if (
    before.some(({ alertedOn, closedAt }) => [alertedOn, closedAt?.toISOString().slice(0, 10) ?? null].some((day) => isLately(day, last)))
  )
    return false
  const said = { on: last, complaints: alert.complaints, expected: alert.expected, upperCount: alert.upperCount }
  const to = await usersWith(db, 'cases.manage')
  const values = { complaints: alert.complaints, limit: alert.upperCount ?? 0 }
  const standing = before.find(({ state }) => state === 'watched' || state === 'solved')
  if (standing) {
    await saved(context, standing, { ...standing, alert: said, alertedOn: last })
    const owners = standing.ownerId ? [standing.ownerId, ...to] : to
    await notify(context, {
      to: owners,
      kind: 'cases.cause-back',
      values: { ...values, title: standing.title },
      link: `/cases/problems/${standing.id}`,
    })
    return true
  }
  const title = await titleOf(context, matter)
  const { id } = await beginProblem(context, { ...matter, title, description: null, ownerId: null, state: 'draft', alert: said })
  await notify(context, { to, kind: 'cases.cause-alert', values: { ...values, title }, link: `/cases/problems/${id}` })
  return true
}

const isLately = (day: string | null, last: string): boolean => day !== null && daysBetween(day, last) < quietDays

/** What a problem is called that nobody has named yet: what its cases have in common, in the company's language. */
async function titleOf({ db }: Context, { cause, category, reason, productCode }: Alarm['matter']): Promise<string> {
  const { locale } = await readSetting(db, organizationProfile)
  const words = texts[locale] as unknown as Readonly<Record<string, string | undefined>>
  const own = withShipped(await storedCauses(db)).find(({ id }) => id === cause)
  const parts = [
    cause &&
      (words[`causeField.${cause}`] ??
        (own && (own.names[locale] || own.names.en || words[`causeKind.${own.kind}`])) ??
        words['problem.aCause']),
    category && words[`category.${category}`],
    reason && words[`reason.${category}.${reason}`],
    productCode,
  ]
  return parts.filter(Boolean).join(' · ').slice(0, 200)
}

/** Asks whoever answers for a problem to check its effect, once for each check that is due. Answers how many were asked. */
export async function askForProblemChecks(context: Context): Promise<number> {
  const { effectivenessDays } = await readSetting(context.db, handlingSetting)
  const { locale } = await readSetting(context.db, organizationProfile)
  const now = await today(context)
  let asked = 0
  for (const problem of await everyWatched(context)) {
    const days = problem.curedOn === null ? null : nextCheckDays(effectivenessDays, problem.checkedDays)
    if (days === null || problem.askedDays === days || dayAfter(problem.curedOn!, days) > now || problem.ownerId === null) continue
    await addCommitment(context, {
      kind: 'task',
      title: texts[locale]['owed.problemCheck'].replace('{{title}}', problem.title.slice(0, 120)).replace('{{days}}', String(days)),
      dueDay: dayAfter(problem.curedOn!, days),
      ownerId: problem.ownerId,
      id: derivedId('commitment', 'cases.problem-check', `${problem.id} ${problem.curedOn} ${days}`),
      origin: problemOrigin(problem.id),
    })
    if (await updateProblem(context.db, { ...problem, askedDays: days })) asked++
  }
  return asked
}

/** Every problem whose effect is watched or was proved, in pages. */
async function everyWatched({ db }: Context): Promise<readonly Problem[]> {
  const all: Problem[] = []
  for (let after: Parameters<typeof listProblems>[2] = null; ; ) {
    const page = await listProblems(db, ['watched', 'solved'], after, inOnePage)
    all.push(...page)
    const last = page.at(-1)
    if (last === undefined || page.length < inOnePage) return all
    after = { at: last.openedAt, id: last.id }
  }
}
const inOnePage = 500
