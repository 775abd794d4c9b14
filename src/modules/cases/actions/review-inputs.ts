import type { Context } from '#platform/context.ts'
import type { ReviewSection } from '../domain/management-review.ts'
import { periodBefore, type ReviewPeriod } from '../domain/review-period.ts'
import { actions, approvals, audits, capacity, changes, effect, personnel, problems, suggestions } from './review-happenings.ts'
import { contests, cost, quality, repeated, rules, satisfaction, speed, tiers, volume } from './review-report.ts'
import { type ReviewInput, type Sides, sideOf } from './review-sides.ts'

/** Reads everything that management looks at, with the definitions of the report. Who sees which section is decided where it is shown. */
export async function gatherReview(context: Context, days: ReviewPeriod): Promise<readonly ReviewSection[]> {
  const sides: Sides = { context, now: await sideOf(context, days), before: await sideOf(context, periodBefore(days)) }
  const sections: ReviewSection[] = []
  for (const input of reviewInputs) sections.push(await input(sides))
  return sections
}

/** What is gathered, in the order of the page. Other figures join with one line here. */
const reviewInputs: readonly ReviewInput[] = [
  volume,
  tiers,
  speed,
  rules,
  repeated,
  contests,
  cost,
  satisfaction,
  quality,
  effect,
  problems,
  capacity,
  approvals,
  personnel,
  suggestions,
  changes,
  actions,
  audits,
]
