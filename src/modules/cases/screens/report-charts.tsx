import { Select } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Chart } from '#ui/chart.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Dimension, dimensions } from '../domain/report.ts'
import type { Report } from './report-board.tsx'
import { useReportFilter } from './report-filters.tsx'
import { useKeyNames } from './report-words.ts'

/** Complaints per thousand orders by month, with the interval in which the true rate lies. */
export function Rates({ report }: { readonly report: Report }) {
  const t = useWords('cases')
  const format = useFormat()
  const { rates } = report
  const hasOrders = rates.overall.orders > 0
  return (
    <Section title={t('rates.title')} about={t('rates.about')}>
      <Chart
        label={t('rates.chart')}
        columns={[
          { key: 'month', label: t('report.month'), kind: 'text' },
          { key: 'complaints', label: t('report.cases'), kind: 'whole' },
          { key: 'orders', label: t('rates.orders'), kind: 'whole' },
          { key: 'rate', label: t('rates.perThousand'), kind: 'number' },
          { key: 'low', label: t('rates.low'), kind: 'number' },
          { key: 'high', label: t('rates.high'), kind: 'number' },
        ]}
        rows={rates.periods.map(({ period, complaints, orders, perThousand, interval }) => ({
          ...{ month: period, complaints, orders, rate: perThousand, low: interval?.low ?? null, high: interval?.high ?? null },
        }))}
        option={({ axis, colours, narrow }) => ({
          ...(narrow ? {} : { legend: {} }),
          xAxis: { ...axis('month'), type: 'category' },
          yAxis: axis(hasOrders ? 'rate' : 'complaints', { name: '', min: 0 }),
          series: hasOrders
            ? [
                { type: 'line', name: t('rates.perThousand'), encode: { x: 'month', y: 'rate' }, lineStyle: { width: 3 } },
                {
                  type: 'line',
                  name: t('rates.low'),
                  encode: { x: 'month', y: 'low' },
                  showSymbol: false,
                  lineStyle: { type: 'dashed', color: colours.muted },
                },
                {
                  type: 'line',
                  name: t('rates.high'),
                  encode: { x: 'month', y: 'high' },
                  showSymbol: false,
                  lineStyle: { type: 'dashed', color: colours.muted },
                },
              ]
            : [{ type: 'bar', name: t('report.cases'), encode: { x: 'month', y: 'complaints' }, barMaxWidth: 40 }],
        })}
        reading={
          hasOrders
            ? // Where all lie in the first or the last month nothing grows steadily, so that there is no change a month to be named.
              t(`rates.${rates.interval ? 'verdict' : 'atEnd'}.${rates.verdict}`, {
                change: format.percent(rates.change, 1),
                low: format.percent(rates.interval?.low, 1),
                high: format.percent(rates.interval?.high, 1),
              })
            : t('rates.noOrders')
        }
      />
      {rates.uneven && <p className="muted">{t('rates.uneven')}</p>}
    </Section>
  )
}

function DimensionChoice({ value, onChange }: { readonly value: Dimension; readonly onChange: (value: Dimension) => void }) {
  const t = useWords('cases')
  return (
    <Select<Dimension>
      aria-label={t('report.by')}
      className="case-kind-choice"
      value={value}
      onChange={onChange}
      options={dimensions.map((one) => ({ value: one, label: t(`dimension.${one}`) }))}
    />
  )
}

/** What complaints are about, the largest first, with the running total; the vital few stand out (F-12). */
export function ParetoChart({ report }: { readonly report: Report }) {
  const t = useWords('cases')
  const format = useFormat()
  const navigate = useNavigate()
  const nameOf = useKeyNames()
  const { query } = useReportFilter()
  const [by, setBy] = useState<Dimension>('reason')
  const { chart, unsaid } = report.paretos[by]
  const name = nameOf(by)
  const bars = chart.bars.map(({ key, value, share, cumulative, vital }) => ({
    ...{ key, name: name(key), vital: vital ? value : null, rest: vital ? null : value, share, cumulative },
  }))
  const other = chart.other && {
    key: null,
    name: t('pareto.other', { count: chart.other.keys }),
    vital: null,
    rest: chart.other.value,
    share: chart.other.share,
    cumulative: 1,
  }
  return (
    <Section title={t('pareto.title')} about={t('pareto.about')} actions={<DimensionChoice value={by} onChange={setBy} />}>
      {chart.total === 0 ? (
        <p className="muted">{t('pareto.none')}</p>
      ) : (
        <Chart
          label={t('pareto.chart', { by: t(`dimension.${by}`) })}
          height={360}
          columns={[
            { key: 'name', label: t(`dimension.${by}`), kind: 'text' },
            { key: 'vital', label: t('pareto.vital'), kind: 'whole' },
            { key: 'rest', label: t('pareto.rest'), kind: 'whole' },
            { key: 'share', label: t('pareto.share'), kind: 'percent' },
            { key: 'cumulative', label: t('pareto.cumulative'), kind: 'percent' },
          ]}
          rows={other ? [...bars, other] : bars}
          option={({ axis, colours, narrow }) => ({
            ...(narrow ? {} : { legend: {} }),
            xAxis: {
              ...axis('name'),
              type: 'category',
              axisLabel: { interval: 0, rotate: bars.length > 5 || narrow ? 35 : 0, width: 120, overflow: 'truncate' },
            },
            yAxis: [axis('vital', { name: '', min: 0 }), axis('cumulative', { name: '', min: 0, max: 1, splitLine: { show: false } })],
            series: [
              {
                type: 'bar',
                stack: 'cases',
                name: t('pareto.vital'),
                encode: { x: 'name', y: 'vital' },
                itemStyle: { color: colours.bad },
                barMaxWidth: 56,
              },
              {
                type: 'bar',
                stack: 'cases',
                name: t('pareto.rest'),
                encode: { x: 'name', y: 'rest' },
                itemStyle: { color: colours.muted },
                barMaxWidth: 56,
              },
              { type: 'line', yAxisIndex: 1, name: t('pareto.cumulative'), encode: { x: 'name', y: 'cumulative' } },
            ],
          })}
          onPick={(row) => {
            if (typeof row.key === 'string')
              navigate(`/cases/report/cases?${query}${query ? '&' : ''}by=${by}&key=${encodeURIComponent(row.key)}`)
          }}
          reading={
            chart.basis === 'few'
              ? t('pareto.few', { total: format.number(chart.total) })
              : t(chart.pronounced ? 'pareto.reading' : 'pareto.flat', {
                  names: format.list(chart.vital.slice(0, 6).map(name)),
                  count: chart.vital.length,
                  share: format.percent(chart.vitalShare, 0),
                })
          }
        />
      )}
      {unsaid > 0 && <p className="muted">{t('pareto.unsaid', { count: format.number(unsaid) })}</p>}
    </Section>
  )
}

