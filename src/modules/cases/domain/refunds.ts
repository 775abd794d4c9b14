/** Money that a case gave back for an order: of its remedies the refunds and returns, whole minor units. */
export interface RefundClaim {
  readonly caseId: string
  /** The day on which the case was opened; what was refunded before is none of its. */
  readonly from: string
  readonly amountMinor: number
}

/** Money that was given back on the order itself, and lowered its revenue. */
export interface OrderRefund {
  readonly day: string
  readonly amountMinor: number
}

/**
 * How much of each case's refunds stands in the order already, so that it is not counted a second time as cost to serve. Each refund of the order, the earliest first, covers the cases that were open
 * by its day in the order of their opening (of one day: in the order given), each up to what it gave back. No refund covers more than itself, and no case more than its claim.
 *
 * @example one case gave back 100.00 for an order on which 60.00 were refunded since // => 60.00 are covered, 40.00 remain cost to serve
 */
export function coveredByRefunds(claims: readonly RefundClaim[], refunds: readonly OrderRefund[]): ReadonlyMap<string, number> {
  const inOrder = claims.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const covered = new Map(claims.map(({ caseId }) => [caseId, 0]))
  for (const { day, amountMinor } of refunds.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    let left = Math.max(0, amountMinor)
    for (const claim of inOrder) {
      if (claim.from > day) continue
      const taken = Math.min(left, Math.max(0, claim.amountMinor - covered.get(claim.caseId)!))
      covered.set(claim.caseId, covered.get(claim.caseId)! + taken)
      left -= taken
    }
  }
  return covered
}
