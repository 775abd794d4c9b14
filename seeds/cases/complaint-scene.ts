import type { Random } from '#numerics/seeded-random.ts'
import type { SeedCustomer, SeedLine } from '../company.ts'
import type { Cast, SeedStaff } from './cast.ts'
import type { SeedMatter } from './matters.ts'

/** The steps of a complaint, in order. */
export const steps = ['record', 'validity', 'department', 'cause', 'remedy', 'approval', 'execution', 'review', 'end'] as const
export type ComplaintStep = (typeof steps)[number]

export type ComplaintTwist =
  | 'unfounded'
  | 'withdrawn'
  | 'not-effective'
  | 'back-again'
  | 'handed-over'
  | 'sent-back'
  | 'paused'
  | 'danger'
  | 'again'
  | 'waits'
  | 'penalty'
  | 'undecided'

export interface ComplaintWish {
  readonly key: string
  readonly customer: SeedCustomer
  readonly line: SeedLine
  /** Category and reason. */
  readonly matter: string
  /** In which step it stands; 'end': it went through all eight. */
  readonly until: ComplaintStep
  /** How it went otherwise than most. */
  readonly twist?: ComplaintTwist
  readonly proactive?: boolean
}

/** What every act of a complaint follows from. */
export interface Scene extends ComplaintWish {
  readonly cast: Cast
  readonly random: Random
  readonly it: SeedMatter
  readonly owner: SeedStaff
  readonly finder: SeedStaff
  readonly amountMinor: number
}
