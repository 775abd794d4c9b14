import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import { useWords } from '#ui/words.ts'
import type { casesApi } from '../api.ts'
import type { Measure } from '../domain/report.ts'
import { useReportFilter } from './report-filters.tsx'
import { useTimeTaken } from './report-words.ts'

export type Report = ResultOf<typeof casesApi.report>
type Share = Report['board']['late']
type Durations = Report['board']['firstAnswer']

/** Figure, what it was made of, and the way to its cases. */
export function Tile({
  title,
  value,
  to,
  children,
}: {
  readonly title: string
  readonly value: ReactNode
  readonly to?: string
  readonly children?: ReactNode
}) {
  const name = <span className="tile-name">{title}</span>
  return (
    <div className="tile">
      {to ? <Link to={to}>{name}</Link> : name}
      <strong className="tile-value">{value}</strong>
      <span className="tile-note">{children}</span>
    </div>
  )
}

/** The board of figures (F-13). Where a figure is made of few cases, that stands beside it. */
export function Board({ report }: { readonly report: Report }) {
  const t = useWords('cases')
  const format = useFormat()
  const duration = useTimeTaken()
  const { query, input } = useReportFilter()
  // Of other kinds nobody judges whether they are right.
  const judged = input.kind === undefined || input.kind === 'complaint' || input.kind === 'claim'
  const to = (measure: Measure) => `/cases/report/cases?${query}${query ? '&' : ''}measure=${measure}`
  const { board, rates } = report
  const share = (of: Share) => (of.share === null ? t('figure.none') : format.percent(of.share, 1))
  const made = (of: Share) =>
    of.whole === 0 ? t('figure.nothing') : t('figure.partOf', { part: format.number(of.part), whole: format.number(of.whole) })
  const few = (basis: 'none' | 'few' | 'enough') => basis === 'few' && <span className="tile-few">{t('figure.few')}</span>
  const quantiles = (of: Durations) => (
    <>
      {/* Unknown while too many are still on their way. */}
      {of.p90.seconds?.estimate != null && t('figure.ninth', { time: duration(of.p90.seconds.estimate) })} {few(of.basis)}
    </>
  )
  return (
    <Section title={t('board.title')} about={t('board.about')}>
      <div className="tiles">
        <Tile title={t('board.cases')} value={format.number(report.cases)} to={to('all')}>
          {rates.overall.perThousand !== null && t('board.perThousand', { rate: format.number(rates.overall.perThousand, 1) })}{' '}
          {few(rates.overall.basis)}
        </Tile>
        {judged && (
          <Tile title={t('board.established')} value={format.number(board.established.part)} to={to('established')}>
            {board.established.whole === 0 ? t('figure.nothing') : t('board.establishedOf', { share: share(board.established) })}{' '}
            {board.establishedRate.perThousand !== null &&
              t('board.perThousand', { rate: format.number(board.establishedRate.perThousand, 1) })}{' '}
            {few(board.established.basis)}
          </Tile>
        )}
        {judged && (
          <Tile
            title={t('board.notEstablished')}
            value={format.number(board.established.whole - board.established.part)}
            to={to('not-established')}
          >
            {t('board.notEstablishedNote')} <Link to={to('undecided')}>{t('board.undecided', { count: board.undecided })}</Link>
          </Tile>
        )}
        <Tile title={t('board.firstAnswer')} value={duration(board.firstAnswer.median.seconds?.estimate)} to={to('answered')}>
          {quantiles(board.firstAnswer)}
        </Tile>
        <Tile title={t('board.notAnswered')} value={format.number(board.firstAnswer.stillOpen)} to={to('not-answered')} />
        <Tile title={t('board.settlement')} value={duration(board.settlement.median.seconds?.estimate)} to={to('settled')}>
          {quantiles(board.settlement)}
        </Tile>
        <Tile title={t('board.notSettled')} value={format.number(board.settlement.stillOpen)} to={to('not-settled')} />
        <Tile title={t('board.late')} value={share(board.late)} to={to('late')}>
          {made(board.late)} {few(board.late.basis)}
        </Tile>
        <Tile title={t('board.reopened')} value={share(board.reopened)} to={to('reopened')}>
          {made(board.reopened)} {few(board.reopened.basis)}
        </Tile>
        <Tile title={t('board.satisfied')} value={share(board.satisfied)} to={to('satisfied')}>
          {made(board.satisfied)} {few(board.satisfied.basis)}
          <Link to={to('dissatisfied')}>{t('board.dissatisfied')}</Link>
        </Tile>
        {report.quality && (
          <>
            <Tile title={t('board.sevenR')} value={share(report.quality.sevenR)} to={to('seven-r-met')}>
              {made(report.quality.sevenR)} {few(report.quality.sevenR.basis)}
              <Link to={to('seven-r-not-met')}>{t('board.sevenRNotMet')}</Link>
            </Tile>
            <Tile title={t('board.courtesy')} value={share(report.quality.courtesy)} to={to('courteous')}>
              {made(report.quality.courtesy)} {few(report.quality.courtesy.basis)}
              <Link to={to('not-courteous')}>{t('board.notCourteous')}</Link>
            </Tile>
          </>
        )}
        <Tile title={t('board.found')} value={share(board.found)} to={to('raised')}>
          {board.found.whole === 0
            ? t('figure.nothing')
            : t('board.foundOf', { part: format.number(board.found.part), whole: format.number(board.found.whole) })}{' '}
          {few(board.found.basis)}
        </Tile>
        <Tile title={t('board.backlog')} value={format.number(board.backlog.cases)}>
          {t('board.backlogAge', { time: duration(board.backlog.median.seconds?.estimate) })}
        </Tile>
      </div>
    </Section>
  )
}
