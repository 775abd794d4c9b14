import { type Random, seededRandom } from '#numerics/seeded-random.ts'
import type { SeedCompany } from '../company.ts'
import type { SeedDeliveries } from '../deliveries.ts'
import { dayLength } from '../hours.ts'
import type { Cast } from './cast.ts'
import { type ComplaintStep, type ComplaintTwist, type ComplaintWish, steps } from './complaint-scene.ts'
import { complaintTale } from './complaints.ts'
import { seedMatters } from './matters.ts'
import { type OrderBook, orderBook } from './order-book.ts'
import { type OtherKind, otherTale } from './others.ts'
import { type Begins, between, type SeedCase, tell } from './story.ts'

/** Days ago on which what had been done against them was carried out: of damage on the way it helped, of late deliveries it did not. */
export const curedDaysAgo = { damage: 100, late: 70 } as const

/** The days ago, from the nearest to the farthest, between which so many complaints of a matter came. */
const waves: readonly (readonly [matter: string, count: number, nearest: number, farthest: number])[] = [
  ['freight/damage', 9, 285, 540],
  ['freight/damage', 30, curedDaysAgo.damage + 1, 280],
  ['freight/damage', 2, 16, curedDaysAgo.damage - 4],
  ['contract/delivery-time', 10, 255, 540],
  ['contract/delivery-time', 18, curedDaysAgo.late + 1, 250],
  ['contract/delivery-time', 9, 9, curedDaysAgo.late - 2],
  ['product-quality/defect', 5, 70, 520],
  // A bad batch, found these days.
  ['product-quality/defect', 5, 1, 5],
]

/** How often the others come, in eighteen months. */
const seldom: Readonly<Record<string, number>> = {
  'product-quality/failure': 8,
  'contract/quantity': 8,
  'freight/loss': 6,
  'service/quality': 7,
  'contract/settlement': 6,
  'freight/packing-handling': 4,
  'service/attitude': 3,
  'product-quality/out-of-tolerance': 3,
  'product-quality/specification-mismatch': 3,
  'freight/deterioration': 3,
  'contract/grade': 2,
}

/** What stands open, in which step, since how many open minutes. */
const open: readonly (readonly [matter: string, until: ComplaintStep, idle: number, twist?: ComplaintTwist])[] = [
  ['service/quality', 'record', 14, 'waits'],
  ['freight/damage', 'record', 95, 'waits'],
  ['product-quality/failure', 'validity', 30, 'danger'],
  ['contract/quantity', 'validity', 260],
  ['contract/grade', 'validity', 3_100, 'paused'],
  ['contract/settlement', 'department', 55],
  ['contract/specification', 'cause', 2_400],
  ['contract/delivery-time', 'cause', 350, 'handed-over'],
  ['product-quality/out-of-tolerance', 'remedy', 45],
  ['contract/delivery-place', 'remedy', 3_600],
  ['service/skill', 'execution', 70],
]
/** Proposed, and not decided on yet; the proposal itself is made while the demo is loaded, so that somebody is asked. */
export const awaitingDecision: readonly (readonly [matter: string, idle: number])[] = [
  ['freight/deterioration', 50],
  ['product-quality/specification-mismatch', 240],
  ['freight/loss', 30],
]

const ended: Readonly<Record<OtherKind, number>> = { suggestion: 16, enquiry: 22, claim: 6, repair: 7, 'custom-request': 6, request: 11 }
/** Of each kind so many acts have happened, since how many open minutes. */
const openOthers: readonly (readonly [kind: OtherKind, acts: number, idle: number])[] = [
  ['suggestion', 0, 60],
  ['suggestion', 2, 2_600],
  ['suggestion', 3, 90],
  ['suggestion', 5, 260],
  ['suggestion', 6, 900],
  ['enquiry', 0, 12],
  ['enquiry', 0, 35],
  ['enquiry', 1, 130],
  ['claim', 0, 80],
  ['claim', 2, 1_900],
  // Somebody is about to propose.
  ['claim', 3, 120],
  ['claim', 5, 60],
  ['repair', 0, 50],
  ['repair', 2, 20],
  ['repair', 3, 1_500],
  ['repair', 4, 90],
  ['custom-request', 0, 30],
  ['custom-request', 2, 250],
  ['custom-request', 3, 2_900],
  ['custom-request', 4, 1_800],
  ['custom-request', 5, 60],
  ['request', 0, 25],
  ['request', 1, 160],
]

/**
 * The cases of the demo company over the eighteen months before `now`, about orders that it has, the same for the same seed, company and moment: most went through all their steps, some stand in each. In
 * the order in which they were opened.
 */
export function demoCases(
  seed: number,
  company: Pick<SeedCompany, 'customers' | 'lines'>,
  { byOrder }: Pick<SeedDeliveries, 'byOrder'>,
  now: Date,
  cast: Cast,
): readonly SeedCase[] {
  const random = seededRandom(seed + 3)
  const book = orderBook(random, company, byOrder)
  const stage: Stage = { seed, now, cast, random, book, cases: [] }
  special(stage)
  for (const [matter, until, idle, twist] of open) {
    const recent = steps.indexOf(until) < steps.indexOf('remedy')
    complain(stage, `open ${matter} ${until} ${idle}`, matter, recent ? [3, 11] : [14, 32], { idle }, until, twist)
  }
  for (const [matter, idle] of awaitingDecision) complain(stage, `decide ${matter}`, matter, [8, 24], { idle }, 'approval', 'undecided')
  for (const [matter, count, nearest, farthest] of waves)
    for (let n = 0; n < count; n++) past(stage, `${matter} ${nearest} ${n}`, matter, between(random, nearest, farthest))
  for (const [matter, count] of Object.entries(seldom))
    for (let n = 0; n < count; n++) past(stage, `${matter} seldom ${n}`, matter, lately(random, 9))
  for (const matter of Object.keys(seedMatters)) if (!(matter in seldom)) past(stage, `${matter} once`, matter, between(random, 50, 500))
  for (const [kind, count] of Object.entries(ended) as [OtherKind, number][])
    for (let n = 0; n < count; n++)
      other(stage, `${kind} ${n}`, kind, lately(random, kind === 'enquiry' || kind === 'request' ? 2 : 18), null)
  for (const [kind, acts, idle] of openOthers) other(stage, `open ${kind} ${acts} ${idle}`, kind, 6, { acts, idle })
  return stage.cases.toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime() || (a.key < b.key ? -1 : 1))
}

