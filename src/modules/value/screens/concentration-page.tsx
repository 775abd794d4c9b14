import { Chart } from '#ui/chart.tsx'
import { useFormat } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { ReportPage } from './report-page.tsx'

/** The 80/20 reading of one's own book. */
export function ConcentrationPage() {
  const t = useWords('value')
  const format = useFormat()
  return (
    <ReportPage name="concentration" of={useRead(valueApi.concentration, {})}>
      {({ revenue, profit }) => {
        const profits = new Map(profit?.curve.map((point) => [point.customers, point.value]))
        return (
          <Panel>
            <Chart
              label={t('concentration.chart')}
              columns={[
                { key: 'customers', label: t('figure.shareOfCustomers'), kind: 'percent' },
                { key: 'revenue', label: t('figure.shareOfRevenue'), kind: 'percent' },
                { key: 'profit', label: t('figure.shareOfProfit'), kind: 'percent' },
              ]}
              rows={
                (revenue ?? profit)?.curve.map((point) => ({
                  customers: point.customers,
                  revenue: revenue ? point.value : null,
                  profit: profits.get(point.customers) ?? null,
                })) ?? []
              }
              height={380}
              option={({ axis }) => ({
                legend: {},
                xAxis: { ...axis('customers'), max: 1 },
                // Far above 100 % only where customers who cost more than they bring pull the profit down again.
                yAxis: axis('revenue', { name: '', max: (found: { max: number }) => (found.max > 1.02 ? null : 1) }),
                series: [
                  {
                    type: 'line',
                    name: t('figure.shareOfRevenue'),
                    showSymbol: false,
                    encode: { x: 'customers', y: 'revenue' },
                    markLine: {
                      silent: true,
                      symbol: 'none',
                      label: { formatter: ({ name }) => name },
                      data: [
                        { xAxis: 0.2, name: format.percent(0.2) },
                        { yAxis: 0.8, name: format.percent(0.8) },
                      ],
                    },
                  },
                  { type: 'line', name: t('figure.shareOfProfit'), showSymbol: false, encode: { x: 'customers', y: 'profit' } },
                ],
              })}
              reading={[revenue && reading(revenue, 'revenue'), profit && reading(profit, 'profit')].filter(Boolean).join(' ')}
            />
            <p className="muted">{t('concentration.source')}</p>
          </Panel>
        )
      }}
    </ReportPage>
  )

  function reading(of: { topFifth: number; customersForFourFifths: number }, what: string): string {
    return t(`concentration.${what}`, {
      topFifth: format.percent(of.topFifth),
      needed: format.percent(of.customersForFourFifths, 1),
    })
  }
}
