import { Chart } from '#ui/chart.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Report, Tile } from './report-board.tsx'
import { useReportFilter } from './report-filters.tsx'

/** How many ordered again after their complaint was settled, against the band of the literature and beside customers who never complained (G-17). */
export function Repurchase() {
  const t = useWords('cases')
  const format = useFormat()
  const { input } = useReportFilter()
  const found = useRead(casesApi.reportRepurchase, input)
  return (
    <Loaded of={found} lines={4}>
      {({ days, until, most, resolved, without, inBand, band, comparison, difference, interval }) => {
        const row = (key: 'resolved' | 'without', of: typeof resolved) => ({
          who: t(`repurchase.${key}`),
          ...{ customers: of.whole, again: of.part, share: of.share, low: of.interval?.low ?? null, high: of.interval?.high ?? null },
          ...{ bandLow: band.low, bandHigh: band.high },
        })
        return (
          <>
            <Chart
              label={t('repurchase.chart', { days })}
              height={220}
              columns={[
                { key: 'who', label: t('repurchase.who'), kind: 'text' },
                { key: 'customers', label: t('repurchase.customers'), kind: 'whole' },
                { key: 'again', label: t('repurchase.again'), kind: 'whole' },
                { key: 'share', label: t('repurchase.share'), kind: 'percent' },
                { key: 'low', label: t('rates.low'), kind: 'percent' },
                { key: 'high', label: t('rates.high'), kind: 'percent' },
                { key: 'bandLow', label: t('repurchase.bandLow'), kind: 'percent' },
                { key: 'bandHigh', label: t('repurchase.bandHigh'), kind: 'percent' },
              ]}
              rows={[row('resolved', resolved), row('without', without)]}
              option={({ axis, colours, narrow }) => ({
                ...(narrow ? {} : { legend: {} }),
                xAxis: axis('share', { name: '', min: 0, max: 1 }),
                yAxis: { ...axis('who'), type: 'category', name: '' },
                series: [
                  {
                    type: 'bar',
                    name: t('repurchase.share'),
                    encode: { x: 'share', y: 'who' },
                    barMaxWidth: 32,
                    // The band of the literature lies behind the company's own figures.
                    markArea: {
                      silent: true,
                      itemStyle: { color: colours.good, opacity: 0.15 },
                      data: [[{ xAxis: band.low }, { xAxis: band.high }]],
                    },
                  },
                ],
              })}
              reading={`${t(`repurchase.inBand.${inBand}`, { low: format.percent(band.low), high: format.percent(band.high) })} ${t(
                `repurchase.${comparison}`,
                {
                  difference: format.percent(difference, 1),
                  low: format.percent(interval?.low, 1),
                  high: format.percent(interval?.high, 1),
                },
              )}`}
            />
            <p className="muted">{t('repurchase.note', { days, until: format.day(until), most: format.number(most) })}</p>
          </>
        )
      }}
    </Loaded>
  )
}

/** What the literature makes of our own counts; never our own figures, so they stand apart with their source. */
export function Benchmarks({ report }: { readonly report: Report }) {
  const t = useWords('cases')
  const format = useFormat()
  const { iceberg, wordOfMouth } = report
  return (
    <>
      <div className="tiles">
        <Tile title={t('iceberg.dissatisfied')} value={format.number(iceberg.dissatisfied)}>
          {t('iceberg.note', { persistent: format.number(iceberg.persistent), silent: format.number(iceberg.silent) })}
        </Tile>
        <Tile title={t('mouth.good')} value={format.number(wordOfMouth.good)}>
          {t('mouth.goodNote', { satisfied: format.number(wordOfMouth.satisfied) })}
        </Tile>
        <Tile title={t('mouth.bad')} value={format.number(wordOfMouth.bad)}>
          {t('mouth.badNote', { dissatisfied: format.number(wordOfMouth.dissatisfied) })}
        </Tile>
      </div>
      <p className="muted">{t('benchmark.source')}</p>
    </>
  )
}
