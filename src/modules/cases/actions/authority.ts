import { figuresOf } from '#modules/customers/public.ts'
import { holdersOf, rolesOf } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { enabledAmong, namesOf } from '#platform/sign-in/users.ts'
import type { Remedy } from '../domain/event.ts'
import { type ApprovalDecision, type ApprovalRequest, type Approver, approversFor, mayApprove } from '../domain/figures/authority.ts'
import { giftsOf } from '../domain/offer.ts'
import { aboutWhom } from '../domain/standing.ts'
import { authorityTable } from '../store/rules.ts'
import { awayToday } from './people.ts'
import type { Known } from './performing.ts'

export const costOfRemedies = (remedies: readonly Pick<Remedy, 'amountMinor'>[]): number =>
  remedies.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

/** What a case costs by somebody's decision: the remedies, beside what was given at once before. */
export const decidedMinor = ({ state }: Known, remedies: readonly Pick<Remedy, 'amountMinor'>[]): number =>
  costOfRemedies(remedies) + costOfRemedies(giftsOf(state))

/** What somebody would decide on: the amount, for whom, how grave, and who has a hand in it. */
export async function requestOf({ db }: Context, { state, row }: Known, amountMinor: number): Promise<ApprovalRequest> {
  return {
    amountMinor,
    tier: state.policy?.tier ?? (await figuresOf(db, row.customerId)).tier,
    severity: state.record.severity,
    proposedBy: state.proposers,
    investigatedBy: state.investigators,
    about: aboutWhom(state),
  }
}

/** Everybody whose roles may approve something, who is here, with those for whom they stand in. */
export async function approvers(context: Context): Promise<readonly Approver[]> {
  const { db } = context
  const { lines } = await authorityTable(db)
  const holders = await Promise.all([...new Set(lines.map(({ role }) => role))].map((role) => holdersOf(db, role)))
  const away = await awayToday(context)
  // Whoever stands in needs no limit of their own.
  const standing = [...away].flatMap(([userId, deputyId]) =>
    deputyId !== null && holders.some((some) => some.includes(userId)) ? [deputyId] : [],
  )
  const people = await enabledAmong(db, [...new Set([...holders.flat(), ...standing])])
  const roles = await rolesOf(db, [...new Set([...people, ...away.keys()])])
  return people
    .filter((userId) => !away.has(userId))
    .map((userId) => ({
      userId,
      roles: roles.get(userId) ?? [],
      deputyFor: [...away].flatMap(([absent, deputyId]) =>
        deputyId === userId ? [{ userId: absent, roles: roles.get(absent) ?? [] }] : [],
      ),
    }))
}

/** Whether the actor may decide on such an amount; the product and the operator may. */
export async function mayDecide(context: Context, request: ApprovalRequest): Promise<ApprovalDecision> {
  const { actor, db } = context
  if (actor.kind !== 'person') return { allowed: true, role: actor.kind, limitMinor: null, deputyFor: null }
  const { lines } = await authorityTable(db)
  const away = await awayToday(context)
  const absent = [...away].flatMap(([userId, deputyId]) => (deputyId === actor.id ? [userId] : []))
  const roles = await rolesOf(db, absent)
  const deputyFor = absent.map((userId) => ({ userId, roles: roles.get(userId) ?? [] }))
  return mayApprove(request, { userId: actor.id, roles: actor.roles, deputyFor }, lines)
}

/** Who could decide, the one whose limit is the smallest that suffices first. */
export async function whoCould(context: Context, request: ApprovalRequest) {
  const { lines } = await authorityTable(context.db)
  return approversFor(request, await approvers(context), lines)
}

/** Refuses whoever may not decide on such an amount, and says who could. */
export async function mustDecide(context: Context, request: ApprovalRequest, field: string): Promise<void> {
  const decision = await mayDecide(context, request)
  if (decision.allowed) return
  const could = (await whoCould(context, request)).slice(0, 5).map(({ userId }) => userId)
  const names = await namesOf(context.db, could)
  const who = could.map((id) => names.get(id) ?? id).join(', ')
  const reason = decision.reason === 'no-authority' ? 'needs-higher-approver' : decision.reason
  const detail = sentences[reason]
  throw refuse('forbidden', who === '' ? `${reason}-nobody` : reason, `${detail}${who ? `: ${who}` : ''}`, {
    values: { who },
    fields: [{ field, reason, detail }],
  })
}
const sentences = {
  'needs-higher-approver': 'This needs somebody who may approve more',
  'own-proposal': 'Nobody decides on their own proposal',
  'own-investigation': 'Whoever looked for the cause does not decide on the remedy',
  'about-yourself': 'Nobody decides in a complaint about themselves',
} as const
