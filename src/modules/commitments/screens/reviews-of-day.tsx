import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'

const shown = 5

/** On My day: the own archives that have waited longest for somebody to look through them (B-03). */
export function ReviewsOfDay() {
  const t = useWords('commitments')
  const format = useFormat()
  const found = useRead(commitmentsApi.archiveReviews, { limit: shown })
  return (
    <Loaded of={found} lines={2}>
      {({ items, next }) =>
        items.length === 0 ? (
          <p className="muted">{t('archive.nothing')}</p>
        ) : (
          <>
            <ul className="plain-list">
              {items.map(({ id, name, days }) => (
                <li key={id}>
                  <Link to={`/customers/${id}`}>{name}</Link>{' '}
                  <span className="muted">{t('archive.untouchedFor', { count: days, days: format.number(days) })}</span>
                </li>
              ))}
            </ul>
            <Link to="/archive-reviews">{t(next === null ? 'archive.toReviews' : 'archive.moreReviews')}</Link>
          </>
        )
      }
    </Loaded>
  )
}
