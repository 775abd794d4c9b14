import { Chart } from '#ui/chart.tsx'
import { useFormat } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { ReportPage } from './report-page.tsx'

/** How lifetime values are spread over the customers. */
export function LifetimePage() {
  const t = useWords('value')
  const format = useFormat()
  return (
    <ReportPage name="lifetime" of={useRead(valueApi.lifetimeValues, {})}>
      {(part) => (
        <>
          <dl className="value-figures">
            {(
              [
                ['figure.lifetimeValue', part.totalMinor],
                ['figure.mean', part.meanMinor],
                ['figure.median', part.medianMinor],
              ] as const
            ).map(([label, value]) => (
              <div key={label}>
                <dt>{t(label)}</dt>
                <dd>{format.money(value === null ? null : Math.round(value))}</dd>
              </div>
            ))}
          </dl>
          <Panel>
            <Chart
              label={t('lifetime.chart')}
              columns={[
                { key: 'range', label: t('lifetime.range'), kind: 'text' },
                { key: 'customers', label: t('figure.customers'), kind: 'whole' },
                { key: 'total', label: t('figure.lifetimeValue'), kind: 'money' },
              ]}
              rows={part.bins.map((bin) => ({
                range:
                  bin.toMinor === null
                    ? t('lifetime.from', { from: format.money(bin.fromMinor, null, { short: true }) })
                    : `${format.money(bin.fromMinor, null, { short: true })} – ${format.money(bin.toMinor, null, { short: true })}`,
                customers: bin.customers,
                total: bin.totalMinor,
              }))}
              option={({ axis }) => ({
                xAxis: { ...axis('range'), type: 'category' },
                yAxis: axis('customers'),
                series: [{ type: 'bar', encode: { x: 'range', y: 'customers' } }],
              })}
              reading={t('lifetime.reading', {
                customers: format.number(part.customers),
                months: part.horizonMonths,
                discount: format.percent(part.discountPercentPerMonth / 100, 1),
              })}
            />
          </Panel>
        </>
      )}
    </ReportPage>
  )
}
