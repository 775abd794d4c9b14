import type { AuthorityLimit } from './figures/authority.ts'
import { type PenaltyTable, type PenaltyTableProblem, penaltyTableProblems } from './figures/penalty.ts'
import { type RecognitionAct, recognitionActs } from './taxonomy.ts'

/** One version of the table by which penalties are proposed and recognition counted (P-04, P-08). Version 0 is what the product begins with. */
export interface StaffRules extends PenaltyTable {
  /** Points for each act that is recognized. */
  readonly points: Readonly<Record<RecognitionAct, number>>
}

/** Begins mild: bands and rates are the company's to decide, and every penalty is only proposed. */
export const initialStaffRules: StaffRules = {
  version: 0,
  losses: [
    { fromMinor: 0, direct: { basisPoints: 0, of: 'bonus' }, head: { basisPoints: 0, of: 'bonus' } },
    { fromMinor: 100_000, direct: { basisPoints: 1_000, of: 'bonus' }, head: { basisPoints: 500, of: 'bonus' } },
    { fromMinor: 1_000_000, direct: { basisPoints: 2_000, of: 'bonus' }, head: { basisPoints: 1_000, of: 'bonus' } },
  ],
  delays: [{ fromMinutes: 480, rate: { basisPoints: 500, of: 'bonus' } }],
  mostBasisPoints: 2_000,
  points: { 'for-others': 10, 'value-created': 10, 'customer-kept': 20, prevented: 10, idea: 10, praised: 5, other: 5 },
}

export type StaffRulesProblem = PenaltyTableProblem | { readonly list: 'points'; readonly row: number; readonly problem: 'not-whole' }

/** What is wrong with a table, beside what `penaltyTableProblems` says: points are whole numbers from 0 to 1,000. */
export const staffRulesProblems = (rules: StaffRules): readonly StaffRulesProblem[] => [
  ...penaltyTableProblems(rules),
  ...recognitionActs.flatMap((act, row) => {
    const points = rules.points[act]
    return Number.isInteger(points) && points >= 0 && points <= 1_000 ? [] : [{ list: 'points', row, problem: 'not-whole' } as const]
  }),
]

/**
 * Who may approve before the company has said so: supervisors up to 5,000.00 in all but the gravest cases, executives and administrators whatever it is. Without an amount that fits every company
 * it is at least not nobody.
 */
export const initialAuthority: readonly AuthorityLimit[] = [
  { role: 'supervisor', mostMinor: 500_000, tiers: null, gravest: 2 },
  { role: 'executive', mostMinor: null, tiers: null, gravest: 1 },
  { role: 'administrator', mostMinor: null, tiers: null, gravest: 1 },
]