/** So many days ago, the more lately the likelier. */
const lately = (random: Random, nearest: number): number => Math.round(nearest + (540 - nearest) * random() ** 1.5)

interface Stage {
  readonly seed: number
  readonly now: Date
  readonly cast: Cast
  readonly random: Random
  readonly book: OrderBook
  readonly cases: SeedCase[]
}

const dayAgo = (now: Date, days: number): string => new Date(now.getTime() - days * dayLength).toISOString().slice(0, 10)
const hourOf = (day: string, random: Random): Date => new Date(Date.parse(`${day}T00:00:00Z`) + between(random, 540, 1_020) * 60_000)

/** A complaint about an order of which its customer could complain so many days ago. */
function complain(
  stage: Stage,
  key: string,
  matter: string,
  [nearest, farthest]: readonly [number, number],
  begins: Begins,
  until: ComplaintStep,
  twist?: ComplaintTwist,
) {
  const { book, now } = stage
  const order =
    book.draw(matter, dayAgo(now, farthest), dayAgo(now, nearest)) ?? book.draw(matter, dayAgo(now, farthest + 45), dayAgo(now, nearest))
  if (order) add(stage, { key, customer: order.customer, line: order.line, matter, until, ...(twist ? { twist } : {}) }, begins)
}

const add = (stage: Stage, wish: ComplaintWish, begins: Begins) =>
  stage.cases.push(tell(stage.cast, stage.now, complaintTale(stage.cast, stage.seed, wish), begins))

function past(stage: Stage, key: string, matter: string, daysAgo: number) {
  const { random, now } = stage
  const chance = random()
  const twist: ComplaintTwist | undefined =
    chance < 0.07 ? 'unfounded' : chance < 0.09 ? 'withdrawn' : chance < 0.11 ? 'sent-back' : undefined
  complain(stage, key, matter, [daysAgo, daysAgo + 9], { at: hourOf(dayAgo(now, daysAgo), random) }, 'end', twist)
}

function other(
  stage: Stage,
  key: string,
  kind: OtherKind,
  daysAgo: number,
  since: { readonly acts: number; readonly idle: number } | null,
) {
  const { seed, cast, now, random, book } = stage
  const order = book.draw(null, dayAgo(now, daysAgo + 60), dayAgo(now, daysAgo))
  if (!order) return
  const wish = {
    key,
    kind,
    customer: order.customer,
    line: order.line,
    acts: since?.acts ?? null,
    waits: since !== null && since.acts === 0 && since.idle < 60,
  }
  stage.cases.push(
    tell(cast, now, otherTale(cast, seed, wish), since ? { idle: since.idle } : { at: hourOf(dayAgo(now, daysAgo), random) }),
  )
}

/** Stories that happen once: said again and again, opened again, proven not to be gone, and two that turn out to be one. */
function special(stage: Stage) {
  const { now, random, book } = stage
  const at = (days: number) => ({ at: hourOf(dayAgo(now, days), random) })
  const late = book.lateAgain()
  const again = [95, 24, 2].map((days) => ({ days, order: late.findLast(({ day }) => day <= dayAgo(now, days)) ?? late[0] }))
  for (const { days, order } of again)
    if (order)
      add(
        stage,
        {
          key: `again ${days}`,
          customer: order.customer,
          line: order.line,
          matter: 'contract/delivery-time',
          until: days > 90 ? 'end' : 'cause',
          ...(days > 90 ? {} : { twist: 'again' }),
        },
        at(days),
      )
  complain(stage, 'reopened', 'product-quality/failure', [64, 75], at(62), 'end', 'back-again')
  complain(stage, 'not-effective', 'freight/packing-handling', [52, 62], at(48), 'end', 'not-effective')
  complain(stage, 'penalty 1', 'service/attitude', [80, 95], at(78), 'review', 'penalty')
  complain(stage, 'penalty 2', 'service/manner', [190, 210], at(188), 'review', 'penalty')
  complain(stage, 'penalty 3', 'service/attitude', [17, 30], at(15), 'review', 'penalty')
  const one = book.draw('freight/damage', dayAgo(now, 14), dayAgo(now, 5))
  if (!one) return
  add(stage, { key: 'merged into', customer: one.customer, line: one.line, matter: 'freight/damage', until: 'cause' }, { idle: 300 })
  add(stage, { key: 'merge', customer: one.customer, line: one.line, matter: 'freight/damage', until: 'validity' }, { idle: 60 })
  const found = book.draw('contract/delivery-time', dayAgo(now, 9), dayAgo(now, 2))
  if (found)
    add(
      stage,
      { key: 'found first', customer: found.customer, line: found.line, matter: 'contract/delivery-time', until: 'cause', proactive: true },
      { idle: 150 },
    )
}
