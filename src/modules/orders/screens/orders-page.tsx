import { PlusOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { Chart } from '#ui/chart.tsx'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { ordersApi } from '../api.ts'
import { BillingPanel } from './billing-panel.tsx'
import { useOrderColumns } from './order-columns.tsx'
import './orders.css'

/** Everybody's orders by day, and the sales whose customer nobody knows. */
export function OrdersPage() {
  const t = useWords('orders')
  const { may } = useSession()
  const navigate = useNavigate()
  const [params, setParams] = useSearchParams()
  return (
    <Page
      title={t('list.title')}
      about={t('list.about')}
      actions={
        <>
          {may('imports.write') && (
            <Link to="/import?kind=orders">
              <Button>{t('list.import')}</Button>
            </Link>
          )}
          {may('orders.write') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/orders/new')}>
              {t('form.new')}
            </Button>
          )}
        </>
      }
    >
      <Tabs
        activeKey={views.find((view) => view === params.get('view')) ?? 'all'}
        onChange={(key) => setParams(key === 'all' ? {} : { view: key }, { replace: true })}
        items={[
          { key: 'all', label: t('list.all'), children: <AllOrders /> },
          { key: 'anonymous', label: t('anonymous.title'), children: <Anonymous /> },
          { key: 'billing', label: t('billing.tab'), children: <BillingPanel /> },
        ]}
      />
    </Page>
  )
}

/** Besides all orders. */
const views: readonly string[] = ['anonymous', 'billing']

function AllOrders() {
  const t = useWords('orders')
  const { may } = useSession()
  const pages = usePages(ordersApi.latest, { limit: 50 })
  const columns = useOrderColumns({ customer: true })
  return (
    <DataTable
      name="orders"
      label={t('list.title')}
      columns={columns}
      pages={pages}
      rowKey={(order) => order.id}
      to={(order) => `/orders/${order.id}`}
      empty={
        <Empty
          title={t('list.empty')}
          action={
            may('imports.write') && (
              <Link to="/import?kind=orders">
                <Button type="primary">{t('list.import')}</Button>
              </Link>
            )
          }
        >
          {t('list.emptyHelp')}
        </Empty>
      }
    />
  )
}

function Anonymous() {
  const t = useWords('orders')
  const format = useFormat()
  const months = useRead(ordersApi.anonymousMonths, {})
  return (
    <>
      <p className="section-about order-about">{t('anonymous.about')}</p>
      <Loaded of={months}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('anonymous.empty')}>{t('anonymous.emptyHelp')}</Empty>
          ) : (
            <>
              <Chart
                label={t('anonymous.chart')}
                height={240}
                columns={[
                  { key: 'month', label: t('anonymous.month'), kind: 'text' },
                  { key: 'sales', label: t('anonymous.sales'), kind: 'whole' },
                  { key: 'lines', label: t('field.lines'), kind: 'whole' },
                  { key: 'revenue', label: t('figure.revenue'), kind: 'money' },
                  { key: 'discount', label: t('figure.discount'), kind: 'money' },
                  { key: 'refund', label: t('figure.refund'), kind: 'money' },
                  { key: 'net', label: t('figure.net'), kind: 'money' },
                ]}
                rows={items.toReversed().map((one) => ({
                  month: one.month,
                  sales: one.sales,
                  lines: one.lines,
                  revenue: one.revenueMinor,
                  discount: one.discountMinor,
                  refund: one.refundMinor,
                  net: one.netMinor,
                }))}
                option={({ axis }) => ({
                  xAxis: { ...axis('month'), type: 'category' },
                  yAxis: axis('net'),
                  series: [{ type: 'bar', barMaxWidth: 40, encode: { x: 'month', y: 'net' } }],
                })}
                reading={t('anonymous.reading', {
                  count: items.length,
                  net: format.money(items.reduce((sum, one) => sum + one.netMinor, 0)),
                  sales: format.number(items.reduce((sum, one) => sum + one.sales, 0)),
                })}
              />
              <DataTable
                name="anonymous-sales"
                label={t('anonymous.title')}
                rowKey={(one) => one.month}
                pages={{ items }}
                columns={[
                  { key: 'month', title: t('anonymous.month'), cell: (one) => one.month },
                  { key: 'sales', title: t('anonymous.sales'), align: 'end', cell: (one) => format.number(one.sales) },
                  { key: 'lines', title: t('field.lines'), align: 'end', cell: (one) => format.number(one.lines) },
                  { key: 'revenue', title: t('figure.revenue'), align: 'end', cell: (one) => format.money(one.revenueMinor) },
                  { key: 'refund', title: t('figure.refund'), align: 'end', cell: (one) => format.money(one.refundMinor) },
                  { key: 'net', title: t('figure.net'), align: 'end', cell: (one) => format.money(one.netMinor) },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </>
  )
}
