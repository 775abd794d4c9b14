import type { Kinds } from '#modules/cases/public.ts'
import { pick } from '../names.ts'
import { type Cast, type SeedStaff, saidIn } from './cast.ts'
import type { Scene } from './complaint-scene.ts'
import { seedOffers, supervisorMostMinor } from './setup.ts'
import { type Beat, beat, between } from './story.ts'

export function record({ cast, random, customer, owner, twist, key }: Scene): readonly Beat[] {
  const words = saidIn(customer.language)
  const danger = {
    harm: 'serious',
    safety: 'possible',
    impact: 'several',
    complexity: 'simple',
    urgency: 'at-once',
    severity: 2,
    immediate: true,
  } as const
  const usual = {
    harm: 'noticeable',
    safety: 'none',
    impact: 'one',
    complexity: 'simple',
    urgency: 'can-wait',
    severity: 3,
    immediate: false,
  } as const
  const looks: readonly Beat[] =
    twist === 'danger'
      ? [
          beat(owner, 5, 'assessed', {
            ...danger,
            safety: 'actual',
            severity: 1,
            note: 'Water on a heated base: everybody who bought one is written to',
          }),
        ]
      : random() < 0.3
        ? [beat(owner, 6, 'assessed', { ...usual, note: null })]
        : []
  const first = random() < 0.08 ? between(random, 300, 700) : between(random, 4, 45)
  return [
    ...looks,
    beat(owner, first, 'acknowledged', { text: words.acknowledged, sent: 'hand', answerBy: null }),
    ...(random() < 0.97 ? [writes(cast, owner, key, words['written-back'][1]!)] : []),
    ...(random() < 0.3 ? talk({ cast, random, words, owner, key }) : []),
  ]
}

/** A first word from whoever handles it, before there is anything to say. */
export const writes = (cast: Cast, owner: SeedStaff, key: string, message: string): Beat =>
  beat(
    owner,
    20,
    'message',
    { messageId: cast.id('message', `${key} first`), direction: 'out', channel: 'web', automatic: false, fileIds: [] },
    { message },
  )

/** A few words between the customer and whoever handles the case. */
function talk({
  cast,
  random,
  words,
  owner,
  key,
}: Pick<Scene, 'cast' | 'random' | 'owner' | 'key'> & { words: ReturnType<typeof saidIn> }): readonly Beat[] {
  const n = between(random, 0, words.written.length - 1)
  const one = (direction: 'in' | 'out'): Kinds['message'] => ({
    messageId: cast.id('message', `${key} ${direction}`),
    direction,
    channel: 'web',
    automatic: false,
    fileIds: [],
  })
  return [
    beat('customer', between(random, 30, 200), 'message', one('in'), { message: words.written[n]! }),
    beat(owner, between(random, 10, 150), 'message', one('out'), { message: words['written-back'][n]! }),
  ]
}

export function validity({ cast, random, owner, it, amountMinor, customer }: Scene): readonly Beat[] {
  const founded = random() < 0.8
  const gift = random() < 0.25 && it.offer !== 'sampler'
  return [
    ...(gift
      ? [
          beat(owner, 10, 'interim-remedy', {
            text: saidIn(customer.language).rewarded,
            amountMinor: 1_050,
            offerId: cast.offer('sampler'),
          }),
        ]
      : []),
    beat(owner, between(random, 15, 90), 'noted', { text: pick(random, notes), fileIds: [], minutes: between(random, 8, 45) }),
    beat(owner, between(random, 20, 300), 'judged', {
      admissible: true,
      reasonSufficient: true,
      demandReasonable: founded || amountMinor < 5_000,
      finding: founded ? 'founded' : 'partly',
      note: null,
      evidence: ['Pictures and the number of the order'],
    }),
  ]
}
const notes = [
  'Called the customer and looked at the pictures together',
  'Asked the depot for the scan of the parcel',
  'Read the order and what was promised',
  'Compared with two others of the week',
]

/** Not established: somebody else reads it again, and the customer is told why. */
export function turnedDown({ random, owner, customer }: Scene): readonly Beat[] {
  const words = saidIn(customer.language)
  return [
    beat(owner, between(random, 60, 300), 'judged', {
      admissible: true,
      reasonSufficient: false,
      demandReasonable: false,
      finding: 'unfounded',
      note: 'It came as it was promised; the scan and the label say so',
      evidence: [],
    }),
    beat('supervisor', between(random, 60, 400), 'read-again', { agrees: true, note: 'I see it the same way' }),
    beat(owner, between(random, 10, 60), 'replied', { text: words.replied, channel: 'email' }),
  ]
}

export function department({ cast, random, finder, twist }: Scene): readonly Beat[] {
  if (twist !== 'handed-over') return [beat(finder, between(random, 20, 240), 'accepted', { note: null })]
  const move = {
    fromDepartmentId: cast.department('freight'),
    departmentId: cast.department('sales'),
    personId: cast.person('manager'),
    reason: 'What was promised to them stands in the contract, not in our plan',
  }
  return [beat('department', 200, 'handed-over', move), beat('manager', between(random, 40, 200), 'accepted', { note: null })]
}

export function cause({ cast, random, finder, it, line, twist }: Scene): readonly Beat[] {
  const blamed = it.target === 'person' ? cast.person('agent') : null
  return [
    beat(finder, between(random, 30, 300), 'noted', {
      text: `Looked at how ${line.order} was handled`,
      fileIds: [],
      minutes: between(random, 10, 60),
    }),
    beat(finder, between(random, 30, 700), 'cause-found', {
      causeId: twist === 'danger' ? cast.cause('hinge') : cast.cause(it.cause),
      text: it.whys[0]!,
      field: null,
      whys: [...it.whys],
      occurrence: null,
      escape: random() < 0.5 ? 'Nobody looks at the parcel once it is closed' : null,
      evidence: [],
    }),
    beat(finder, 12, 'responsibility-settled', {
      userId: blamed,
      departmentId: blamed === null ? null : cast.department('service'),
      nobody: blamed === null,
      delayedBy: null,
      note: null,
    }),
  ]
}

