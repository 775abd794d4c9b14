import { useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'

const mostCounted = 100

/** How many cases that have not ended somebody handles. */
export function CaseHoldings({ userId }: { readonly userId: string }) {
  const t = useWords('cases')
  const format = useFormat()
  const { data } = useRead(casesApi.ofHandler, { userId, limit: mostCounted }, { keepPrevious: false })
  if (!data || data.items.length === 0) return null
  const found = format.number(data.items.length)
  return <p>{t('departure.holds', { found: data.next === null ? found : `${found}+` })}</p>
}
