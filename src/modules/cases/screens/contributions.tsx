import { Tag } from 'antd'
import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'

/** Whose suggestions were adopted is known for it (G-28). */
export function Contributions({ customerId }: { readonly customerId: string }) {
  const t = useWords('cases')
  const format = useFormat()
  const { data } = useRead(casesApi.contributions, { customerId })
  if (!data || data.items.length === 0) return null
  return (
    <section aria-label={t('contribution.title')}>
      <p>
        <Tag color="success">{t('contribution.contributor')}</Tag> {t('contribution.count', { count: data.items.length })}
      </p>
      <ul className="plain-list">
        {data.items.map(({ id, number, subject, adoptedAt, reward, published }) => (
          <li key={id}>
            <Link to={`/cases/${id}`}>{`${number} ${subject}`}</Link>
            <div className="muted">
              {[
                t('contribution.adopted', { at: format.instant(adoptedAt) }),
                reward && t('contribution.rewarded', { reward }),
                published && t('contribution.published'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
