import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { Tile } from './report-board.tsx'
import { useTimeTaken } from './report-words.ts'
import './cases.css'
import './seeing.css'

/** Service at a glance: what was done, how well, and where it stands. For whoever sees everybody; others have their queue. */
export function HomePanel() {
  const t = useWords('cases')
  const { mayAll } = useSession()
  return mayAll('cases.read') ? <Card /> : <Link to="/cases?queue=mine">{t('home.queue')}</Link>
}

function Card() {
  const t = useWords('cases')
  const format = useFormat()
  const duration = useTimeTaken()
  const found = useRead(casesApi.scorecard, {})
  return (
    <Loaded of={found} lines={3}>
      {({ open, late, newThisWeek, newWeekBefore, satisfied, firstAnswer, settlement, touches, acts }) => (
        <>
          <div className="tiles">
            <Tile title={t('home.open')} value={format.number(open)} to="/cases?queue=open">
              {late > 0 ? t('home.late', { count: late }) : t('home.noneLate')}
            </Tile>
            <Tile title={t('home.new')} value={format.number(newThisWeek)} to="/cases?queue=all">
              {t('home.weekBefore', { count: newWeekBefore })}
            </Tile>
            <Tile
              title={t('home.satisfied')}
              value={satisfied.share === null ? t('figure.none') : format.percent(satisfied.share, 0)}
              to="/cases/report"
            >
              {satisfied.whole === 0
                ? t('figure.nothing')
                : t('figure.partOf', { part: format.number(satisfied.part), whole: format.number(satisfied.whole) })}
            </Tile>
            <Tile title={t('board.firstAnswer')} value={duration(firstAnswer.median.seconds?.estimate)} to="/cases/report">
              {t('home.settled', { time: duration(settlement.median.seconds?.estimate) })}
            </Tile>
          </div>
          <p className="muted">
            {t('home.done', { acts: format.number(acts), touches: format.number(touches) })}{' '}
            <Link to="/cases/report">{t('home.report')}</Link>
          </p>
        </>
      )}
    </Loaded>
  )
}
