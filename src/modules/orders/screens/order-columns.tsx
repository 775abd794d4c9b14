import { Tag } from 'antd'
import { Link } from 'react-router'
import { nothingKnown, useFormat } from '#ui/format.ts'
import { Money } from '#ui/money.tsx'
import type { Column } from '#ui/table.tsx'
import { useWords } from '#ui/words.ts'
import type { OrderView } from '../api.ts'
import { StandingTag } from './standing-tag.tsx'

/** What lists of orders show; `customer` where orders of several stand among each other. */
export function useOrderColumns({ customer }: { customer: boolean }): readonly Column<OrderView>[] {
  const t = useWords('orders')
  const format = useFormat()
  return [
    { key: 'day', title: t('field.day'), cell: (order) => format.day(order.day) },
    {
      key: 'number',
      title: t('field.number'),
      cell: (order) => (
        <span className="order-number">
          {order.number ?? <span className="muted">{t('noNumber')}</span>} <KindTag order={order} />
        </span>
      ),
    },
    ...(customer
      ? [
          {
            key: 'customer',
            title: t('field.customer'),
            cell: (order: OrderView) => <Link to={`/customers/${order.customerId}`}>{order.customerName || t('noName')}</Link>,
          },
        ]
      : []),
    { key: 'lines', title: t('field.lines'), align: 'end', cell: (order) => format.number(order.lineCount) },
    { key: 'revenue', title: t('figure.revenue'), align: 'end', optional: true, cell: (order) => <Money minor={order.revenueMinor} /> },
    { key: 'discount', title: t('figure.discount'), align: 'end', optional: true, cell: (order) => <Money minor={order.discountMinor} /> },
    { key: 'refund', title: t('figure.refund'), align: 'end', optional: true, cell: (order) => <Money minor={order.refundMinor} /> },
    { key: 'net', title: t('figure.net'), align: 'end', cell: (order) => <Money minor={order.netMinor} /> },
    {
      key: 'promised',
      title: t('promises.promisedDay'),
      optional: true,
      cell: (order) => (order.promise?.promisedDay ? format.day(order.promise.promisedDay) : nothingKnown),
    },
    {
      key: 'delivery',
      title: t('promises.standing'),
      optional: true,
      cell: (order) =>
        order.promise?.standing ? (
          <StandingTag promise={order.promise} />
        ) : order.promise?.deliveredDay ? (
          format.day(order.promise.deliveredDay)
        ) : (
          nothingKnown
        ),
    },
    { key: 'channel', title: t('field.channel'), cell: (order) => order.channel ?? '–', optional: true },
    { key: 'campaign', title: t('field.campaign'), cell: (order) => order.campaign ?? '–', optional: true },
    { key: 'source', title: t('field.source'), cell: (order) => <SourceOf order={order} />, optional: true },
  ]
}

/** What kind of order it is, where it is not simply a purchase. */
export function KindTag({ order }: { order: OrderView }) {
  const t = useWords('orders')
  return order.kind === 'purchase' ? null : <Tag>{t(`kind.${order.kind}`)}</Tag>
}

export function SourceOf({ order }: { order: OrderView }) {
  const t = useWords('orders')
  return <>{order.source === 'hand' ? t('byHand') : order.byHand ? t('changedByHand', { source: order.source }) : order.source}</>
}
