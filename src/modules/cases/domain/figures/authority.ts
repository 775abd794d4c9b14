import type { Tier } from '#modules/customers/domain/book.ts'
import type { Severity } from '../taxonomy.ts'
import { counted } from './reliability.ts'

/**
 * What a role may approve: remedies up to `mostMinor` (included; null without limit) in minor units of the organisation's currency, for customers of these
 * tiers (null: all, also those without a tier), in cases no graver than `gravest` (1 is the gravest, so 1 is every case). A role may have several lines; the
 * one that allows most counts.
 */
export interface AuthorityLimit {
  readonly role: string
  readonly mostMinor: number | null
  readonly tiers: readonly Tier[] | null
  readonly gravest: Severity
}

/**
 * What is to be approved. Amounts in other currencies are handed in at the day's rate; an amount of 0 is approved like any other, since the leader reads each
 * proposal (G-09).
 */
export interface ApprovalRequest {
  readonly amountMinor: number
  readonly tier: Tier | null
  readonly severity: Severity
  readonly proposedBy: readonly string[]
  readonly investigatedBy: readonly string[]
  /** Staff whom the complaint is about. */
  readonly about: readonly string[]
}

export interface Approver {
  readonly userId: string
  readonly roles: readonly string[]
  /** Colleagues who are absent now and whose authority this person carries meanwhile. */
  readonly deputyFor: readonly { readonly userId: string; readonly roles: readonly string[] }[]
}

export type Refusal = 'own-proposal' | 'own-investigation' | 'about-yourself' | 'needs-higher-approver' | 'no-authority'

export type ApprovalDecision =
  | {
      readonly allowed: true
      readonly role: string
      readonly limitMinor: number | null
      /** Whose authority was used, where it was not their own. */
      readonly deputyFor: string | null
    }
  | {
      readonly allowed: false
      readonly reason: Refusal
      /** The highest amount this person may approve in such a case; null where it is none or has no limit. */
      readonly limitMinor: number | null
      /** Roles that may approve it, the one with the smallest sufficient limit first. Empty: nobody may, and the table needs a line. */
      readonly higher: readonly string[]
    }

/**
 * Whether a person may approve a proposal (requirements G-09, G-14): by the limits of their roles or of those for whom they deputise; never what they proposed
 * or investigated themselves, nor a complaint about themselves.
 *
 * Whoever deputises brings their own hands only: they may not have proposed or investigated it, and borrowed authority does not cover what its owner proposed,
 * investigated or is complained about in. An amount equal to the limit is within it. Whole amounts of at least 0 (RangeError otherwise).
 *
 * @example a supervisor up to 500.00, amount 500.01 // => needs-higher-approver, higher: ['director']
 */
export function mayApprove(request: ApprovalRequest, approver: Approver, limits: readonly AuthorityLimit[]): ApprovalDecision {
  counted(request.amountMinor, 'amount')
  const conflict = conflictOf(request, approver.userId)
  const higher = rolesThatMay(request, limits)
  if (conflict) return { allowed: false, reason: conflict, limitMinor: null, higher }
  const borrowed = approver.deputyFor
    .filter(({ userId }) => conflictOf(request, userId) === null)
    .map(({ userId, roles }) => ({ deputyFor: userId, best: bestLimit(request, roles, limits) }))
  const own = { deputyFor: null, best: bestLimit(request, approver.roles, limits) }
  // One's own authority before borrowed one; among borrowed the smallest that suffices, so that no more is used than needed.
  const enough = [own, ...borrowed.toSorted((a, b) => amountOf(a.best) - amountOf(b.best))].find(
    ({ best }) => best && covers(best, request.amountMinor),
  )
  if (enough?.best) return { allowed: true, role: enough.best.role, limitMinor: enough.best.mostMinor, deputyFor: enough.deputyFor }
  const most = Math.max(...[own, ...borrowed].map(({ best }) => (best ? amountOf(best) : -1)))
  return most < 0
    ? { allowed: false, reason: 'no-authority', limitMinor: null, higher }
    : { allowed: false, reason: 'needs-higher-approver', limitMinor: most, higher }
}

/** The people who may approve, those first whose limit is the smallest that suffices, then by id: nobody's time is taken who is not needed. */
export function approversFor(
  request: ApprovalRequest,
  people: readonly Approver[],
  limits: readonly AuthorityLimit[],
): readonly { readonly userId: string; readonly role: string; readonly deputyFor: string | null }[] {
  return people
    .flatMap(({ userId, ...rest }) => {
      const decision = mayApprove(request, { userId, ...rest }, limits)
      return decision.allowed ? [{ userId, decision }] : []
    })
    .toSorted((a, b) => amountOf(a.decision) - amountOf(b.decision) || (a.userId < b.userId ? -1 : 1))
    .map(({ userId, decision }) => ({ userId, role: decision.role, deputyFor: decision.deputyFor }))
}

/** Roles that may approve such a case, the smallest sufficient limit first. */
function rolesThatMay(request: ApprovalRequest, limits: readonly AuthorityLimit[]): readonly string[] {
  return [...new Set(limits.map(({ role }) => role))]
    .map((role) => bestLimit(request, [role], limits))
    .filter((best) => best !== null && covers(best, request.amountMinor))
    .toSorted((a, b) => amountOf(a) - amountOf(b) || (a!.role < b!.role ? -1 : 1))
    .map((best) => best!.role)
}

function conflictOf({ proposedBy, investigatedBy, about }: ApprovalRequest, userId: string): Refusal | null {
  if (about.includes(userId)) return 'about-yourself'
  if (proposedBy.includes(userId)) return 'own-proposal'
  return investigatedBy.includes(userId) ? 'own-investigation' : null
}

/** The line that allows most among those that fit the tier and the severity. */
function bestLimit(
  { tier, severity }: ApprovalRequest,
  roles: readonly string[],
  limits: readonly AuthorityLimit[],
): AuthorityLimit | null {
  const fitting = limits.filter(
    (limit) =>
      roles.includes(limit.role) && severity >= limit.gravest && (limit.tiers === null || (tier !== null && limit.tiers.includes(tier))),
  )
  return fitting.toSorted((a, b) => amountOf(b) - amountOf(a))[0] ?? null
}

type WithAmount = { readonly mostMinor: number | null } | { readonly limitMinor: number | null }

function amountOf(limit: WithAmount | null): number {
  if (limit === null) return -1
  return ('mostMinor' in limit ? limit.mostMinor : limit.limitMinor) ?? Number.POSITIVE_INFINITY
}

const covers = (limit: AuthorityLimit, amountMinor: number): boolean => amountMinor <= amountOf(limit)
