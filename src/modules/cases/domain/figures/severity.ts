import { type Severity, severities } from '../taxonomy.ts'

/**
 * What is looked at when a case is first assessed (ISO 10002, clause 7.5), each answer from the lightest to the gravest. harm: what it means for the customer ·
 * safety: may somebody be hurt · impact: how many it touches · complexity: how many have to work on it · urgency: must something be done at once. Lists are
 * closed and ordered; a screen asks them in this order.
 */
export const assessmentScales = {
  harm: ['slight', 'noticeable', 'serious', 'grave'],
  safety: ['none', 'possible', 'actual'],
  impact: ['one', 'several', 'many', 'public'],
  complexity: ['simple', 'several-departments', 'outside-parties'],
  urgency: ['can-wait', 'soon', 'at-once'],
} as const

export type Assessment = { readonly [Criterion in keyof typeof assessmentScales]: (typeof assessmentScales)[Criterion][number] }
export type Criterion = keyof Assessment

/** How grave each answer makes a case at least; 4 says nothing. */
const graveness: { readonly [C in Criterion]: Readonly<Record<Assessment[C], Severity>> } = {
  harm: { slight: 4, noticeable: 3, serious: 2, grave: 1 },
  safety: { none: 4, possible: 2, actual: 1 },
  impact: { one: 4, several: 3, many: 2, public: 1 },
  complexity: { simple: 4, 'several-departments': 4, 'outside-parties': 3 },
  urgency: { 'can-wait': 4, soon: 3, 'at-once': 2 },
}

export interface SeverityReason {
  readonly criterion: Criterion
  readonly answer: string
  /** How grave this answer makes the case by itself. */
  readonly severity: Severity
}

export interface InitialAssessment {
  readonly severity: Severity
  /** Something has to be done now, before anything is investigated: danger, or an answer that says so. */
  readonly immediate: boolean
  /** What made the case so grave; empty where nothing did. In the order of the criteria. */
  readonly decisive: readonly SeverityReason[]
  readonly all: readonly SeverityReason[]
}

/**
 * The severity of a case from its initial assessment: that of the gravest answer, since one danger is not made smaller by four harmless answers. A worse answer
 * never makes a case lighter. Immediate where somebody may be hurt or the answer is at-once.
 *
 * @example harm noticeable, safety possible, the rest lightest // => severity 2, immediate, decisive: safety
 */
export function assessSeverity(assessment: Assessment): InitialAssessment {
  const all = (Object.keys(assessmentScales) as Criterion[]).map((criterion): SeverityReason => {
    const grades: Readonly<Record<string, Severity>> = graveness[criterion]
    return { criterion, answer: assessment[criterion], severity: grades[assessment[criterion]]! }
  })
  const severity = severities.find((grade) => all.some((reason) => reason.severity === grade)) ?? 4
  return {
    severity,
    immediate: assessment.safety !== 'none' || assessment.urgency === 'at-once',
    decisive: severity === 4 ? [] : all.filter((reason) => reason.severity === severity),
    all,
  }
}
