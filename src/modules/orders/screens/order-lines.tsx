import { Tag } from 'antd'
import { nothingKnown, useFormat } from '#ui/format.ts'
import { Money } from '#ui/money.tsx'
import { DataTable } from '#ui/table.tsx'
import { useWords } from '#ui/words.ts'
import type { OrderDetail } from './order-page.tsx'

/** The lines of an order, with what each costs and how that is known. */
export function OrderLines({ order }: { order: OrderDetail }) {
  const t = useWords('orders')
  const format = useFormat()
  const price = (text: string | null) => (text === null ? nothingKnown : `${decimalText(format.number, text)} ${order.currency}`)
  return (
    <DataTable
      name="order-lines"
      label={t('one.lines')}
      rowKey={(line) => String(line.place)}
      pages={{ items: order.lines }}
      columns={[
        {
          key: 'product',
          title: t('field.product'),
          cell: (line) => (
            <span>
              {line.name ?? line.product ?? t(`lineKind.${line.kind}`)}{' '}
              {line.product && line.name && <span className="muted">{line.product}</span>}{' '}
              {line.kind !== 'goods' && (line.name || line.product) && <Tag>{t(`lineKind.${line.kind}`)}</Tag>}
            </span>
          ),
        },
        { key: 'quantity', title: t('field.quantity'), align: 'end', cell: (line) => decimalText(format.number, line.quantity) },
        {
          key: 'unitPrice',
          title: t('field.unitPrice'),
          align: 'end',
          cell: (line) => <span className="figure">{price(line.unitPrice)}</span>,
        },
        { key: 'discount', title: t('field.discount'), align: 'end', cell: (line) => <Money minor={line.discountMinor} /> },
        { key: 'net', title: t('field.amount'), align: 'end', cell: (line) => <Money minor={line.netMinor} /> },
        {
          key: 'cost',
          title: t('field.cost'),
          align: 'end',
          cell: (line) => (
            <span>
              <Money minor={line.costMinor} />{' '}
              {line.kind !== 'discount' && <span className="muted">{t(`costBasis.${line.costBasis}`)}</span>}
            </span>
          ),
        },
      ]}
    />
  )
}

/** A decimal text in the person's way of writing, with as many places as it has. */
export const decimalText = (write: (value: number, digits?: number) => string, text: string): string =>
  write(Number(text), text.split('.')[1]?.length ?? 0)
