import type { Kind } from '../taxonomy.ts'
import { type Called, type Names, type Regime, type Retention, regime, type regimeEnds, regimes } from './regimes.ts'
import { type Extension, inDays, type Measure, type Target } from './target.ts'

/** A clock of a regime of a company's own. */
export interface OwnClock<Key = string> {
  /** Made from its name once, so that it stays the same when the name changes; null: not made yet. */
  readonly key: Key
  readonly names: Names
  readonly ends: (typeof regimeEnds)[number]
  readonly measure: Measure
  readonly missing: Target['missing']
  /** At which share of its time it warns, and at which it goes higher; null: never. */
  readonly warnAtShare: number | null
  readonly escalateAtShare: number | null
  readonly extensions: readonly OwnExtension<Key>[]
}

export interface OwnExtension<Key = string> {
  readonly key: Key
  readonly names: Names
  readonly measure: Measure
  readonly needs: Extension['needs']
}

/** What one version of it says. */
export interface OwnDefinition<Key = string> {
  readonly names: Names
  /** Where it stands; null for what the company promises by itself. */
  readonly source: Regime['source']
  readonly clocks: readonly OwnClock<Key>[]
  readonly retention: Omit<Retention, 'figure'> | null
  /** Whether a final answer has to say where the customer can turn to; versions of before do not say it. */
  readonly tellsRoute?: boolean | undefined
}

/** Another country's law, the code of a trade, a contract with a marketplace: whatever asks for times and does not ship. */
export interface OwnRegime {
  /** `own-…`, by which it is told from all that ships or ever will. */
  readonly key: string
  /** Holds for no new case. Those that began under it keep it. */
  readonly retired: boolean
  /** The first one first: version n stands at n - 1 for good, because cases stand under it. */
  readonly versions: readonly OwnDefinition[]
}

/** How many there may be: in use, with those that are retired, of each one's versions, of clocks each, and of extensions of each clock. */
export const ownLimits = { inUse: 30, all: 60, versions: 50, clocks: 10, extensions: 5 } as const

export const ownKeyShape = /^own-[a-z0-9]+(?:-[a-z0-9]+)*$/
export const ownPartShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Five years: no rule gives longer to answer a complaint, and whoever typed more mistook the unit. */
const longest: Readonly<Record<Measure['unit'], number>> = {
  minutes: 2_635_200,
  'working-minutes': 2_635_200,
  'business-days': 1830,
  'calendar-days': 1830,
  'calendar-weeks': 261,
}

/** Under which key the log of a case names one version. */
export const keyOfVersion = (key: string, version: number): string => `${key}@${version}`
/** The key without the version; of what ships the key itself. */
export const keyWithoutVersion = (key: string): string => key.replace(/@\d+$/, '')
export const isOwn = (key: string): boolean => key.startsWith('own-')

/** One version as what clocks, keeping and promises know. */
export function regimeOfVersion({ key, versions }: Pick<OwnRegime, 'key' | 'versions'>, version: number): Regime {
  const { names, source, clocks, retention, tellsRoute = false } = versions[version - 1]!
  const versioned = keyOfVersion(key, version)
  const figure = source ? 'rule' : 'house'
  const targetOf = (clock: OwnClock) => `regime:${versioned}:${clock.key}`
  const called: Called = {
    names,
    clocks: Object.fromEntries(clocks.map((clock) => [targetOf(clock), clock.names])),
    extensions: Object.fromEntries(
      clocks.flatMap((clock) => clock.extensions.map((one) => [`${targetOf(clock)}/${one.key}`, one.names] as const)),
    ),
  }
  return regime(
    versioned,
    source,
    clocks.map(({ key: name, extensions, ...clock }) => ({
      ...clock,
      name,
      figure,
      extensions: extensions.map((one) => ({ key: one.key, measure: one.measure, needs: one.needs, figure })),
    })),
    retention && { ...retention, figure },
    { name: key, version, called },
    tellsRoute,
  )
}

/** Every version of every one, also of those that are retired: whatever a case may have begun under. */
export const allVersions = (own: readonly OwnRegime[]): readonly Regime[] =>
  own.flatMap((one) => one.versions.map((_, at) => regimeOfVersion(one, at + 1)))

/** What may be put in force, by the key under which that is said: what ships, and the newest version of each own one that is not retired. */
export const offered = (own: readonly OwnRegime[]): ReadonlyMap<string, Regime> =>
  new Map([
    ...regimes.map((one) => [one.key, one] as const),
    ...own.filter(({ retired }) => !retired).map((one) => [one.key, regimeOfVersion(one, one.versions.length)] as const),
  ])

/** What somebody put in force for which kinds of cases. */
export interface InForce {
  readonly regime: string
  readonly kinds: readonly Kind[]
}

/** The rules with which a case of a kind begins; what nobody knows (any more) is left out, and nothing is named twice. */
export function rulesFor(kind: Kind, inForce: readonly InForce[], own: readonly OwnRegime[]): readonly Regime[] {
  const known = offered(own)
  const named = new Set(inForce.filter(({ kinds }) => kinds.includes(kind)).map((one) => one.regime))
  return [...named].flatMap((key) => known.get(key) ?? [])
}

export interface OwnProblem {
  /** As the definition names it, such as `clocks.0.measure`. */
  readonly field: string
  readonly problem:
    | 'unnamed'
    | 'no-clocks'
    | 'key-twice'
    | 'amount'
    | 'share'
    | 'escalates-before-warning'
    | 'extension-not-longer'
    | 'no-link'
    | 'law-without-source'
}

