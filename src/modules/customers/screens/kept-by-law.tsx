import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useWords } from '#ui/words.ts'
import type { api } from '../api.ts'

type Erasure = ResultOf<typeof api.erasures>['items'][number]
type Kept = NonNullable<Erasure['keptByLaw']>

/** Until when the law wants something kept about a person, and which rules say so. */
export function KeptByLaw({ kept }: { readonly kept: Kept }) {
  // How much is kept, each module says in its own words.
  const modules = [...new Set(kept.rules.map(({ rule }) => moduleOf(rule)))]
  const t = useWords('customers', ...modules)
  const format = useFormat()
  const rules = format.list(kept.rules.map(({ rule, title, count }) => t(`${moduleOf(rule)}:keeping`, { count, rule: title })))
  return kept.until === null ? t('erasures.keptOpen', { rules }) : t('erasures.keptUntil', { day: format.day(kept.until), rules })
}

/** How far a request has come. */
export function ErasureState({ erasure: { state, dueOn } }: { readonly erasure: Pick<Erasure, 'state' | 'dueOn'> }) {
  const t = useWords('customers')
  const format = useFormat()
  if (state !== 'waiting') return t(`erasures.states.${state}`)
  return (
    <>
      {t('erasures.states.waiting')}
      <div className="muted">{dueOn === null ? t('erasures.dueLater') : t('erasures.dueOn', { day: format.day(dueOn) })}</div>
    </>
  )
}

const moduleOf = (rule: string): string => rule.split('.')[0] ?? ''
