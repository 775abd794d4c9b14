import type { InputOf } from '#ui/client.ts'
import type { Names } from '#ui/named.ts'
import type { casesApi } from '../api.ts'
import { usualEscalation } from '../domain/clocks/regimes.ts'
import { type Measure, usualTarget } from '../domain/clocks/target.ts'
import type { Rules } from './regime-words.ts'

type Written = Omit<InputOf<typeof casesApi.addRegime>, 'version'>
type WrittenClock = Written['clocks'][number]
type WrittenExtension = WrittenClock['extensions'][number]

/** While it is typed a length of time may be missing. */
export interface TypedMeasure {
  readonly unit: Measure['unit']
  readonly amount: number | null
}
export interface TypedExtension extends Omit<WrittenExtension, 'measure'> {
  readonly measure: TypedMeasure
}
export interface TypedClock extends Omit<WrittenClock, 'measure' | 'extensions'> {
  readonly measure: TypedMeasure
  readonly extensions: readonly TypedExtension[]
}
/** Rules as the form holds them. */
export interface TypedRules {
  readonly names: Names
  readonly 'source.title'?: string | null
  readonly 'source.provisions'?: string | null
  readonly 'source.url'?: string | null
  readonly clocks: readonly TypedClock[]
  readonly tellsRoute?: boolean
  readonly 'retention.years'?: number | null
  readonly 'retention.from'?: 'received' | 'closed' | null
  readonly 'retention.by'?: 'law' | 'choice' | null
}

export const unnamed: Names = { en: '', 'zh-CN': '', 'zh-TW': '' }
export const newClock: TypedClock = {
  key: null,
  names: unnamed,
  ends: 'resolved',
  measure: { unit: 'business-days', amount: null },
  missing: 'breach',
  warnAtShare: usualTarget.warnAtShare,
  escalateAtShare: usualEscalation,
  extensions: [],
}
export const newExtension = (unit: Measure['unit']): TypedExtension => ({
  key: null,
  names: unnamed,
  measure: { unit, amount: null },
  needs: 'reason',
})

export function typedOf(rules: Rules | null): TypedRules {
  if (rules === null) return { names: unnamed, clocks: [newClock], 'retention.from': 'closed', 'retention.by': 'law' }
  const { source, clocks, retention } = rules
  return {
    names: rules.names ?? unnamed,
    'source.title': source?.title ?? null,
    'source.provisions': source?.provisions ?? null,
    'source.url': source?.url ?? null,
    clocks: clocks.map((clock) => ({
      ...clock,
      names: clock.names ?? unnamed,
      extensions: clock.extensions.map((one) => ({ ...one, names: one.names ?? unnamed })),
    })),
    tellsRoute: rules.tellsRoute,
    'retention.years': retention?.years ?? null,
    'retention.from': retention?.from ?? 'closed',
    'retention.by': retention?.by ?? 'law',
  }
}

interface RuleWords {
  readonly nameOf: (rules: Rules) => string
  readonly clockOf: (clock: Rules['clocks'][number]) => string
  readonly extensionOf: (extension: Rules['clocks'][number]['extensions'][number]) => string
}

/** Where own rules begin as others: with their words, of what ships in the language of the reader, and keys of their own. */
export function copyOf(rules: Rules, language: string, { nameOf, clockOf, extensionOf }: RuleWords): TypedRules {
  const names = (own: Names | null, word: string): Names => own ?? { ...unnamed, [language]: word }
  return {
    ...typedOf(rules),
    names: names(rules.names, nameOf(rules)),
    clocks: rules.clocks.map((clock) => ({
      ...clock,
      key: null,
      names: names(clock.names, clockOf(clock)),
      extensions: clock.extensions.map((one) => ({ ...one, key: null, names: names(one.names, extensionOf(one)) })),
    })),
  }
}

/** What is sent. Without a title there is no source: it is a promise of the company's own. */
export function writtenOf(typed: TypedRules): Written {
  const title = typed['source.title']?.trim() ?? ''
  const years = typed['retention.years'] ?? null
  const measure = ({ unit, amount }: TypedMeasure) => ({ unit, amount: amount ?? 0 })
  return {
    names: typed.names,
    source: title === '' ? null : { title, provisions: typed['source.provisions'] ?? '', url: typed['source.url']?.trim() || null },
    clocks: typed.clocks.map((clock) => ({
      ...clock,
      measure: measure(clock.measure),
      extensions: clock.extensions.map((one) => ({ ...one, measure: measure(one.measure) })),
    })),
    tellsRoute: typed.tellsRoute ?? false,
    retention: years === null ? null : { years, from: typed['retention.from'] ?? 'closed', by: typed['retention.by'] ?? 'law' },
  }
}
