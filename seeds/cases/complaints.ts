import type { CaseRecord } from '#modules/cases/public.ts'
import type { Random } from '#numerics/seeded-random.ts'
import type { SeedLine } from '../company.ts'
import { pick } from '../names.ts'
import { type Cast, chanceOf, saidIn } from './cast.ts'
import { approval, cause, department, execution, record, remedy, review, turnedDown, validity } from './complaint-beats.ts'
import { type ComplaintWish, type Scene, steps } from './complaint-scene.ts'
import { finderOf, type SeedMatter, seedMatters } from './matters.ts'
import { seedOffers } from './setup.ts'
import { type Beat, beat, leaning, type Tale } from './story.ts'

/** A complaint about a line of an order, as far as it went. */
export function complaintTale(cast: Cast, seed: number, wish: ComplaintWish): Tale {
  const random = chanceOf(seed, wish.key)
  const it = seedMatters[wish.matter]!
  const finder = wish.twist === 'handed-over' ? 'manager' : finderOf[it.department]
  const owner =
    it.target === 'person'
      ? 'loyalty'
      : leaning(random, ['agent', 'agent', 'agent', 'loyalty', finder === 'manager' ? 'agent' : 'manager'] as const)
  const scene: Scene = { ...wish, cast, random, it, finder, owner, amountMinor: costOf(random, it, wish.line) }
  const beats = beatsOf(scene)
  // The proposal itself is made in the end, so that somebody is asked.
  const isUndecided = wish.twist === 'undecided'
  return {
    key: wish.key,
    customer: wish.customer.id,
    kind: 'complaint',
    owner: wish.twist === 'waits' ? null : owner,
    openedBy: owner,
    proactive: wish.proactive ?? false,
    record: recordOf(scene),
    beats: isUndecided ? beats.slice(0, -1) : beats,
    next: isUndecided ? (beats.at(-1) ?? null) : null,
  }
}

function recordOf({ cast, random, customer, line, matter, it, twist }: Scene): Omit<CaseRecord, 'receivedAt'> {
  const words = saidIn(customer.language)
  const [category, reason] = matter.split('/') as [string, string]
  const own = words.complaints[matter as keyof typeof words.complaints]
  const usual = pick(random, twist === 'unfounded' && category === 'product-quality' ? words.unfounded : own)
  // What is dangerous is the first that can go wrong so: water on a heated base.
  const told = twist === 'again' ? words.again : twist === 'danger' ? own[0]! : usual
  return {
    subject: told[0]!,
    description: told[1]!,
    channel: pick(random, ['phone', 'phone', 'email', 'web', 'web', 'chat', 'store', 'letter', 'social'] as const),
    language: null,
    category,
    reason,
    dissatisfaction: random() < 0.85 ? it.dissatisfaction : 'inconvenient',
    mood: pick(random, ['calm', 'calm', 'angry', 'anxious', 'mistaken'] as const),
    severity: twist === 'danger' ? 1 : it.severity,
    complainant: null,
    accessibility: random() < 0.04 ? 'Large print' : null,
    target: {
      kind: it.target,
      name: it.target === 'product' ? line.product.name : null,
      userId: it.target === 'person' ? cast.person('agent') : null,
      departmentId: it.target === 'department' ? cast.department(it.department) : null,
    },
    demand: { kind: it.demand, text: words.demands[it.demand], amountMinor: it.demand === 'refund' ? worthOf(line) : null },
    orderId: cast.order(line.order),
    productCode: line.product.code,
    fileIds: [],
  }
}

const worthOf = ({ product, quantity, discountMinor }: SeedLine): number => Math.max(0, product.priceMinor * quantity - discountMinor)

/** What the remedy costs: what the line was worth for money back, less for what is set right; within the limit of the catalogue. */
function costOf(random: Random, { offer }: SeedMatter, line: SeedLine): number {
  if (offer === null) return 0
  const { defaultMinor, mostMinor } = seedOffers[offer]
  const wanted =
    offer === 'refund'
      ? worthOf(line)
      : offer === 'sampler'
        ? defaultMinor
        : Math.max(defaultMinor, Math.round(line.product.costMinor * (0.6 + random())))
  return Math.min(wanted, mostMinor ?? wanted)
}

function beatsOf(scene: Scene): readonly Beat[] {
  const { twist, until } = scene
  const judged = twist === 'unfounded' ? turnedDown(scene) : validity(scene)
  if (twist === 'unfounded') return [...record(scene), ...judged]
  if (twist === 'withdrawn')
    return [...record(scene), beat(scene.owner, 200, 'withdrawn', { reason: 'The customer found the second parcel at a neighbour’s' })]
  const parts = [record, () => judged, department, cause, remedy, approval, execution, review].map((part) => part(scene))
  const told = parts.slice(0, steps.indexOf(until)).flat()
  // The penalties that are proposed, and what follows, are still to come.
  if (twist === 'penalty')
    return told.slice(
      0,
      told.findLastIndex(({ kind }) => kind === 'penalty-considered'),
    )
  if (twist === 'back-again')
    return [...told, beat(scene.owner, 300, 'reopened', { to: 'execution', reason: 'The new one has the same fault' }, { days: 9 })]
  if (twist === 'paused') return [...told, beat(scene.owner, 90, 'paused', { reason: 'Pictures from the customer', until: null })]
  return told
}
