import { Tag } from 'antd'
import { decimalsOf, nothingKnown, useFormat } from '#ui/format.ts'
import { Money } from '#ui/money.tsx'
import { DataTable } from '#ui/table.tsx'
import { useLanguage, useWords } from '#ui/words.ts'
import type { OrderDetail } from './order-page.tsx'

type Line = OrderDetail['lines'][number]

/** The lines of an order, with what each costs and how that is known. */
export function OrderLines({ order }: { order: OrderDetail }) {
  const t = useWords('orders')
  const format = useFormat()
  const { language } = useLanguage()
  const price = (text: string | null) => (text === null ? nothingKnown : unitPriceText(text, order.currency, language))
  const discounted = order.lines.some((line) => line.discountMinor !== 0)
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
        {
          key: 'quantity',
          title: t('field.quantity'),
          align: 'end',
          cell: (line) => (line.kind === 'goods' ? decimalText(format.number, line.quantity) : null),
        },
        {
          key: 'unitPrice',
          title: t('field.unitPrice'),
          align: 'end',
          cell: (line) => (line.kind === 'goods' ? <span className="figure">{price(line.unitPrice)}</span> : null),
        },
        ...(discounted
          ? [
              {
                key: 'discount',
                title: t('field.discount'),
                align: 'end' as const,
                cell: (line: Line) => (line.kind === 'goods' ? <Money minor={line.discountMinor} /> : null),
              },
            ]
          : []),
        {
          key: 'net',
          title: t('field.amount'),
          align: 'end',
          cell: (line) => (line.kind === 'goods' || line.kind === 'discount' ? <Money minor={line.netMinor} /> : null),
        },
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

/** A price of one unit: as many places as it has, at least those of the currency. */
export function unitPriceText(text: string, currency: string, language: string): string {
  const places = text.split('.')[1]?.length ?? 0
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: Math.max(places, decimalsOf(currency)),
    maximumFractionDigits: Math.max(places, decimalsOf(currency)),
  }).format(Number(text))
}
