/** Why a request was not carried out; each kind has its HTTP status. */
export const statusOf = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  'too large': 413,
  'too many': 429,
  'too slow': 503,
  unavailable: 503,
} as const
export type RefusalKind = keyof typeof statusOf

export interface FieldProblem {
  readonly field: string
  /** A stable name of the reason, for programs and for translation. */
  readonly reason: string
  /** The same for people, in English. */
  readonly detail: string
}

export interface RefusalDetails {
  readonly fields?: readonly FieldProblem[]
  readonly values?: Readonly<Record<string, string | number>>
  readonly retryAfter?: number
}

/** The only error that an action throws on purpose. Anything else is a bug and becomes a 500 without details. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly reason: string
  readonly fields: readonly FieldProblem[]
  /** Values that a translated sentence needs. */
  readonly values: Readonly<Record<string, string | number>>
  /** Seconds after which the same request may be carried out; null where nobody knows. */
  readonly retryAfter: number | null
  constructor(kind: RefusalKind, reason: string, detail: string, more: RefusalDetails = {}) {
    super(detail)
    this.name = 'Refusal'
    this.kind = kind
    this.reason = reason
    this.fields = more.fields ?? []
    this.values = more.values ?? {}
    this.retryAfter = more.retryAfter ?? null
  }
}

/** `throw refuse('conflict', 'already-refunded', 'The order is already refunded')`. */
export const refuse = (kind: RefusalKind, reason: string, detail: string, more: RefusalDetails = {}) =>
  new Refusal(kind, reason, detail, more)

/** Somebody else has saved since the caller looked: `throw changedMeanwhile('this customer')`. Screens know the reason and show both states beside each other. */
export const changedMeanwhile = (what = 'this', field = 'version'): Refusal =>
  refuse('conflict', 'changed-meanwhile', `Somebody changed ${what} meanwhile; look at the new state and try again`, {
    fields: [{ field, reason: 'changed-meanwhile', detail: 'It is not the newest version' }],
  })
