import { Chart } from '#ui/chart.tsx'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useWords } from '#ui/words.ts'
import type { casesApi } from '../api.ts'

export type Recurrence = NonNullable<ResultOf<typeof casesApi.problemRecurrence>['recurrence']>
type Check = Recurrence['checks'][number]

/** Complaints since the actions beside what the former rate would have brought, and what each check says. */
export function RecurrenceChart({ found }: { readonly found: Recurrence }) {
  const t = useWords('cases')
  const format = useFormat()
  const sentence = useCheckSentence()
  const { curve, before, measure, curedOn } = found
  return (
    <>
      <p className="muted">
        {t('recurrence.before', {
          complaints: format.number(before.complaints),
          days: before.days,
          orders: format.number(before.orders),
          day: format.day(curedOn),
        })}{' '}
        {t(`recurrence.by.${measure}`)}
      </p>
      {curve.length > 0 && (
        <Chart
          label={t('recurrence.chart')}
          height={260}
          columns={[
            { key: 'day', label: t('recurrence.day'), kind: 'whole' },
            { key: 'complaints', label: t('recurrence.complaints'), kind: 'whole' },
            { key: 'expected', label: t('recurrence.expected'), kind: 'number' },
          ]}
          rows={curve.map(({ day, complaints, expected }) => ({ day, complaints, expected }))}
          option={({ axis, colours, narrow }) => ({
            ...(narrow ? {} : { legend: {} }),
            xAxis: axis('day', { name: t('recurrence.day') }),
            yAxis: axis('complaints', { name: '', min: 0 }),
            series: [
              { type: 'line', name: t('recurrence.complaints'), encode: { x: 'day', y: 'complaints' }, showSymbol: false, step: 'end' },
              {
                type: 'line',
                name: t('recurrence.expected'),
                encode: { x: 'day', y: 'expected' },
                showSymbol: false,
                lineStyle: { type: 'dashed', color: colours.muted },
              },
            ],
          })}
        />
      )}
      <ul className="case-checks">
        {found.checks.map((check) => (
          <li key={check.checkDay}>
            <strong>{t('recurrence.after', { days: check.checkDay })}</strong> {sentence(check, measure)}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What a check says, with the figures it says it by. */
export function useCheckSentence(): (check: Check, measure: Recurrence['measure']) => string {
  const t = useWords('cases')
  const format = useFormat()
  return ({ verdict, why, after, before, ratio, interval, chance, expectedAfter, neededWithoutComplaint }, measure) => {
    if (why === 'day-not-reached') return t('checkWhy.day-not-reached')
    const figures = {
      complaints: format.number(after.complaints),
      expected: format.number(expectedAfter, 1),
      before: format.number(before.complaints),
      ratio: format.percent(ratio, 0),
      low: format.percent(interval?.low, 0),
      high: format.percent(interval?.high, 0),
      chance: format.percent(chance, 1),
      needed: format.number(neededWithoutComplaint),
      unit: t(`recurrence.unit.${measure}`),
    }
    const needed =
      (why === 'cannot-tell' || why === 'nothing-before') && neededWithoutComplaint !== null ? ` ${t('checkWhy.needed', figures)}` : ''
    return `${t(`verdict.${verdict}`, { defaultValue: verdict })}: ${t(`checkWhy.${why}`, figures)}${needed}`
  }
}
