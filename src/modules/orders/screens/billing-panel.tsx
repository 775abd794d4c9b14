import { Link } from 'react-router'
import { Chart } from '#ui/chart.tsx'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Money } from '#ui/money.tsx'
import { Loaded, Panel } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { billingApi } from '../api/billing.ts'

/** Among the orders: how often bills are disputed and corrected (O-04), and which disputes are open. */
export function BillingPanel() {
  const t = useWords('orders')
  const format = useFormat()
  const { mayAll } = useSession()
  const pages = usePages(billingApi.openDisputes, { limit: 50 })
  return (
    <>
      {mayAll('orders.read') && <Months />}
      <DataTable
        name="open-disputes"
        label={t('billing.openDisputes')}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/orders/${row.orderId}`}
        columns={[
          { key: 'number', title: t('field.number'), cell: (row) => row.number ?? <span className="muted">{t('noNumber')}</span> },
          {
            key: 'customer',
            title: t('field.customer'),
            cell: (row) => <Link to={`/customers/${row.customerId}`}>{row.customerName || t('noName')}</Link>,
          },
          { key: 'reason', title: t('billing.why'), cell: (row) => t(`billing.reason.${row.reason}`) },
          { key: 'note', title: t('billing.note'), cell: (row) => row.note ?? '–', optional: true },
          { key: 'net', title: t('figure.net'), align: 'end', cell: (row) => <Money minor={row.netMinor} /> },
          { key: 'since', title: t('billing.since'), cell: (row) => format.instant(row.openedAt) },
        ]}
        empty={<Empty title={t('billing.noOpen')}>{t('billing.noOpenHelp')}</Empty>}
      />
    </>
  )
}

function Months() {
  const t = useWords('orders')
  const format = useFormat()
  const months = useRead(billingApi.billingMonths, {})
  return (
    <Loaded of={months}>
      {({ items }) => {
        const billed = items.reduce((sum, one) => sum + one.billed, 0)
        const disputed = items.reduce((sum, one) => sum + one.disputed, 0)
        const corrections = items.reduce((sum, one) => sum + one.corrections, 0)
        if (disputed + corrections === 0) return null
        return (
          <Panel>
            <Chart
              label={t('billing.chart')}
              height={240}
              columns={[
                { key: 'month', label: t('promises.month'), kind: 'text' },
                { key: 'rate', label: t('billing.rate'), kind: 'number' },
                { key: 'disputed', label: t('billing.disputedOrders'), kind: 'whole' },
                { key: 'billed', label: t('billing.billed'), kind: 'whole' },
                { key: 'corrections', label: t('billing.corrections'), kind: 'whole' },
                { key: 'corrected', label: t('billing.correctedAmount'), kind: 'money' },
              ]}
              rows={items.map((one) => ({
                month: one.month,
                rate: one.disputedPerThousand,
                disputed: one.disputed,
                billed: one.billed,
                corrections: one.corrections,
                corrected: one.correctedMinor,
              }))}
              option={({ axis }) => ({
                xAxis: { ...axis('month'), type: 'category' },
                yAxis: axis('rate'),
                series: [{ type: 'bar', barMaxWidth: 40, encode: { x: 'month', y: 'rate' } }],
              })}
              reading={t('billing.reading', {
                disputed: format.number(disputed),
                billed: format.number(billed),
                corrections: format.number(corrections),
              })}
            />
          </Panel>
        )
      }}
    </Loaded>
  )
}
