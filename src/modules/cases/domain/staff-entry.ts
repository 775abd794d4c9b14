import {
  type AnswerablePerson,
  type PenaltyLine,
  type PenaltyProposal,
  type PenaltyRole,
  type PenaltyTable,
  proposePenalties,
} from './figures/penalty.ts'
import type { RecognitionAct } from './taxonomy.ts'

export const entryKinds = ['penalty', 'recognition'] as const
export const entryStates = ['proposed', 'approved', 'rejected', 'withdrawn'] as const
export type EntryState = (typeof entryStates)[number]

/** How the amount of a penalty came about: the pay that was entered for it, the band and the rate. Nobody but whoever decides on penalties sees it. */
export interface PenaltyBasis extends Pick<PenaltyLine, 'rate' | 'ofMinor' | 'band' | 'reducedBy'> {
  readonly lossMinor: number
  readonly lateMinutes: number
}

/** What is proposed, or was decided, about somebody who works here. */
export interface StaffEntry {
  readonly id: string
  readonly userId: string
  readonly kind: (typeof entryKinds)[number]
  readonly state: EntryState
  readonly caseId: string | null
  readonly caseNumber: string | null
  /** Of a penalty: as what somebody answers. */
  readonly role: PenaltyRole | null
  /** Of a recognition: what they did. */
  readonly act: RecognitionAct | null
  readonly amountMinor: number
  readonly points: number
  readonly ruleVersion: number
  readonly basis: PenaltyBasis | null
  readonly reason: string
  readonly proposedAt: Date
  readonly proposedBy: string
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly note: string | null
  readonly version: number
}

/** Why somebody may not decide on an entry: it is decided, it is about themselves, or it is their own proposal (decision 9: approved by somebody else). */
export function refusedToDecide(
  { state, userId, proposedBy }: Pick<StaffEntry, 'state' | 'userId' | 'proposedBy'>,
  by: string,
): 'decided-already' | 'about-oneself' | 'own-proposal' | null {
  if (state !== 'proposed') return 'decided-already'
  if (userId === by) return 'about-oneself'
  return proposedBy === by ? 'own-proposal' : null
}

type Answer = Pick<StaffEntry, 'userId' | 'role'>

/** Whether an approved penalty of the same case stands against somebody for the same thing already: for its loss, as whatever they answer, or for its delay. */
export const isPenalised = (
  entries: readonly Pick<StaffEntry, 'userId' | 'role' | 'kind' | 'state'>[],
  { userId, role }: Answer,
): boolean =>
  entries.some(
    (one) => one.kind === 'penalty' && one.state === 'approved' && one.userId === userId && (one.role === 'delay') === (role === 'delay'),
  )

/** What is proposed for a case of which somebody answers already: what was approved of each person counts against the most that one person can lose by it. */
export const proposedBeside = (
  entries: Parameters<typeof approvedOf>[0],
  table: PenaltyTable,
  lossMinor: number,
  people: readonly AnswerablePerson[],
): PenaltyProposal => proposePenalties(table, lossMinor, people, approvedOf(entries))

/** What was approved of each person by some entries, minor units. */
function approvedOf(entries: readonly Pick<StaffEntry, 'userId' | 'state' | 'amountMinor'>[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { userId, state, amountMinor } of entries) if (state === 'approved') sums.set(userId, (sums.get(userId) ?? 0) + amountMinor)
  return sums
}

/** Whether somebody sees amounts and reasons of an entry: whom it is about, who proposed it, and whoever decides on such. */
export const seesEntry = ({ userId, proposedBy }: Pick<StaffEntry, 'userId' | 'proposedBy'>, by: string, decides: boolean): boolean =>
  decides || userId === by || proposedBy === by
