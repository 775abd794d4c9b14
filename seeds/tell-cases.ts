import { z } from 'zod'
import { watchCauses } from '#modules/cases/public.ts'
import type { Context } from '#platform/context.ts'
import { type RunHandle, runKind } from '#platform/runs/run-kind.ts'
import { demoDesertions } from './cases/around.ts'
import { demoDeeds } from './cases/live.ts'
import { demoCases } from './cases/plan.ts'
import { demoCompany } from './company.ts'
import { demoDeliveries } from './deliveries.ts'
import { loadAround } from './load-around-cases.ts'
import { loadCases, loadDecisions, loadDeeds, loadSetup } from './load-cases.ts'
import { castOf } from './load-cast.ts'
import { loadHeard } from './load-heard.ts'
import { loadReviews } from './load-reviews.ts'

/** How many cases or deeds one transaction holds. */
const batch = 40

interface Position {
  readonly part: 'cases' | 'deeds' | 'around' | 'end'
  readonly done: number
}

/**
 * Tells the cases of the demo company, as its people would have handled them until `now`. Where these people are not all here, nothing is told: nobody's colleagues are said to have decided anything.
 */
export const tellCasesOf = <I extends z.ZodType<{ customers: number; today: string }>>(input: I, source: string, seed: number) =>
  runKind<z.ZodIntersection<I, z.ZodObject<{ now: z.ZodISODateTime }>>, Position>({
    kind: 'demo.cases',
    permission: 'demo.load',
    group: 'value',
    input: z.intersection(input, z.object({ now: z.iso.datetime() })),
    work: (run) => tell(run as never, source, seed),
  })

type Run = RunHandle<{ readonly customers: number; readonly today: string; readonly now: string }, Position>

async function tell(run: Run, source: string, seed: number) {
  const { customers, today } = run.input
  const now = new Date(run.input.now)
  const company = demoCompany(seed, customers, today)
  const cast = (context: Context) => castOf(context, source)
  let position = run.position
  const step = async (next: Position, work: (context: Context) => Promise<void>) => {
    await run.step(next, work)
    position = next
  }
  const first = new Date(now.getTime() - 560 * 86_400_000)
  const isThere = await run.step(position ?? { part: 'cases', done: 0 }, async (context) => {
    const found = await castOf(context, source)
    if (found && position === null) await loadSetup(context, found, first)
    return found !== null
  })
  if (!isThere) return { cases: 0 }
  position ??= { part: 'cases', done: 0 }
  const found = (await run.step(position, cast))!
  const cases = demoCases(seed, company, demoDeliveries(seed, company, today), now, found)
  const deeds = demoDeeds(cases, found, now)
  const total = cases.length + deeds.length
  while (position.part === 'cases') {
    const { done } = position
    await run.progress({ phase: 'cases', done, total })
    const next: Position = done + batch < cases.length ? { part: 'cases', done: done + batch } : { part: 'deeds', done: 0 }
    await step(next, (context) => loadCases(context, found, cases.slice(done, done + batch)))
  }
  while (position.part === 'deeds') {
    const { done } = position
    await run.progress({ phase: 'cases', done: cases.length + done, total })
    const next: Position = done + batch < deeds.length ? { part: 'deeds', done: done + batch } : { part: 'around', done: 0 }
    await step(next, (context) => loadDeeds(context, found, deeds.slice(done, done + batch)))
  }
  if (position.part === 'around')
    await step({ part: 'end', done: 0 }, async (context) => {
      await loadDecisions(context, found, now)
      const writers = company.customers.filter(({ email, kind }) => email !== '' && kind === 'person').slice(5, 8)
      await loadAround(context, found, { now, seed, desertions: demoDesertions(seed, company, today), writers })
      await loadHeard(context, found, { cases, advisers: company.customers.filter(({ kind }) => kind === 'company').slice(0, 5), now })
      await loadReviews(context, found, now)
      await watchCauses(context)
    })
  return { cases: cases.length }
}
