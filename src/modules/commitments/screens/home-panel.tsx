import { Link } from 'react-router'
import { Loaded } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { OwedList } from './owed-list.tsx'

const shown = 5

/** On the home page: the first of what is owed today, and the way to the rest. */
export function HomePanel() {
  const t = useWords('commitments')
  const day = useRead(commitmentsApi.myDay, {})
  return (
    <Loaded of={day} lines={3}>
      {({ owed }) => (
        <>
          {owed.length === 0 ? (
            <p className="muted">{t('myDay.nothingOwed')}</p>
          ) : (
            <OwedList label={t('panel.today')} items={owed.slice(0, shown)} />
          )}
          <p>
            <Link to="/my-day">{owed.length > shown ? t('home.rest', { count: owed.length - shown }) : t('home.all')}</Link>
          </p>
        </>
      )}
    </Loaded>
  )
}
