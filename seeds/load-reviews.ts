import { casesActions } from '#modules/cases/public.ts'
import type { Context } from '#platform/context.ts'
import { atThatTime } from './at-that-time.ts'
import type { SeedStaff } from './cases/cast.ts'
import { seedAudit, seedReview } from './cases/reviews.ts'
import { dayLength, later } from './hours.ts'
import type { LoadedCast } from './load-cast.ts'

/** An audit of some months ago, and the review that management held of the last quarter, which takes it in. */
export async function loadReviews(context: Context, cast: LoadedCast, now: Date): Promise<void> {
  const ago = (days: number) => later(new Date(now.getTime() - days * dayLength), 0)
  const as = (staff: SeedStaff, at: Date) => atThatTime(context, at, cast.actor(staff))
  // Seen from some days ago, so that there was time to hold it.
  const held = ago(seedReview.heldDaysAgo)
  const { from, to } = await casesActions.reviewDue(as('supervisor', held), {})
  await loadAudit(cast, as, from)
  const { id: reviewId, version } = await casesActions.makeReview(as('supervisor', held), { from, to })
  const taking = { reviewId, version, participantIds: [cast.person('supervisor'), cast.person('manager')], guests: null }
  await casesActions.changeReview(as('supervisor', held), taking)
  for (const { kind, section, text, owner, dueInDays } of seedReview.entries) {
    const dueDay = dueInDays === null ? null : dayOf(new Date(held.getTime() + dueInDays * dayLength))
    await casesActions.addReviewEntry(as('supervisor', held), {
      reviewId,
      kind,
      section,
      text,
      ownerId: owner && cast.person(owner),
      dueDay,
    })
  }
  const prepared = await casesActions.review(as('executive', held), { reviewId })
  await casesActions.holdReview(as('executive', later(held, 90)), { reviewId, version: prepared.version })
  const { actions } = await casesActions.review(as('executive', now), { reviewId })
  const first = actions.find(({ ownerId }) => ownerId === cast.person('department'))
  if (first) await casesActions.moveProcessAction(as('department', now), { actionId: first.id, version: first.version, state: 'done' })
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Of complaints of the quarter before the one that is reviewed, closed in the middle of that. */
async function loadAudit(cast: LoadedCast, as: (staff: SeedStaff, at: Date) => Context, reviewed: string): Promise<void> {
  const { auditor, title, scope, sampleSize, backDays, afterDays, summary, findings } = seedAudit
  const begun = new Date(`${reviewed}T00:00:00Z`).getTime()
  const at = later(new Date(begun + afterDays * dayLength), 0)
  const [from, to] = [dayOf(new Date(begun - backDays * dayLength)), dayOf(new Date(begun - dayLength))]
  const terms = { title, scope, departmentId: null, auditorId: cast.person(auditor), plannedOn: dayOf(at), from, to, sampleSize }
  const planned = await casesActions.planAudit(as('supervisor', new Date(begun)), terms)
  const { id: auditId } = planned
  const audit = as(auditor, at)
  const drawn = await casesActions.drawSample(audit, { auditId, version: planned.version })
  for (const { caseId, version, told, stratum } of (await casesActions.audit(audit, { auditId })).cases) {
    // What only a person sees was as it should be, but for how it was said to whom it was turned down.
    const answers = Object.fromEntries(
      told.map(({ item, answer }) => [item, answer ?? (item === 'reasons-given' && stratum === 'not-established' ? 'no' : 'yes')]),
    )
    await casesActions.answerAuditCase(audit, { auditId, caseId, version, answers, note: null })
  }
  for (const { grade, item, text, owner, dueInDays } of findings)
    await casesActions.addFinding(audit, {
      ...{ auditId, grade, item, text },
      ownerId: owner && cast.person(owner),
      dueDay: dueInDays === null ? null : dayOf(new Date(at.getTime() + dueInDays * dayLength)),
    })
  await casesActions.closeAudit(later120(audit), { auditId, version: drawn.version, summary })
}

const later120 = (context: Context): Context => ({ ...context, now: later(context.now, 120) })
