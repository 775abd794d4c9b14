import type { ResultOf } from '#ui/client.ts'
import { type Names, useNamed } from '#ui/named.ts'
import { useWords } from '#ui/words.ts'
import type { casesApi } from '../api.ts'
import { useMeasure } from './clock-words.ts'

/** A set of rules, as it ships or of the company's own. */
export type Rules = ResultOf<typeof casesApi.regimes>['regimes'][number]

/** What rules, their clocks and extensions are called: by the company, or as the product ships them. */
export function useRuleWords() {
  const t = useWords('cases')
  const named = useNamed()
  const said = useMeasure()
  const either = (names: Names | null, key: string) => (names === null ? t(key) : named(names))
  const nameOf = ({ key, names }: Pick<Rules, 'key' | 'names'>) => either(names, `regime.${key}`)
  const clockOf = ({ key, names }: { readonly key: string; readonly names: Names | null }) => either(names, `clock.key.${key}`)
  const extensionOf = ({ key, names }: { readonly key: string; readonly names: Names | null }) => either(names, `extension.${key}`)
  /** What they ask for, in one line. */
  const asks = ({ clocks, retention, tellsRoute }: Pick<Rules, 'clocks' | 'retention' | 'tellsRoute'>) =>
    [
      ...clocks.map((clock) => t('settings.asks', { what: clockOf(clock), measure: said(clock.measure) })),
      ...(retention?.by === 'law' ? [t('settings.keeps', { count: retention.years })] : []),
      ...(tellsRoute ? [t('settings.tellsRoute')] : []),
    ].join(' · ')
  return { nameOf, clockOf, extensionOf, asks }
}
