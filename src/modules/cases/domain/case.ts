import type { Checklist } from './checklist.ts'
import type { Appeal, Referral } from './contest.ts'
import type { ExtraType } from './custom-requests.ts'
import type { CaseEvent, CaseRecord, EventKind, Kinds, PolicyTerms, Remedy } from './event.ts'
import type { Choice } from './figures/assignment.ts'
import type { Scores } from './figures/personnel-value.ts'
import type { SupplierClaim } from './supplier-claim.ts'
import type { Kind } from './taxonomy.ts'

/** Resolved: the customer's matter is settled, though the case goes on. The others are ends. */
export const states = ['open', 'resolved', 'closed', 'withdrawn', 'merged', 'converted'] as const
export type State = (typeof states)[number]

/** Whether a case has ended that is in such a state, or whether such an act ends one: they are called alike. */
export const isEnd = (word: State | EventKind): boolean => ends.has(word)
const ends: ReadonlySet<string> = new Set(['closed', 'withdrawn', 'merged', 'converted'] satisfies (State & EventKind)[])

/** Something that was said, with who said it when. */
export type Said<T> = T & { readonly at: Date; readonly by: string; readonly seq: number }

export interface Stay {
  readonly step: string
  readonly from: Date
  readonly to: Date | null
  /** Who left it, by what they did last in it. */
  readonly by: string | null
}

/** Something that somebody does for a case; the commitment says the rest. */
export interface CaseTask {
  readonly commitmentId: string
  readonly title: string
  readonly state: Kinds['task-changed']['state']
}

/** What the customer was promised; `brokenAt`: when it was noticed that it had not been kept by its day. */
export type Promised = Said<Kinds['promised']> & { readonly brokenAt: Date | null }

/** What a customer gave somebody who handled their case. */
export type StaffScore = Scores & { readonly agentId: string; readonly at: Date }

/** The same as a case has it; `own`: they said it on their page, and nobody noted it for them. */
export type CaseScore = StaffScore & { readonly own: boolean }

/** Whom feedback was about, by its event; null where nobody handled the case. */
export interface Heard {
  readonly seq: number
  readonly agentId: string | null
}

export type ProposedBulletin = Said<Kinds['bulletin-proposed']> & { readonly decided: Said<Kinds['bulletin-decided']> | null }

