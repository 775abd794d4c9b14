import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'

/** While somebody talks with a customer: what they are owed next. */
export function DeskGlance({ customerId }: { customerId: string }) {
  const t = useWords('commitments')
  const format = useFormat()
  const { data } = useRead(commitmentsApi.ofCustomer, { customerId, limit: 1 }, { keepPrevious: false })
  const [next] = data?.items ?? []
  if (!next) return null
  return (
    <dl className="facts">
      <div>
        <dt>{t('panel.next')}</dt>
        <dd>
          <Link to={`/commitments/${next.id}`}>{next.title}</Link>{' '}
          <span className="muted">{[t(`kind.${next.kind}`), format.day(next.dueDay)].join(' · ')}</span>
        </dd>
      </div>
    </dl>
  )
}
