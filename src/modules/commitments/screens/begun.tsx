import { useFormat } from '#ui/format.ts'
import { useWords } from '#ui/words.ts'
import { type Beginnings, proactiveShare } from '../domain/proactive.ts'

/** Which share of the contacts of the last half year we began ourselves: proactive care (L-06). */
export function Begun({ begun }: { begun: Beginnings }) {
  const t = useWords('commitments')
  const format = useFormat()
  const share = proactiveShare(begun)
  if (share === null) return <span className="muted">{t('begun.none')}</span>
  return <>{t('begun.share', { share: format.percent(share), ours: format.number(begun.ours), theirs: format.number(begun.theirs) })}</>
}
