/** What an appeal is against: what was found, or what was decided to be done. */
export const contestedParts = ['finding', 'remedy'] as const
export type Contested = (typeof contestedParts)[number]

/** How an appeal ends that somebody judges. */
export const appealOutcomes = ['upheld', 'partly', 'dismissed'] as const
export type AppealOutcome = (typeof appealOutcomes)[number]

/** How a case ends that was taken outside. Not upheld: the company's decision stands. */
export const referralOutcomes = ['upheld', 'partly', 'not-upheld', 'settled', 'withdrawn', 'outside-remit'] as const
export type ReferralOutcome = (typeof referralOutcomes)[number]

/** Whether somebody decided, and for whom; what was settled, withdrawn or not heard was decided for nobody. */
export const isForCustomer = (outcome: AppealOutcome | ReferralOutcome): boolean => outcome === 'upheld' || outcome === 'partly'
export const decidedOutcomes = ['upheld', 'partly', 'dismissed', 'not-upheld'] as const satisfies readonly (
  | AppealOutcome
  | ReferralOutcome
)[]
export const forCustomer = ['upheld', 'partly'] as const satisfies readonly (AppealOutcome | ReferralOutcome)[]

/** Why somebody may appeal: what they were told, or what they said of it. */
export const appealGrounds = ['not-established', 'partly', 'demand-refused', 'remedy-refused', 'not-satisfied'] as const
export type AppealGround = (typeof appealGrounds)[number]
