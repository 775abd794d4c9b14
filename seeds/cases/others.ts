import type { CaseKind, CaseRecord } from '#modules/cases/public.ts'
import type { Random } from '#numerics/seeded-random.ts'
import type { SeedCustomer, SeedLine } from '../company.ts'
import { pick } from '../names.ts'
import { type Cast, chanceOf, saidIn } from './cast.ts'
import { writes } from './complaint-beats.ts'
import { type Beat, beat, between, type Tale } from './story.ts'

/** Whoever bought elsewhere is none of the company's customers. */
export type OtherKind = Exclude<CaseKind, 'complaint' | 'goodwill'>

export interface OtherWish {
  readonly key: string
  readonly kind: OtherKind
  readonly customer: SeedCustomer
  readonly line: SeedLine | null
  /** How many of its acts have happened; null: all. */
  readonly acts: number | null
  /** Nobody has taken it yet. */
  readonly waits?: boolean
}

interface Scene {
  readonly cast: Cast
  readonly random: Random
  readonly key: string
  readonly words: ReturnType<typeof saidIn>
  /** Which of the subjects of its kind it is about. */
  readonly subject: number
}

/** Suggestions, enquiries, claims, repairs, custom and simple requests, each by the steps of its kind. */
export function otherTale(cast: Cast, seed: number, { key, kind, customer, line, acts, waits = false }: OtherWish): Tale {
  const random = chanceOf(seed, key)
  const words = saidIn(customer.language)
  const list = words[listOf[kind]]
  const subject = between(random, 0, list.length - 1)
  const all = beatsOf[kind]({ cast, random, key, words, subject })
  const owner = pick(random, ['agent', 'agent', 'loyalty', 'manager'] as const)
  return {
    key,
    customer: customer.id,
    kind,
    owner: waits ? null : owner,
    openedBy: owner,
    record: recordOf(cast, random, kind, list[subject]!, line),
    beats: acts === null ? all : all.slice(0, acts),
    next: acts === null ? null : (all[acts] ?? null),
  }
}

const listOf = {
  suggestion: 'suggestions',
  enquiry: 'enquiries',
  claim: 'claims',
  repair: 'repairs',
  'custom-request': 'custom',
  request: 'requests',
} as const

function recordOf(
  cast: Cast,
  random: Random,
  kind: OtherKind,
  [subject, description]: readonly string[],
  line: SeedLine | null,
): Omit<CaseRecord, 'receivedAt'> {
  const about = kind === 'claim' || kind === 'repair' ? line : null
  return {
    subject: subject!,
    description: description!,
    channel: pick(random, ['web', 'email', 'phone', 'chat', 'store'] as const),
    language: null,
    category: kind === 'claim' ? 'freight' : null,
    reason: kind === 'claim' ? 'loss' : null,
    dissatisfaction: null,
    mood: null,
    severity: kind === 'claim' ? 2 : kind === 'request' ? 4 : 3,
    complainant: null,
    accessibility: null,
    target: null,
    demand: kind === 'claim' && about ? { kind: 'compensation', text: null, amountMinor: about.product.priceMinor * about.quantity } : null,
    orderId: about ? cast.order(about.order) : null,
    productCode: about?.product.code ?? null,
    fileIds: [],
  }
}

const acknowledged = ({ random, words }: Scene): Beat =>
  beat('agent', between(random, 5, 50), 'acknowledged', { text: words.acknowledged, sent: 'hand', answerBy: null })
/** Acknowledged, with a word from a person behind it. */
const greeted = (scene: Scene): readonly Beat[] => [
  acknowledged(scene),
  writes(scene.cast, 'agent', scene.key, scene.words['written-back'][2]!),
]
const tookTime = (random: Random, text: string): Beat =>
  beat('agent', between(random, 2, 12), 'noted', { text, fileIds: [], minutes: between(random, 5, 30) })

