import { Tag } from 'antd'
import { useWords } from '#ui/words.ts'
import type { PromiseView } from '../api/terms.ts'

/** How a promised day was kept, in a few words. */
export function StandingTag({ promise: { standing, days } }: { promise: Pick<PromiseView, 'standing' | 'days'> }) {
  const t = useWords('orders')
  if (standing === null) return null
  const broken = standing === 'late' || standing === 'overdue'
  const kept = standing === 'early' || standing === 'on-time'
  return (
    <Tag className={broken ? 'order-broken' : kept ? 'order-kept' : ''}>{t(`standing.${standing}`, { count: Math.abs(days ?? 0) })}</Tag>
  )
}
