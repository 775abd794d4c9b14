import { Chart } from '#ui/chart.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { RecurrenceChart } from './recurrence-chart.tsx'

/** The complaints of a problem week by week against the control limit, and how they went since the actions. */
export function ProblemWeeks({ problemId }: { readonly problemId: string }) {
  const t = useWords('cases')
  const format = useFormat()
  const found = useRead(casesApi.problemRecurrence, { problemId })
  return (
    <Loaded of={found}>
      {({ weeks, alert, recurrence }) => (
        <>
          <Section title={t('weeks.title')} about={t('weeks.about')}>
            <Chart
              label={t('weeks.chart')}
              height={260}
              columns={[
                { key: 'from', label: t('weeks.from'), kind: 'day' },
                { key: 'complaints', label: t('recurrence.complaints'), kind: 'whole' },
                { key: 'expected', label: t('weeks.expected'), kind: 'number' },
                { key: 'limit', label: t('weeks.limit'), kind: 'number' },
              ]}
              rows={weeks.map(({ from, complaints, expected, limit }) => ({ from, complaints, expected, limit }))}
              option={({ axis, colours, narrow }) => ({
                ...(narrow ? {} : { legend: {} }),
                xAxis: { ...axis('from'), type: 'category' },
                yAxis: axis('complaints', { name: '', min: 0 }),
                series: [
                  { type: 'bar', name: t('recurrence.complaints'), encode: { x: 'from', y: 'complaints' }, barMaxWidth: 18 },
                  {
                    type: 'line',
                    name: t('weeks.expected'),
                    encode: { x: 'from', y: 'expected' },
                    showSymbol: false,
                    lineStyle: { color: colours.muted },
                  },
                  {
                    type: 'line',
                    name: t('weeks.limit'),
                    encode: { x: 'from', y: 'limit' },
                    showSymbol: false,
                    lineStyle: { type: 'dashed', color: colours.bad },
                  },
                ],
              })}
              reading={t(`weeks.verdict.${alert.verdict}`, {
                complaints: format.number(alert.complaints),
                expected: format.number(alert.expected, 1),
                limit: format.number(alert.upperCount),
              })}
            />
          </Section>
          {recurrence && (
            <Section title={t('recurrence.title')} about={t('recurrence.about')}>
              <RecurrenceChart found={recurrence} />
            </Section>
          )}
        </>
      )}
    </Loaded>
  )
}
