import type { Case } from '#modules/cases/domain/case.ts'
import { consequences, numbered } from '#modules/cases/domain/decide.ts'
import { type CaseEvent, type CaseRecord, type EventKind, happened, type Kinds, type NewEvent } from '#modules/cases/domain/event.ts'
import { fold } from '#modules/cases/domain/fold.ts'
import type { Process } from '#modules/cases/domain/process.ts'
import { shippedOf } from '#modules/cases/domain/shipped.ts'
import type { Kind } from '#modules/cases/domain/taxonomy.ts'

export const at = new Date('2026-03-10T02:00:00Z')
const record: CaseRecord = {
  subject: 'Broken on arrival',
  description: 'Two of ten jars were broken',
  channel: 'phone',
  language: null,
  category: 'freight',
  reason: 'damage',
  dissatisfaction: null,
  mood: null,
  severity: 3,
  complainant: null,
  accessibility: null,
  target: { kind: 'company', name: null, userId: null, departmentId: null },
  demand: { kind: 'exchange', text: null, amountMinor: null },
  orderId: null,
  productCode: null,
  receivedAt: at,
  fileIds: [],
}

/** A case that is told act by act, with everything that follows from each; without a database. */
export class Story {
  events: CaseEvent[]
  readonly process: Process
  constructor(kind: Kind, given: Partial<CaseRecord> = {}) {
    this.process = shippedOf(kind)
    const first = happened('opened', {
      kind,
      process: { key: this.process.key, version: 1 },
      step: this.process.steps[0]!.key,
      number: '2026-000001',
      record: { ...record, ...given },
      policy: null,
      ownerId: 'ada',
      departmentId: null,
      repeatOf: null,
      proactive: false,
      from: null,
      regimes: [],
    })
    this.events = [...numbered([first], 0, at, 'ada')]
    this.events = [...this.events, ...numbered(consequences(this.process, this.now, this.events, null, at, 'ada'), 1, at, 'ada')]
  }
  get now(): Case {
    return fold(this.process, this.events)
  }
  do<K extends EventKind>(kind: K, data: Kinds[K], by = 'ada'): Case {
    const made = consequences(this.process, this.now, this.events, happened(kind, data) as NewEvent, at, by)
    this.events = [...this.events, ...numbered(made, this.events.length, at, by)]
    return this.now
  }
}

export const judged = {
  admissible: true,
  reasonSufficient: true,
  demandReasonable: true,
  finding: 'founded',
  note: null,
  evidence: [],
} as const
/** A complaint that stands in a step, with all that the steps before it need. */
export const upTo = (step: string, given: Partial<CaseRecord> = {}): Story => {
  const story = new Story('complaint', given)
  const acts: readonly (() => unknown)[] = [
    () => story.do('acknowledged', { text: 'We look at it', sent: 'hand', answerBy: null }),
    () => story.do('judged', judged),
    () => {
      story.do('routed', { departmentId: 'transport', personId: 'ben', note: null, shares: [] })
      story.do('accepted', { note: null }, 'ben')
    },
    () => {
      story.do(
        'cause-found',
        { causeId: null, text: 'Thin boxes', field: null, whys: [], occurrence: null, escape: null, evidence: [] },
        'ben',
      )
      story.do('responsibility-settled', { userId: null, departmentId: 'transport', nobody: true, delayedBy: null, note: null }, 'ben')
    },
    () =>
      story.do(
        'proposed',
        { remedies: [{ kind: 'exchange', text: null, amountMinor: 5_000 }], reason: 'They are right', preventive: null, feasible: null },
        'ben',
      ),
    () => story.do('instructed', { decision: 'approved', remedies: null, recovery: null, note: null }, 'cid'),
    () => {
      story.do('executed', { note: 'Sent anew', fileIds: [], accepted: true })
      story.do('told', { text: 'It is on its way', channel: 'phone', escalationRoute: null })
      story.do('asked', { how: 'phone' })
      story.do('penalty-considered', { penaltyIds: [], note: 'Nobody was careless' })
      story.do('loss-considered', { lossMinor: 5_000, recoveredMinor: 1_000, note: null })
    },
  ]
  for (const act of acts) {
    if (story.now.step === step) break
    act()
  }
  return story
}