function proposalOf({ cast, it, amountMinor, customer }: Pick<Scene, 'cast' | 'it' | 'amountMinor' | 'customer'>): Kinds['proposed'] {
  const words = saidIn(customer.language)
  const kind = it.offer === null ? (it.demand as 'apology' | 'correction' | 'explanation') : seedOffers[it.offer].kind
  const own = { kind, text: words.demands[it.demand], amountMinor, offerId: it.offer === null ? null : cast.offer(it.offer) }
  const sorry = { kind: 'apology' as const, text: null, amountMinor: 0, offerId: null }
  return {
    remedies: kind === 'apology' ? [own] : [own, sorry],
    reason: 'What was promised was not kept, and the customer lost time by it',
    preventive: it.prevents,
    feasible: null,
  }
}

export function remedy(scene: Scene): readonly Beat[] {
  return [beat(scene.finder, between(scene.random, 20, 200), 'proposed', proposalOf(scene))]
}

const approverOf = ({ finder, amountMinor, twist }: Pick<Scene, 'finder' | 'amountMinor' | 'twist'>): SeedStaff =>
  finder === 'supervisor' || twist === 'danger' || amountMinor > supervisorMostMinor ? 'executive' : 'supervisor'

export function approval(scene: Scene): readonly Beat[] {
  const { random, twist, finder } = scene
  const by = approverOf(scene)
  const yes = { decision: 'approved', remedies: null, recovery: null, note: null } as const
  const first = random() < 0.1 ? between(random, 500, 800) : between(random, 20, 260)
  if (twist !== 'sent-back') return [beat(by, first, 'instructed', yes)]
  return [
    beat(by, first, 'instructed', { ...yes, decision: 'rejected', note: 'Too little for what it spoiled; add something for the trouble' }),
    beat(finder, 120, 'proposed', { ...proposalOf(scene), reason: 'With something for the trouble' }),
    beat(by, 90, 'instructed', yes),
  ]
}

export function execution(scene: Scene): readonly Beat[] {
  const { cast, random, owner, it, customer, amountMinor, key } = scene
  const words = saidIn(customer.language)
  const isGlad = random() < (it.offer === 'credit' ? 0.5 : 0.85)
  const heard = random() < 0.75
  const back = it.cause.startsWith('carrier') && amountMinor > 0
  const recovery = {
    id: cast.id('part', `${key} recovery`),
    source: 'carrier' as const,
    text: 'Claimed from the carrier',
    amountMinor: Math.round(amountMinor * 0.6),
    received: random() < 0.7,
  }
  return [
    beat(owner, between(random, 10, 150), 'told', {
      text: words.told[it.demand],
      channel: 'email',
      escalationRoute: random() < 0.2 ? 'The arbitration board of the chamber of trade' : null,
    }),
    beat(owner, between(random, 60, 500), 'executed', { note: 'Carried out as decided', fileIds: [], accepted: true }),
    ...(back ? [beat(owner, 30, 'recovery', recovery)] : []),
    beat(owner, 40, 'loss-considered', { lossMinor: lossOf(scene), recoveredMinor: 0, note: null }),
    beat(owner, 20, 'asked', { how: 'phone' }, { days: between(random, 0, 1) }),
    ...(heard
      ? [
          // On their own page: what somebody notes of themselves would not count.
          beat(
            'customer',
            5,
            'feedback',
            isGlad
              ? scored({ satisfied: true, score: between(random, 7, 10), text: pick(random, words.good) || null })
              : scored({ satisfied: false, score: between(random, 2, 6), text: pick(random, words.poor) }),
          ),
        ]
      : []),
    beat(owner, 15, 'penalty-considered', { penaltyIds: [], note: 'Nobody of ours brought it about' }),
  ]
}

/** Whoever is glad of it found whoever handled it good, and friendlier than able; some leave the knowledge out. */
function scored(said: { readonly satisfied: boolean; readonly score: number; readonly text: string | null }): Kinds['feedback'] {
  const near = Math.ceil(said.score / 2)
  return {
    ...said,
    attitude: Math.min(5, near + 1),
    knowledge: said.score % 4 === 0 ? null : near,
    skill: Math.max(1, near - (said.score % 2)),
  }
}

/** What the remedies cost and a little more; where somebody is to answer for it, an order that was cancelled. */
const lossOf = ({ random, amountMinor, twist }: Scene): number =>
  twist === 'penalty' ? 36_000 : amountMinor + between(random, 0, 12) * 100

export function review({ random, owner, it, twist }: Scene): readonly Beat[] {
  const gone = twist !== 'not-effective'
  return [
    beat(owner, between(random, 60, 700), 'lesson-written', {
      lesson: it.lesson,
      improvement: it.prevents,
      outcomes: random() < 0.5 ? ['reputation'] : ['insight'],
      bulletinId: null,
    }),
    beat(
      owner,
      between(random, 20, 400),
      'effectiveness-checked',
      {
        days: 30,
        verdict: gone ? 'effective' : 'not-effective',
        before: gone ? 2 : 1,
        after: gone ? 0 : 2,
        note: gone ? null : 'Two more came with the same fault',
      },
      { days: 31 },
    ),
  ]
}
