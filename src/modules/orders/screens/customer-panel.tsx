import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Link } from 'react-router'
import { Chart } from '#ui/chart.tsx'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { ordersApi } from '../api.ts'
import { useOrderColumns } from './order-columns.tsx'
import './orders.css'

/** On a customer's page: every order, and the consumption ledger by year (B-14). */
export function CustomerPanel({ customerId }: { customerId: string }) {
  const t = useWords('orders')
  const { may } = useSession()
  const pages = usePages(ordersApi.ofCustomer, { customerId, limit: 10 })
  const columns = useOrderColumns({ customer: false })
  const add = may('orders.write') && (
    <Link to={`/orders/new?customer=${customerId}`}>
      <Button icon={<PlusOutlined />}>{t('add')}</Button>
    </Link>
  )
  return (
    <>
      <DataTable
        name="customer-orders"
        label={t('panel.orders')}
        columns={columns}
        pages={pages}
        rowKey={(order) => order.id}
        to={(order) => `/orders/${order.id}`}
        toolbar={pages.items.length > 0 && add}
        empty={
          <Empty title={t('customerEmpty')} action={add}>
            {t('customerEmptyHelp')}
          </Empty>
        }
      />
      {pages.items.length > 0 && <Ledger customerId={customerId} />}
    </>
  )
}

function Ledger({ customerId }: { customerId: string }) {
  const t = useWords('orders')
  const format = useFormat()
  const ledger = useRead(ordersApi.ledger, { customerId })
  return (
    <Loaded of={ledger} lines={3}>
      {({ years }) => {
        const best = years.reduce((a, b) => (b.netMinor > a.netMinor ? b : a), years[0]!)
        return (
          <div className="order-ledger">
            <Chart
              label={t('ledger.title')}
              height={years.length > 6 ? 260 : 200}
              columns={[
                { key: 'year', label: t('ledger.year'), kind: 'text' },
                { key: 'orders', label: t('ledger.orders'), kind: 'whole' },
                { key: 'revenue', label: t('figure.revenue'), kind: 'money' },
                { key: 'discount', label: t('figure.discount'), kind: 'money' },
                { key: 'refund', label: t('figure.refund'), kind: 'money' },
                { key: 'net', label: t('figure.net'), kind: 'money' },
              ]}
              rows={years.toReversed().map((one) => ({
                year: String(one.year),
                orders: one.orders,
                revenue: one.revenueMinor,
                discount: one.discountMinor,
                refund: one.refundMinor,
                net: one.netMinor,
              }))}
              option={({ axis }) => ({
                xAxis: { ...axis('year'), type: 'category' },
                yAxis: axis('net'),
                series: [{ type: 'bar', barMaxWidth: 56, encode: { x: 'year', y: 'net' } }],
              })}
              reading={t('ledger.reading', {
                count: years.length,
                total: format.money(years.reduce((sum, one) => sum + one.netMinor, 0)),
                year: String(best.year),
                best: format.money(best.netMinor),
              })}
            />
          </div>
        )
      }}
    </Loaded>
  )
}
