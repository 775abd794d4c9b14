import { useNavigate } from 'react-router'
import { Chart } from '#ui/chart.tsx'
import { useFormat } from '#ui/format.ts'
import { Panel, Section } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { customersLink } from './links.ts'
import { ReportPage } from './report-page.tsx'

/** Recency against frequency; a cell leads to its customers. */
export function RfmPage() {
  const t = useWords('value', 'customers')
  const format = useFormat()
  const navigate = useNavigate()
  return (
    <ReportPage name="rfm" of={useRead(valueApi.rfm, {})}>
      {({ bands, cells, limits, segments, windowDays }) => {
        const most = Math.max(1, ...cells.map((cell) => cell.customers))
        const scores = Array.from({ length: bands }, (_, i) => i + 1)
        return (
          <>
            <Panel>
              <Chart
                label={t('rfm.chart')}
                height={420}
                columns={[
                  { key: 'recency', label: t('rfm.recencyScore'), kind: 'text' },
                  { key: 'frequency', label: t('rfm.frequencyScore'), kind: 'text' },
                  { key: 'customers', label: t('figure.customers'), kind: 'whole' },
                  { key: 'monetary', label: t('rfm.monetaryScore'), kind: 'number' },
                  { key: 'revenue', label: t('figure.revenue'), kind: 'money' },
                ]}
                rows={cells.map((cell) => ({
                  recency: String(cell.recency),
                  frequency: String(cell.frequency),
                  customers: cell.customers,
                  monetary: cell.monetaryScore,
                  revenue: cell.revenueMinor,
                }))}
                onPick={(row) => navigate(customersLink({ recencyScore: row.recency ?? '', frequencyScore: row.frequency ?? '' }))}
                option={({ axis, colours }) => ({
                  xAxis: { ...axis('frequency'), type: 'category', data: scores.map(String) },
                  yAxis: { ...axis('recency'), type: 'category', data: scores.map(String) },
                  visualMap: { show: false, min: 0, max: most, dimension: 2, inRange: { color: [...colours.scale] } },
                  series: [{ type: 'heatmap', encode: { x: 'frequency', y: 'recency', value: 'customers' }, label: { show: true } }],
                })}
                reading={t('rfm.reading')}
              />
            </Panel>
            <Section title={t('rfm.segments')} about={t('rfm.segmentsAbout')}>
              <DataTable
                name="value-segments"
                label={t('rfm.segments')}
                rowKey={(row) => row.segment}
                to={(row) => customersLink({ segment: row.segment })}
                pages={{ items: segments }}
                columns={[
                  { key: 'segment', title: t('rfm.segment'), cell: (row) => t(`customers:segment.${row.segment}`) },
                  { key: 'customers', title: t('figure.customers'), align: 'end', cell: (row) => format.number(row.customers) },
                  { key: 'revenue', title: t('figure.revenue'), align: 'end', cell: (row) => format.money(row.revenueMinor) },
                  { key: 'profit', title: t('figure.profit'), align: 'end', cell: (row) => format.money(row.profitMinor) },
                ]}
              />
            </Section>
            <Section
              title={t('rfm.limits')}
              about={
                windowDays === null ? t('rfm.limitsAll') : t('rfm.limitsWindow', { count: windowDays, days: format.number(windowDays) })
              }
            >
              <DataTable
                name="value-rfm-limits"
                label={t('rfm.limits')}
                rowKey={(row) => String(row.score)}
                pages={{
                  items: scores.slice(1).map((score, i) => ({
                    score,
                    recency: limits.recencyDays[i] ?? null,
                    frequency: limits.frequency[i] ?? null,
                    monetary: limits.monetaryMinor[i] ?? null,
                  })),
                }}
                columns={[
                  { key: 'score', title: t('rfm.score'), cell: (row) => row.score },
                  { key: 'recency', title: t('rfm.recencyUpTo'), align: 'end', cell: (row) => format.number(row.recency) },
                  { key: 'frequency', title: t('rfm.frequencyFrom'), align: 'end', cell: (row) => format.number(row.frequency) },
                  { key: 'monetary', title: t('rfm.monetaryFrom'), align: 'end', cell: (row) => format.money(row.monetary) },
                ]}
              />
            </Section>
          </>
        )
      }}
    </ReportPage>
  )
}