/** A case as its events tell it. What a step found holds until the case goes back to that step or before it. */
export interface Case {
  readonly number: string
  readonly kind: Kind
  readonly process: { readonly key: string; readonly version: number }
  readonly record: CaseRecord & { readonly extra: ExtraType | null }
  readonly state: State
  readonly step: string
  readonly paused: Said<Kinds['paused']> | null
  readonly openedAt: Date
  readonly openedBy: string
  readonly ownerId: string | null
  /** When it was given to whoever handles it. */
  readonly assignedAt: Date | null
  /** Why the product chose whoever handles it; null where somebody did. */
  readonly choice: Choice | null
  readonly departmentId: string | null
  readonly personId: string | null
  readonly policy: PolicyTerms | null
  readonly regimes: readonly string[]
  /** Of those who work here, whoever was ever named as the one it is aimed at, or as responsible; whoever was named by mistake is taken out by somebody else. */
  readonly about: readonly string[]
  readonly proactive: boolean
  readonly repeatOf: string | null
  readonly from: string | null
  readonly stays: readonly Stay[]
  readonly assessed: Said<Kinds['assessed']> | null
  readonly acknowledged: Said<Kinds['acknowledged']> | null
  readonly interim: readonly Said<Kinds['interim-remedy']>[]
  readonly judged: Said<Kinds['judged']> | null
  readonly readAgain: Said<Kinds['read-again']> | null
  readonly replied: Said<Kinds['replied']> | null
  readonly routed: Said<Kinds['routed']> | null
  readonly accepted: Said<Kinds['accepted']> | null
  readonly transfers: readonly Said<Kinds['handed-over']>[]
  readonly cause: Said<Kinds['cause-found']> | null
  readonly responsible: Said<Kinds['responsibility-settled']> | null
  /** Whoever said something of the cause or of who was responsible, since the case last went back there: the last word alone would free everybody before. */
  readonly investigators: readonly string[]
  readonly hypotheses: readonly Said<Kinds['hypothesis']>[]
  readonly observations: readonly Said<Kinds['observation']>[]
  readonly proposed: Said<Kinds['proposed']> | null
  /** Whoever proposed something since the case last went back there. */
  readonly proposers: readonly string[]
  readonly instructed: Said<Kinds['instructed']> | null
  readonly remedyAnswered: Said<Kinds['remedy-answered']> | null
  readonly tasks: readonly CaseTask[]
  readonly executed: Said<Kinds['executed']> | null
  /** What was carried out or paid, by the instruction that let it go: it stays given when the case goes back and another remedy is decided on. */
  readonly spent: readonly { readonly seq: number; readonly remedies: readonly Remedy[] }[]
  readonly told: Said<Kinds['told']> | null
  readonly asked: Said<Kinds['asked']> | null
  readonly feedback: Said<Kinds['feedback']> | null
  /** What customers gave whoever handled it, of each what counts; it stays when the case goes back. */
  readonly scored: readonly CaseScore[]
  readonly heard: readonly Heard[]
  readonly penalty: Said<Kinds['penalty-considered']> | null
  readonly loss: Said<Kinds['loss-considered']> | null
  readonly recoveries: readonly Said<Kinds['recovery']>[]
  readonly lesson: Said<Kinds['lesson-written']> | null
  readonly effectiveness: readonly Said<Kinds['effectiveness-checked']>[]
  readonly evaluated: Said<Kinds['evaluated']> | null
  readonly decided: Said<Kinds['decided']> | null
  readonly rewarded: Said<Kinds['rewarded']> | null
  readonly published: Said<Kinds['published']> | null
  readonly answered: Said<Kinds['answered']> | null
  readonly quoted: Said<Kinds['quoted']> | null
  readonly quoteAnswered: Said<Kinds['quote-answered']> | null
  readonly fulfilled: Said<Kinds['fulfilled']> | null
  readonly paid: Said<Kinds['paid']> | null
  readonly appointed: Said<Kinds['appointed']> | null
  readonly goods: Said<Kinds['goods-returned']> | null
  readonly claim: SupplierClaim | null
  readonly guide: readonly string[]
  readonly promises: readonly Promised[]
  /** Whoever judged, read again, proposed or instructed in any round: none of them judges an appeal. */
  readonly deciders: readonly string[]
  /** Whoever found what an appeal or a body outside overturned: none of them finds it anew, nor reads it again. */
  readonly overturned: readonly string[]
  /** That the customer did not accept the answer: inside the company, and outside of it. */
  readonly appeals: readonly Appeal[]
  readonly referrals: readonly Referral[]
  /** What was proposed that everybody might hear of, in its order. */
  readonly bulletins: readonly ProposedBulletin[]
  readonly problemId: string | null
  readonly recurrence: Said<Kinds['recurred']> | null
  readonly found: Said<Kinds['found-before']> | null
  /** Suggestions that were made of it, and the case of whose idea it is a suggestion itself. */
  readonly ideas: readonly Said<Kinds['idea-taken']>[]
  readonly ideaOf: { readonly caseId: string; readonly number: string } | null
  readonly checklist: Checklist
  readonly needsNoted: readonly Said<Kinds['need-noted']>[]
  readonly escalations: readonly Said<Kinds['escalated']>[]
  readonly late: readonly string[]
  readonly resolvedAt: Date | null
  /** Who handled it when it was settled; null while it is not, and where nobody did. */
  readonly settledFor: string | null
  readonly closedAt: Date | null
  readonly reopened: number
  /** Noted working time, minutes. */
  readonly minutes: number
  readonly ended: { readonly reason: string | null; readonly caseId: string | null } | null
  /** How many events were folded: the version of the case. */
  readonly version: number
}

/** A case as it was opened. */
export function opened({ data, at, by, seq }: CaseEvent & { kind: 'opened' }): Case {
  return {
    number: data.number,
    kind: data.kind,
    process: data.process,
    // Older records do not say it.
    record: { ...data.record, extra: data.record.extra ?? null },
    state: 'open',
    step: data.step,
    paused: null,
    openedAt: at,
    openedBy: by,
    ownerId: data.ownerId,
    assignedAt: data.ownerId === null ? null : at,
    choice: null,
    departmentId: data.departmentId,
    personId: null,
    policy: data.policy,
    regimes: data.regimes,
    about: data.record.target?.userId ? [data.record.target.userId] : [],
    proactive: data.proactive,
    repeatOf: data.repeatOf,
    from: data.from,
    stays: [{ step: data.step, from: at, to: null, by: null }],
    assessed: null,
    acknowledged: null,
    interim: [],
    judged: null,
    readAgain: null,
    replied: null,
    routed: null,
    accepted: null,
    transfers: [],
    cause: null,
    responsible: null,
    investigators: [],
    hypotheses: [],
    observations: [],
    proposed: null,
    proposers: [],
    instructed: null,
    remedyAnswered: null,
    tasks: [],
    executed: null,
    spent: [],
    told: null,
    asked: null,
    feedback: null,
    scored: [],
    heard: [],
    penalty: null,
    loss: null,
    recoveries: [],
    lesson: null,
    effectiveness: [],
    evaluated: null,
    decided: null,
    rewarded: null,
    published: null,
    answered: null,
    quoted: null,
    quoteAnswered: null,
    fulfilled: null,
    paid: null,
    appointed: null,
    goods: null,
    claim: null,
    guide: [],
    promises: [],
    deciders: [],
    overturned: [],
    appeals: [],
    referrals: [],
    bulletins: [],
    problemId: null,
    recurrence: null,
    found: null,
    ideas: [],
    ideaOf: data.ideaOf ?? null,
    checklist: {},
    needsNoted: [],
    escalations: [],
    late: [],
    resolvedAt: null,
    settledFor: null,
    closedAt: null,
    reopened: 0,
    minutes: 0,
    ended: null,
    version: seq,
  }
}