/** How the largest of a dimension went from month to month. */
export function Trends() {
  const t = useWords('cases')
  const format = useFormat()
  const nameOf = useKeyNames()
  const { input } = useReportFilter()
  const [by, setBy] = useState<Dimension>('category')
  const trends = useRead(casesApi.reportTrends, { ...input, by })
  const name = nameOf(by)
  return (
    <Section title={t('trends.title')} about={t('trends.about')} actions={<DimensionChoice value={by} onChange={setBy} />}>
      <Loaded of={trends}>
        {({ months, rows, others }) => {
          if (rows.length === 0) return <p className="muted">{t('pareto.none')}</p>
          const rest = others.some((count) => count > 0)
          const moving = rows.filter(({ verdict }) => verdict === 'rising' || verdict === 'falling')
          return (
            <Chart
              label={t('trends.chart', { by: t(`dimension.${by}`) })}
              columns={[
                { key: 'month', label: t('report.month'), kind: 'text' },
                ...rows.map(({ key }) => ({ key: `k:${key}`, label: name(key), kind: 'whole' as const })),
                ...(rest ? [{ key: 'others', label: t('trends.others'), kind: 'whole' as const }] : []),
              ]}
              rows={months.map((month, i) => ({
                month,
                ...Object.fromEntries(rows.map(({ key, months: counts }) => [`k:${key}`, counts[i] ?? 0])),
                ...(rest ? { others: others[i] ?? 0 } : {}),
              }))}
              option={({ axis, narrow }) => ({
                ...(narrow ? {} : { legend: { type: 'scroll' } }),
                xAxis: { ...axis('month'), type: 'category' },
                yAxis: axis(`k:${rows[0]!.key}`, { name: '', min: 0 }),
                series: rows.map(({ key }) => ({ type: 'line', name: name(key), encode: { x: 'month', y: `k:${key}` } })),
              })}
              reading={
                moving.length === 0
                  ? t('trends.still')
                  : moving
                      .map(({ key, verdict, change }) =>
                        t(change === null ? `trends.atEnd.${verdict}` : `trends.${verdict}`, {
                          name: name(key),
                          change: format.percent(change, 0),
                        }),
                      )
                      .join(' ')
              }
            />
          )
        }}
      </Loaded>
    </Section>
  )
}

/** What complaints cost, by category: work, remedies, gifts, less what came back. */
export function Cost({ cost }: { readonly cost: Report['cost'] }) {
  const t = useWords('cases')
  const format = useFormat()
  const rows = [
    ...cost.categories.map((row) => ({
      ...row,
      name: row.category === '' ? t('report.without') : t(`category.${row.category}`, { defaultValue: row.category }),
    })),
    { ...cost.total, share: null, category: 'total', name: t('regulator.all') },
  ]
  return (
    <Section title={t('cost.title')} about={t('cost.about')}>
      <DataTable
        name="case-cost"
        figures
        label={t('cost.title')}
        pages={{ items: rows }}
        rowKey={(row) => row.category}
        columns={[
          { key: 'name', title: t('field.category'), cell: (row) => row.name },
          { key: 'cases', title: t('report.cases'), align: 'end', cell: (row) => format.number(row.cases) },
          { key: 'handling', title: t('cost.handling'), align: 'end', cell: (row) => format.money(row.handlingMinor) },
          { key: 'remedies', title: t('cost.remedies'), align: 'end', cell: (row) => format.money(row.remediesMinor) },
          { key: 'goodwill', title: t('cost.goodwill'), align: 'end', cell: (row) => format.money(row.goodwillMinor) },
          { key: 'recovered', title: t('cost.recovered'), align: 'end', cell: (row) => format.money(row.recoveredMinor) },
          { key: 'cost', title: t('cost.cost'), align: 'end', cell: (row) => <strong>{format.money(row.costMinor)}</strong> },
          { key: 'each', title: t('cost.each'), align: 'end', cell: (row) => format.money(row.perCaseMinor) },
        ]}
      />
    </Section>
  )
}
