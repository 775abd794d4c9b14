import { Alert } from 'antd'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { TableScroll } from '#ui/table-scroll.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { insightApi } from '../api.ts'
import { KeepingChart } from './keeping-chart.tsx'
import './insight.css'

type Benchmarks = ResultOf<typeof insightApi.benchmarks>

/** What keeping customers brings and what winning them costs: figures of the literature with their source, and the company's own beside them. */
export function KeepingPage() {
  const t = useWords('insight')
  const format = useFormat()
  const home = useRead(insightApi.home, {})
  const benchmarks = useRead(insightApi.benchmarks, {})
  const asOf = benchmarks.data?.asOf
  return (
    <Page title={t('keeping.page')} about={asOf ? t('home.asOf', { day: format.day(asOf) }) : t('keeping.pageAbout')}>
      <Section title={t('keeping.title')} about={t('keeping.about')}>
        <Loaded of={home}>
          {({ keep }) => (keep ? <KeepingChart months={keep.months} /> : <Empty title={t('keeping.none')}>{t('keeping.noneHelp')}</Empty>)}
        </Loaded>
      </Section>
      <Loaded of={benchmarks}>
        {({ retention, winning }) => (
          <div className="benchmarks">
            <RetentionCard retention={retention} />
            <WinningCard winning={winning} />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

/** Breaks on a phone between its ends and not within an amount. */
const Range = ({ from, to }: { from: string; to: string }) => (
  <>
    <span className="nowrap">{from} –</span> <span className="nowrap">{to}</span>
  </>
)

/** Five per cent more customers who stay: both ranges of the sources, and what they would mean for the own profit (I-22). */
function RetentionCard({ retention: { ranges, own } }: { retention: Benchmarks['retention'] }) {
  const t = useWords('insight')
  const format = useFormat()
  return (
    <Section title={t('benchmark.retention.title')} about={t('benchmark.retention.about')}>
      <TableScroll label={t('benchmark.retention.title')}>
        <table className="table table-compact">
          <caption className="hidden">{t('benchmark.retention.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('benchmark.source')}</th>
              <th scope="col" className="end">
                {t('benchmark.retention.rise')}
              </th>
              {own && (
                <th scope="col" className="end">
                  {t('benchmark.retention.yours')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {ranges.map(({ source, low, high }) => {
              const mine = own?.ranges.find((range) => range.source === source)
              return (
                <tr key={source}>
                  <td>{t(`benchmark.from.${source}`)}</td>
                  <td className="end">
                    <Range from={format.percent(low)} to={format.percent(high)} />
                  </td>
                  {own && (
                    <td className="end">
                      {mine && (
                        <Range
                          from={format.money(mine.lowMinor, null, { short: true })}
                          to={format.money(mine.highMinor, null, { short: true })}
                        />
                      )}
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </TableScroll>
      {own ? (
        <p className="muted">
          {t('benchmark.retention.own', { profit: format.money(own.profitMinor), from: format.day(own.from), to: format.day(own.to) })}{' '}
          {own.basis !== 'known' && t(`benchmark.retention.basis-${own.basis}`)}
        </p>
      ) : (
        <p className="muted">{t('benchmark.noOwn')}</p>
      )}
      <p className="muted">{t('benchmark.caution')}</p>
    </Section>
  )
}

/** The own multiplier beside the benchmark of five, and a warning where as many leave as come (I-23). */
function WinningCard({ winning: { benchmark, own } }: { winning: Benchmarks['winning'] }) {
  const t = useWords('insight')
  const format = useFormat()
  const rounded = (minor: number | null) => format.money(minor === null ? null : Math.round(minor))
  return (
    <Section title={t('benchmark.winning.title')} about={t('benchmark.winning.about', { benchmark: format.number(benchmark) })}>
      {own?.leaking && (
        <Alert
          type="warning"
          showIcon
          title={t('benchmark.winning.leaking', { won: format.number(own.won), lost: format.number(own.lost) })}
          description={t('benchmark.winning.leakingHelp')}
        />
      )}
      <dl className="facts">
        <Fact label={t('benchmark.winning.literature')}>{t('benchmark.winning.times', { ratio: format.number(benchmark) })}</Fact>
        {own && (
          <>
            <Fact label={t('benchmark.winning.ratio')}>
              <strong>
                {own.ratio === null ? format.number(null) : t('benchmark.winning.times', { ratio: format.number(own.ratio, 1) })}
              </strong>
            </Fact>
            <Fact label={t('benchmark.winning.perNew')}>
              {rounded(own.perNewMinor)}{' '}
              <span className="muted">
                {t('benchmark.winning.share', { spent: format.money(own.acquireMinor), customers: format.number(own.won) })}
              </span>
            </Fact>
            <Fact label={t('benchmark.winning.perKept')}>
              {rounded(own.perKeptMinor)}{' '}
              <span className="muted">
                {t('benchmark.winning.share', { spent: format.money(own.retainMinor), customers: format.number(own.kept) })}
              </span>
            </Fact>
            <Fact label={t('benchmark.winning.lost')}>{format.number(own.lost)}</Fact>
          </>
        )}
      </dl>
      {own ? (
        <>
          <p className="muted">{t('benchmark.winning.year', { from: format.day(own.from), to: format.day(own.to) })}</p>
          {own.bothMinor > 0 && <p className="muted">{t('benchmark.winning.both', { spent: format.money(own.bothMinor) })}</p>}
          {!own.comparable && <p className="muted">{t('benchmark.winning.young')}</p>}
          {own.ratio === null && (
            <p>
              {t('benchmark.winning.unknown')} <Link to="/value/spend">{t('benchmark.winning.enter')}</Link>
            </p>
          )}
        </>
      ) : (
        <p className="muted">{t('benchmark.noOwn')}</p>
      )}
      <p className="muted">{t('benchmark.winning.source')}</p>
    </Section>
  )
}

const Fact = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)
