import { keyWithoutVersion } from './clocks/own-regimes.ts'
import type { Kind } from './taxonomy.ts'

/** Whether what a body decides binds the company: always, once the customer accepts it, or never. */
export const bindings = ['always', 'if-accepted', 'never'] as const
export type Binding = (typeof bindings)[number]

export interface Deadline {
  readonly unit: 'days' | 'months'
  readonly amount: number
}

type Names = Readonly<Record<string, string>>

/** Whoever outside of the company a customer can turn to who does not accept its answer: an ombudsman, a supervisor, a board of mediation, an association of consumers. */
export interface OutsideBody {
  readonly id: string
  /** What it is called and what it does and how it is reached, by language; empty for what the product ships, which its texts name by `key`. */
  readonly names: Names
  readonly about: Names
  readonly url: string | null
  /** What it hears: of these kinds, categories and rules; each empty where it makes no difference. */
  readonly kinds: readonly Kind[]
  readonly categories: readonly string[]
  readonly regimes: readonly string[]
  /** How long after the final answer a customer may turn to it; null: no limit is known. */
  readonly deadline: Deadline | null
  readonly binding: Binding
  /** Nobody is told of it any more; cases that it heard go on naming it. */
  readonly retired: boolean
  /** 0: as the product ships it, and nobody has checked it. */
  readonly version: number
}

interface Shipped extends OutsideBody {
  readonly key: (typeof shippedKeys)[number]
}

export const shippedKeys = ['uk-ombudsman', 'us-cfpb', 'cn-regulator', 'cn-mediation', 'consumer-association'] as const

const shippedId = (place: number) => `00000000-0000-8000-8000-0000000b0${String(place + 1).padStart(3, '0')}`

const ships = (key: Shipped['key'], more: Pick<OutsideBody, 'url' | 'regimes' | 'deadline' | 'binding'>): Shipped => ({
  ...{ key, id: shippedId(shippedKeys.indexOf(key)), names: {}, about: {}, kinds: [], categories: [], retired: false, version: 0 },
  ...more,
})

/**
 * The bodies that ship, each with the rules under which it is usual, read as the rules stood in 2026 (DISP 1.6.2R and 2.8.2R; article 21 of the Chinese measures of 2020). Whoever is under them checks whether the body hears
 * complaints about the company, and how it is reached.
 */
export const shippedBodies: readonly Shipped[] = [
  ships('uk-ombudsman', {
    url: 'https://www.financial-ombudsman.org.uk',
    regimes: ['uk-fca', 'uk-payments'],
    deadline: { unit: 'months', amount: 6 },
    binding: 'if-accepted',
  }),
  ships('us-cfpb', { url: 'https://www.consumerfinance.gov/complaint/', regimes: ['us-cfpb'], deadline: null, binding: 'never' }),
  ships('cn-regulator', { url: 'https://www.nfra.gov.cn', regimes: ['cn-banking-insurance'], deadline: null, binding: 'never' }),
  ships('cn-mediation', { url: null, regimes: ['cn-banking-insurance'], deadline: null, binding: 'if-accepted' }),
  ships('consumer-association', { url: null, regimes: ['iso-10002'], deadline: null, binding: 'never' }),
]

/** Whom anybody can turn to, by the rules that hold in a new company. */
export const consumerAssociation: string = shippedId(shippedKeys.indexOf('consumer-association'))

/** What holds: the shipped ones as the company left or changed them, then its own. */
export function withShippedBodies(stored: readonly OutsideBody[]): readonly OutsideBody[] {
  const own = new Map(stored.map((body) => [body.id, body]))
  const shipped = new Set(shippedBodies.map(({ id }) => id))
  return [...shippedBodies.map((body) => own.get(body.id) ?? body), ...stored.filter(({ id }) => !shipped.has(id))]
}

/** By which texts a body is named that nobody renamed; null of a company's own. */
export const keyOfShipped = (id: string): Shipped['key'] | null => shippedBodies.find((body) => body.id === id)?.key ?? null

interface Matter {
  readonly kind: Kind
  readonly category: string | null
  readonly regimes: readonly string[]
}

/** To whom the customer of a case can turn, those of its rules before those that hear anything. What nobody has said of a case shuts no body out. */
export function bodiesFor<B extends OutsideBody>(bodies: readonly B[], { kind, category, regimes }: Matter): readonly B[] {
  const keys = new Set(regimes.map(keyWithoutVersion))
  const hears = (body: OutsideBody) =>
    !body.retired &&
    (body.kinds.length === 0 || body.kinds.includes(kind)) &&
    (category === null || body.categories.length === 0 || body.categories.includes(category)) &&
    (body.regimes.length === 0 || body.regimes.some((regime) => keys.has(regime)))
  const fits = bodies.filter(hears)
  return [...fits.filter(({ regimes: named }) => named.length > 0), ...fits.filter(({ regimes: named }) => named.length === 0)]
}

/** The last day on which a customer can turn to a body who was answered on a day, both `YYYY-MM-DD`. Months end on the same day of the month, or on its last where it has no such day. */
export function lastDay(answered: string, { unit, amount }: Deadline): string {
  const [year = 0, month = 1, day = 1] = answered.split('-').map(Number)
  if (unit === 'days') return new Date(Date.UTC(year, month - 1, day + amount)).toISOString().slice(0, 10)
  const end = new Date(Date.UTC(year, month + amount, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + amount, Math.min(day, end))).toISOString().slice(0, 10)
}

/** Whether it is an address that a page may lead to. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s<>"']+$/.test(text) && URL.canParse(text)
