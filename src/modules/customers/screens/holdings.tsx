import { useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'

/** How many customers somebody looks after. */
export function CustomerHoldings({ userId }: { userId: string }) {
  const t = useWords('customers')
  const format = useFormat()
  const { data } = useRead(api.load, { userId }, { keepPrevious: false })
  if (!data || data.customers === 0) return null
  return <p>{t('departures.count', { customers: format.number(data.customers) })}</p>
}
