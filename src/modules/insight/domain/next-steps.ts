/** What the home page knows when it says what to do next. Null: not known, or not for the person who asks. */
export interface Situation {
  readonly customers: number
  readonly completenessPercent: number | null
  /** The latest valuation, null where there is none; undefined where the person may not see it. */
  readonly valuation: ValuedSituation | null | undefined
  /** Why the latest attempt to value the book failed. */
  readonly valuationProblem: string | null
  /** Whether a valuation waits or works now. */
  readonly valuing: boolean
  /** The latest import that ended and left rows out. */
  readonly rejects: { readonly run: string; readonly file: string; readonly rows: number } | null
  /** Whether any spend of the year is known. */
  readonly spendKnown: boolean | null
  readonly now: Date
}

export interface ValuedSituation {
  readonly finishedAt: Date
  readonly asOfReason: string
  readonly newestOrderDay: string | null
  readonly buyers: number
  /** Customers whose profit rests on revenue alone because no cost and no margin is known. */
  readonly withoutMargin: number
  readonly grade: string | null
  /** Customers who cost more than they bring and are not kept for a strategic reason. */
  readonly releasable: number
  /** Many were won in the year and about as many lost. */
  readonly leaking: boolean
}

export const nextStepCodes = [
  'rejected-rows',
  'valuation-failed',
  'value-book',
  'import-orders',
  'set-margin',
  'valuation-overdue',
  'newer-orders',
  'complete-archive',
  'leaking',
  'look-at-leads',
  'poor-forecast',
  'enter-spend',
] as const
export interface NextStep {
  readonly code: (typeof nextStepCodes)[number]
  readonly values: Readonly<Record<string, string | number>>
}

/** A book is valued every night; one that was left out is no fault yet. */
const overdueHours = 50
/** Below this an archive says too little to serve somebody by it. */
const lowCompleteness = 40

/** What to do next, what is lost or wrong first. Empty for an empty book: there the page offers how to begin. */
export function nextSteps(situation: Situation): NextStep[] {
  const { valuation, rejects, completenessPercent } = situation
  if (situation.customers === 0) return []
  const steps: (NextStep | false | null)[] = [
    rejects && { code: 'rejected-rows', values: { ...rejects } },
    situation.valuationProblem !== null && { code: 'valuation-failed', values: { problem: situation.valuationProblem } },
    valuation === null && !situation.valuing && { code: 'value-book', values: {} },
    ...(valuation ? ofValuation(valuation, situation) : []),
    completenessPercent !== null &&
      completenessPercent < lowCompleteness && { code: 'complete-archive', values: { percent: Math.round(completenessPercent) } },
    situation.spendKnown === false && { code: 'enter-spend', values: {} },
  ]
  return steps
    .filter((step) => step !== false && step !== null)
    .sort((a, b) => nextStepCodes.indexOf(a.code) - nextStepCodes.indexOf(b.code))
}

function ofValuation(valuation: ValuedSituation, { now, valuing }: Situation): (NextStep | false)[] {
  if (valuation.buyers === 0) return [{ code: 'import-orders', values: {} }]
  const hours = (now.getTime() - valuation.finishedAt.getTime()) / 3_600_000
  return [
    valuation.withoutMargin > 0 && { code: 'set-margin', values: { customers: valuation.withoutMargin } },
    hours > overdueHours && !valuing && { code: 'valuation-overdue', values: { days: Math.floor(hours / 24) } },
    valuation.asOfReason === 'newest-order' && { code: 'newer-orders', values: { day: valuation.newestOrderDay ?? '' } },
    valuation.leaking && { code: 'leaking', values: {} },
    valuation.releasable > 0 && { code: 'look-at-leads', values: { customers: valuation.releasable } },
    valuation.grade === 'D' && { code: 'poor-forecast', values: {} },
  ]
}
