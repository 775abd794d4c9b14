import { Chart } from '#ui/chart.tsx'
import { useFormat } from '#ui/format.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import type { Home } from './home-page.tsx'

type Months = NonNullable<Home['keep']>['months']

/** New, retained and converted customers per month (M-01). */
export function KeepingChart({ months }: { months: Months }) {
  const t = useWords('insight')
  const format = useFormat()
  const { language } = useLanguage()
  const nameOf = (month: string) =>
    new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))
  const last = months.at(-1)
  return (
    <Chart
      label={t('keeping.chart')}
      columns={[
        { key: 'month', label: t('keeping.month'), kind: 'text' },
        { key: 'won', label: t('keeping.won'), kind: 'whole' },
        { key: 'retained', label: t('keeping.retained'), kind: 'whole' },
        { key: 'converted', label: t('keeping.converted'), kind: 'whole' },
      ]}
      rows={months.map(({ month, won, retained, converted }) => ({ month: nameOf(month), won, retained, converted }))}
      option={({ axis }) => ({
        legend: { bottom: 0 },
        xAxis: { ...axis('month'), type: 'category', name: '' },
        yAxis: { ...axis('won'), name: '' },
        series: [
          { type: 'bar', name: t('keeping.won'), encode: { x: 'month', y: 'won' } },
          { type: 'bar', name: t('keeping.retained'), encode: { x: 'month', y: 'retained' } },
          { type: 'line', name: t('keeping.converted'), encode: { x: 'month', y: 'converted' } },
        ],
      })}
      reading={
        last &&
        t('keeping.reading', {
          month: nameOf(last.month),
          won: format.number(last.won),
          retained: format.number(last.retained),
          converted: format.number(last.converted),
        })
      }
    />
  )
}
