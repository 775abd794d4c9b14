import { Tabs } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { Chart } from '#ui/chart.tsx'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Panel } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { termsApi } from '../api/terms.ts'
import { StandingTag } from './standing-tag.tsx'
import './orders.css'

type Broken = ResultOf<typeof termsApi.brokenPromises>['items'][number]

/** How promised days are kept (E-13): the shares of each month, what is overdue now, and what came late. */
export function DeliveriesPage() {
  const t = useWords('orders')
  const { mayAll } = useSession()
  const [params, setParams] = useSearchParams()
  const state = params.get('view') === 'late' ? 'late' : 'overdue'
  return (
    <Page title={t('promises.title')} about={t('promises.about')}>
      {mayAll('orders.read') && <Months />}
      <Tabs
        activeKey={state}
        onChange={(key) => setParams(key === 'late' ? { view: key } : {}, { replace: true })}
        items={(['overdue', 'late'] as const).map((key) => ({
          key,
          label: t(`promises.${key}`),
          children: <BrokenPromises state={key} />,
        }))}
      />
    </Page>
  )
}

function Months() {
  const t = useWords('orders')
  const format = useFormat()
  const months = useRead(termsApi.promiseMonths, {})
  return (
    <Panel>
      <Loaded of={months}>
        {({ items }) => {
          const due = items.reduce((sum, one) => sum + one.due, 0)
          const broken = items.reduce((sum, one) => sum + one.late + one.overdue, 0)
          if (due === 0) return <Empty title={t('promises.empty')}>{t('promises.emptyHelp')}</Empty>
          return (
            <Chart
              label={t('promises.chart')}
              columns={[
                { key: 'month', label: t('promises.month'), kind: 'text' },
                { key: 'early', label: t('promises.earlyShare'), kind: 'percent' },
                { key: 'onTime', label: t('promises.onTimeShare'), kind: 'percent' },
                { key: 'late', label: t('promises.lateShare'), kind: 'percent' },
                { key: 'overdue', label: t('promises.overdueShare'), kind: 'percent' },
                { key: 'due', label: t('promises.due'), kind: 'whole' },
                { key: 'meanLateDays', label: t('promises.meanLateDays'), kind: 'number' },
                { key: 'open', label: t('promises.ahead'), kind: 'whole' },
              ]}
              rows={items.map((one) => ({
                month: one.month,
                early: one.earlyShare,
                onTime: one.onTimeShare,
                late: one.lateShare,
                overdue: one.overdueShare,
                due: one.due,
                meanLateDays: one.meanLateDays,
                open: one.open,
              }))}
              option={({ axis, colours }) => ({
                legend: {},
                xAxis: { ...axis('month'), type: 'category' },
                yAxis: axis('onTime', { name: '', max: 1 }),
                series: (
                  [
                    ['early', colours.good],
                    ['onTime', colours.info],
                    ['late', colours.bad],
                    ['overdue', colours.muted],
                  ] as const
                ).map(([key, color]) => ({
                  type: 'bar',
                  stack: 'shares',
                  name: t(`promises.${key}Share`),
                  barMaxWidth: 40,
                  itemStyle: { color },
                  encode: { x: 'month', y: key },
                })),
              })}
              reading={t('promises.reading', { due: format.number(due), share: format.percent(broken / due, 1) })}
            />
          )
        }}
      </Loaded>
    </Panel>
  )
}

function BrokenPromises({ state }: { state: 'overdue' | 'late' }) {
  const t = useWords('orders')
  const format = useFormat()
  const pages = usePages(termsApi.brokenPromises, { state, limit: 50 })
  return (
    <DataTable<Broken>
      name={`promises-${state}`}
      label={t(`promises.${state}`)}
      pages={pages}
      rowKey={(row) => row.orderId}
      to={(row) => `/orders/${row.orderId}`}
      columns={[
        { key: 'number', title: t('field.number'), cell: (row) => row.number ?? <span className="muted">{t('noNumber')}</span> },
        {
          key: 'customer',
          title: t('field.customer'),
          cell: (row) => <Link to={`/customers/${row.customerId}`}>{row.customerName || t('noName')}</Link>,
        },
        { key: 'promised', title: t('promises.promisedDay'), cell: (row) => format.day(row.promisedDay) },
        ...(state === 'late'
          ? [{ key: 'delivered', title: t('promises.deliveredDay'), cell: (row: Broken) => format.day(row.deliveredDay) }]
          : []),
        { key: 'days', title: t('promises.standing'), cell: (row) => <StandingTag promise={{ standing: state, days: row.days }} /> },
      ]}
      empty={<Empty title={t(`promises.no-${state}`)}>{t('promises.noneHelp')}</Empty>}
    />
  )
}