/** What is wrong with what somebody wrote, each at the field that says it; or nothing. */
export function ownProblems({ names, source, clocks, retention }: OwnDefinition<string | null>): readonly OwnProblem[] {
  const found: OwnProblem[] = []
  const complain = (field: string, problem: OwnProblem['problem'], isWrong: boolean) => isWrong && found.push({ field, problem })
  complain('names', 'unnamed', !isNamed(names))
  complain('source.url', 'no-link', source?.url != null && !isLink(source.url))
  complain('clocks', 'no-clocks', clocks.length === 0)
  complain('clocks', 'key-twice', namesTwice(clocks))
  for (const [at, clock] of clocks.entries()) {
    const field = `clocks.${at}`
    const { warnAtShare: warn, escalateAtShare: escalate, extensions } = clock
    complain(`${field}.names`, 'unnamed', !isNamed(clock.names))
    complain(`${field}.measure`, 'amount', !isSane(clock.measure))
    complain(`${field}.warnAtShare`, 'share', warn !== null && !isShare(warn))
    complain(`${field}.escalateAtShare`, 'share', escalate !== null && !isShare(escalate))
    complain(`${field}.escalateAtShare`, 'escalates-before-warning', warn !== null && escalate !== null && escalate < warn)
    complain(`${field}.extensions`, 'key-twice', namesTwice(extensions))
    for (const [index, extension] of extensions.entries()) {
      const place = `${field}.extensions.${index}`
      complain(`${place}.names`, 'unnamed', !isNamed(extension.names))
      complain(`${place}.measure`, 'amount', !isSane(extension.measure))
      complain(`${place}.measure`, 'extension-not-longer', !isLonger(extension.measure, clock.measure))
    }
  }
  // Whoever is kept from being forgotten is told by which law.
  complain('source.title', 'law-without-source', retention?.by === 'law' && source === null)
  return found
}

const isNamed = (names: Names): boolean => Object.values(names).some((name) => name.trim() !== '')
const isLink = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
const isShare = (share: number): boolean => share > 0 && share < 1
const isSane = ({ unit, amount }: Measure): boolean => Number.isInteger(amount) && amount >= 1 && amount <= longest[unit]
/** Measures are compared only where they are alike. */
const isLonger = (longer: Measure, than: Measure): boolean =>
  inDays(longer).unit !== inDays(than).unit || inDays(longer).amount > inDays(than).amount
function namesTwice(list: readonly { readonly key: string | null }[]): boolean {
  const keys = list.flatMap(({ key }) => key ?? [])
  return new Set(keys).size < keys.length
}

/** What would be made untrue by another value of the whole list: a version is one definition for good, and nothing that cases may stand under goes. */
export type OwnChangeProblem = {
  readonly problem: 'regime-gone' | 'regime-version-fixed' | 'regime-twice' | 'too-many-regimes'
  readonly key: string
  readonly version: number
}

export function ownChangeProblem(before: readonly OwnRegime[], after: readonly OwnRegime[]): OwnChangeProblem | null {
  const keys = after.map(({ key }) => key)
  const twice = keys.find((key, at) => keys.indexOf(key) < at)
  if (twice !== undefined) return { problem: 'regime-twice', key: twice, version: 0 }
  if (after.filter(({ retired }) => !retired).length > ownLimits.inUse)
    return { problem: 'too-many-regimes', key: keys.at(-1)!, version: 0 }
  for (const { key, versions } of before) {
    const now = after.find((one) => one.key === key)
    if (!now) return { problem: 'regime-gone', key, version: versions.length }
    const other = versions.findIndex((definition, at) => !isSame(definition, now.versions[at]))
    if (other >= 0) return { problem: 'regime-version-fixed', key, version: other + 1 }
  }
  return null
}

/** The versions that a change adds, with where they stand. */
export const versionsAdded = (before: readonly OwnRegime[], after: readonly OwnRegime[]) =>
  after.flatMap(({ key, versions }, at) => {
    const known = before.find((one) => one.key === key)?.versions.length ?? 0
    return versions.slice(known).map((definition, index) => ({ field: `regimes.${at}.versions.${known + index}`, definition }))
  })

/** Whether two definitions say the same, in whatever order their fields came. */
export const isSame = (one: OwnDefinition, other: OwnDefinition | undefined): boolean =>
  JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder)

const inOrder = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** Makes the keys that are missing from the names; those that are there stay. */
export function withKeys({ clocks, tellsRoute, ...rest }: OwnDefinition<string | null>): OwnDefinition {
  const keyed = <T extends { readonly key: string | null; readonly names: Names }>(list: readonly T[], otherwise: string) => {
    const taken = new Set(list.flatMap(({ key }) => key ?? []))
    return list.map((one) => ({ ...one, key: one.key ?? keyFrom(one.names, taken, otherwise) }))
  }
  return {
    ...rest,
    // Said only where it is so, as versions of before do.
    ...(tellsRoute ? { tellsRoute } : {}),
    clocks: keyed(clocks, 'clock').map((clock) => ({ ...clock, extensions: keyed(clock.extensions, 'extension') })),
  }
}

/** The key of a new one, from its name. */
export const ownKeyFor = (names: Names, own: readonly OwnRegime[]): string =>
  `own-${keyFrom(names, new Set(own.map(({ key }) => key.slice('own-'.length))), 'rules')}`

/** From the name in English where it has one, since keys are Latin letters; made the only one of its kind by a number, and noted as taken. */
function keyFrom(names: Names, taken: Set<string>, otherwise: string): string {
  const plain = names.en.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const slug =
    plain
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^-+/, '')
      .slice(0, 24)
      .replace(/-+$/, '') || otherwise
  let key = slug
  for (let n = 2; taken.has(key); n++) key = `${slug}-${n}`
  taken.add(key)
  return key
}
