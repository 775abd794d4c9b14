import { Segmented } from 'antd'
import { useState } from 'react'
import { Chart } from '#ui/chart.tsx'
import { Panel } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { ReportPage } from './report-page.tsx'

/** More cohorts than this are too small to read; the older ones are in the export. */
const shownCohorts = 36

/** The retention triangle: who came back how many months after the first purchase. */
export function CohortsPage() {
  const t = useWords('value')
  const [measure, setMeasure] = useState<'retention' | 'active' | 'value'>('retention')
  return (
    <ReportPage name="cohorts" of={useRead(valueApi.cohorts, {})}>
      {(part) => {
        const skip = Math.max(0, part.active.length - shownCohorts)
        const rows = part.active.flatMap((active, cohort) =>
          cohort < skip
            ? []
            : active.map((customers, months) => ({
                cohort: monthText(part.firstMonth + cohort),
                months: String(months),
                retention: active[0] ? customers / active[0] : null,
                active: customers,
                value: part.value[cohort]?.[months] ?? null,
              })),
        )
        const most = Math.max(0, ...rows.filter((row) => row.months !== '0').map((row) => row[measure] ?? 0))
        const width = part.active.length - skip
        return (
          <Panel>
            <Segmented
              aria-label={t('cohorts.measure')}
              value={measure}
              onChange={setMeasure}
              options={(['retention', 'active', 'value'] as const).map((value) => ({ value, label: t(`cohorts.${value}`) }))}
            />
            <Chart
              label={t('cohorts.chart')}
              height={Math.max(240, 90 + width * 26)}
              columns={[
                { key: 'cohort', label: t('cohorts.cohort'), kind: 'text' },
                { key: 'months', label: t('cohorts.months'), kind: 'text' },
                { key: 'retention', label: t('cohorts.retention'), kind: 'percent' },
                { key: 'active', label: t('cohorts.active'), kind: 'whole' },
                { key: 'value', label: t('cohorts.value'), kind: 'money' },
              ]}
              rows={rows}
              option={({ axis, colours, write, narrow }) => ({
                xAxis: { ...axis('months'), type: 'category' },
                yAxis: { ...axis('cohort', { nameGap: 66 }), type: 'category', inverse: true },
                visualMap: {
                  show: false,
                  min: 0,
                  max: most || 1,
                  dimension: ['cohort', 'months', 'retention', 'active', 'value'].indexOf(measure),
                  inRange: { color: [...colours.scale] },
                },
                series: [
                  {
                    type: 'heatmap',
                    encode: { x: 'months', y: 'cohort', value: measure },
                    label: {
                      show: !narrow && width <= 18,
                      formatter: ({ data }) => write(measure, (data as Record<string, number | null>)[measure] ?? null),
                    },
                  },
                ],
              })}
              reading={t('cohorts.reading')}
            />
          </Panel>
        )
      }}
    </ReportPage>
  )
}

const monthText = (month: number): string => `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