const beatsOf: Readonly<Record<OtherKind, (scene: Scene) => readonly Beat[]>> = {
  suggestion(scene) {
    const { random, words } = scene
    const adopted = random() < 0.55
    const saving = random() < 0.5 ? between(random, 20, 300) * 1_000 : null
    const decided = [
      ...greeted(scene),
      beat('manager', between(random, 150, 900), 'evaluated', {
        value: words.evaluated,
        feasible: adopted,
        savingMinor: adopted ? saving : null,
        note: null,
      }),
      beat('executive', between(random, 100, 700), 'decided', { adopted, note: adopted ? null : 'Not before next year' }),
      beat('agent', between(random, 20, 200), 'answered', { text: adopted ? words.adopted : words.declined, channel: 'email' }),
    ]
    if (!adopted) return decided
    // What is published of it is told in the end, by the product itself.
    return [...decided, beat('loyalty', between(random, 60, 400), 'rewarded', { text: words.rewarded, amountMinor: 1_050 })]
  },
  enquiry: ({ random, words, subject }) => [
    tookTime(random, 'Looked it up'),
    beat('agent', random() < 0.12 ? 700 : between(random, 2, 35), 'answered', {
      text: words.answers[subject % words.answers.length]!,
      channel: 'email',
    }),
    ...(random() < 0.4
      ? [beat('agent', 60, 'feedback', { satisfied: random() < 0.9, score: between(random, 6, 10), text: null }, { days: 1 })]
      : []),
  ],
  claim(scene) {
    const { cast, random } = scene
    const amountMinor = between(random, 30, 160) * 100
    const remedies = [{ kind: 'compensation' as const, text: null, amountMinor, offerId: cast.offer('credit') }]
    return [
      ...greeted(scene),
      beat('department', between(random, 200, 900), 'judged', {
        admissible: true,
        reasonSufficient: true,
        demandReasonable: true,
        finding: 'founded',
        note: null,
        evidence: ['Consignment note'],
      }),
      beat('department', between(random, 30, 200), 'proposed', {
        remedies,
        reason: 'The carrier confirms it',
        preventive: null,
        feasible: null,
      }),
      beat('executive', between(random, 60, 400), 'instructed', {
        decision: 'approved',
        remedies: null,
        recovery: 'From the carrier',
        note: null,
      }),
      beat('agent', between(random, 30, 300), 'told', { text: scene.words.told.compensation, channel: 'email', escalationRoute: null }),
      beat('agent', between(random, 60, 500), 'paid', { amountMinor, reference: `CR-${between(random, 1000, 9999)}` }),
    ]
  },
  repair(scene) {
    const { random, words } = scene
    return [
      ...greeted(scene),
      beat('agent', between(random, 60, 300), 'appointed', (at) => ({
        commitmentId: null,
        startsAt: new Date(at.getTime() + 3 * 86_400_000),
        place: 'Workshop',
      })),
      beat('department', between(random, 100, 900), 'fulfilled', { note: words.repaired, fileIds: [] }, { days: 1 }),
      beat('agent', 60, 'asked', { how: 'phone' }, { days: 2 }),
    ]
  },
  'custom-request'(scene) {
    const { random, words } = scene
    const taken = random() < 0.75
    const amountMinor = between(random, 20, 300) * 1_000
    const offered = [
      ...greeted(scene),
      beat('manager', between(random, 200, 900), 'quoted', { text: words.quoted, amountMinor, validUntil: null }),
      beat('agent', between(random, 60, 300), 'quote-answered', { accepted: taken, note: null }, { days: 2 }),
    ]
    if (!taken) return offered
    return [
      ...offered,
      beat('department', 300, 'fulfilled', { note: words.done, fileIds: [] }, { days: 2 }),
      beat('agent', 60, 'asked', { how: 'phone' }, { days: 3 }),
    ]
  },
  request: ({ random, words }) => [
    tookTime(random, 'Changed it in the archive'),
    beat('agent', random() < 0.1 ? 600 : between(random, 2, 30), 'answered', { text: words.handled, channel: 'email' }),
  ],
}
