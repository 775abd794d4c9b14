import { useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'

const mostCounted = 100

/** How many open commitments somebody owes. */
export function CommitmentHoldings({ userId }: { userId: string }) {
  const t = useWords('commitments')
  const format = useFormat()
  const { data } = useRead(commitmentsApi.list, { owner: userId, limit: mostCounted }, { keepPrevious: false })
  if (!data || data.items.length === 0) return null
  const found = format.number(data.items.length)
  return <p>{t('departure.holds', { found: data.next === null ? found : `${found}+` })}</p>
}
