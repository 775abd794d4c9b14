import { Alert, Button, Tag } from 'antd'
import { useState } from 'react'
import { useConfirm } from '#ui/confirm.ts'
import { nothingKnown, useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type TermsView, termsApi } from '../api/terms.ts'
import { alsoChanges } from './also-changes.ts'
import { DeliveryDialog, FreightDialog } from './delivery-dialogs.tsx'
import { decimalText } from './order-lines.tsx'
import type { OrderDetail } from './order-page.tsx'
import { StandingTag } from './standing-tag.tsx'
import { type TermRow, termRows } from './term-rows.ts'
import { TermsDialog } from './terms-dialog.tsx'

/** On an order's page: what was promised, what came, and where they differ; each delivery, and what happened on the way. */
export function OrderTerms({ order }: { order: OrderDetail }) {
  const t = useWords('orders')
  const { may } = useSession()
  const terms = useRead(termsApi.terms, { id: order.id }, { keepPrevious: false })
  const [open, setOpen] = useState<'terms' | 'delivery' | 'freight' | null>(null)
  const close = () => setOpen(null)
  const writes = may('orders.write') && order.kind !== 'cancelled'
  return (
    <Section
      title={t('terms.title')}
      actions={
        writes &&
        terms.data && (
          <>
            <Button onClick={() => setOpen('terms')}>{t('terms.change')}</Button>
            <Button onClick={() => setOpen('delivery')}>{t('delivery.note')}</Button>
            <Button onClick={() => setOpen('freight')}>{t('freight.noteIt')}</Button>
          </>
        )
      }
    >
      <Loaded of={terms} lines={3}>
        {(view) => (
          <>
            <Compared view={view} order={order} />
            <Deliveries view={view} order={order} writes={writes} />
            <Freight view={view} order={order} writes={writes} />
            {open === 'terms' && <TermsDialog view={view} order={order} close={close} />}
            {open === 'delivery' && <DeliveryDialog view={view} order={order} close={close} />}
            {open === 'freight' && <FreightDialog order={order} close={close} />}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Compared({ view, order }: { view: TermsView; order: OrderDetail }) {
  const t = useWords('orders')
  const format = useFormat()
  const rows = termRows(view, order, { day: format.day, decimal: (text) => decimalText(format.number, text) })
  if (rows.length === 0) return <p className="muted">{t('terms.none')}</p>
  const count = view.deviations.length
  return (
    <>
      {count > 0 && <Alert type="warning" showIcon title={t('terms.deviates', { count })} />}
      <DataTable
        name="order-terms"
        label={t('terms.title')}
        rowKey={(row) => row.key}
        pages={{ items: rows }}
        columns={[
          {
            key: 'term',
            title: t('terms.term'),
            cell: (row) => (
              <span>
                {t(`term.${row.term}`)} {row.line !== null && <span className="muted">{row.line}</span>}
              </span>
            ),
          },
          { key: 'promised', title: t('terms.promised'), cell: (row) => row.promised ?? nothingKnown },
          { key: 'delivered', title: t('terms.delivered'), cell: (row) => row.delivered ?? nothingKnown },
          { key: 'difference', title: t('terms.difference'), cell: (row) => <DifferenceOf row={row} view={view} /> },
        ]}
      />
    </>
  )
}

function DifferenceOf({ row, view }: { row: TermRow; view: TermsView }) {
  const t = useWords('orders')
  const format = useFormat()
  if (row.term === 'deliveryTime' && view.promise.standing !== null) return <StandingTag promise={view.promise} />
  if (row.differences.length === 0)
    return row.promised !== null && row.delivered !== null && row.settled ? <span className="muted">{t('terms.asPromised')}</span> : null
  return (
    <>
      {row.differences.map(({ difference, delivered }) => (
        <span key={delivered} className="order-difference">
          {difference?.unit === 'quantity'
            ? `${difference.quantity.startsWith('-') ? '−' : '+'}${decimalText(format.number, difference.quantity.replace('-', ''))}`
            : t('terms.otherwise')}
        </span>
      ))}
    </>
  )
}

function Deliveries({ view, order, writes }: { view: TermsView; order: OrderDetail; writes: boolean }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const confirm = useConfirm()
  const remove = useWrite(termsApi.removeDelivery, { alsoChanges })
  if (view.deliveries.length === 0) return null
  const quantity = (text: string) => decimalText(format.number, text)
  return (
    <>
      <h3>{t('delivery.title')}</h3>
      <ul className="order-parts">
        {view.deliveries.map((delivery) => {
          const day = format.day(delivery.day)
          const parts = [
            ...(delivery.quantity === null ? [] : [`${t('term.quantity')}: ${quantity(delivery.quantity)}`]),
            ...delivery.lines.map((line) =>
              [lineName(order, line.place), line.quantity === null ? null : quantity(line.quantity), line.grade, line.specification]
                .filter((part) => part !== null)
                .join(' · '),
            ),
            ...[delivery.grade, delivery.specification, delivery.deliveryPlace, delivery.settlement, delivery.tradeTerms].filter(
              (part) => part !== null,
            ),
          ]
          return (
            <li key={delivery.id}>
              <span className="order-part">
                <b>{day}</b> {delivery.moreFollows && <Tag>{t('delivery.moreFollows')}</Tag>}
                {parts.length > 0 && <div>{parts.join('; ')}</div>}
                <small className="muted">{delivery.notedBy === null ? t('delivery.fromFile') : people.nameOf(delivery.notedBy)}</small>
              </span>
              {writes && (
                <Button
                  size="small"
                  danger
                  aria-label={t('delivery.removeOf', { day })}
                  onClick={() =>
                    confirm({ title: t('delivery.removeAsk', { day }), verb: ui('delete') }, () =>
                      remove.send({ id: order.id, deliveryId: delivery.id, version: view.version }),
                    )
                  }
                >
                  {ui('delete')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Freight({ view, order, writes }: { view: TermsView; order: OrderDetail; writes: boolean }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const confirm = useConfirm()
  const remove = useWrite(termsApi.removeFreight, { alsoChanges })
  if (view.freight.length === 0) return null
  return (
    <>
      <h3>{t('freight.title')}</h3>
      <ul className="order-parts">
        {view.freight.map((event) => {
          const day = format.day(event.day)
          const name = t(`freight.kind.${event.kind}`)
          const what = [
            event.line === null ? null : lineName(order, event.line),
            event.quantity === null ? null : decimalText(format.number, event.quantity),
          ].filter((part) => part !== null)
          return (
            <li key={event.id}>
              <span className="order-part">
                <b>{name}</b> · {day} {what.length > 0 && <span className="muted">{what.join(' · ')}</span>}
                {event.note && <div className="order-words">{event.note}</div>}
                <small className="muted">{people.nameOf(event.notedBy)}</small>
              </span>
              {writes && (
                <Button
                  size="small"
                  danger
                  aria-label={t('freight.removeOf', { name, day })}
                  onClick={() =>
                    confirm({ title: t('freight.removeAsk', { name, day }), verb: ui('delete') }, () =>
                      remove.send({ id: order.id, eventId: event.id, version: view.version }),
                    )
                  }
                >
                  {ui('delete')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** What the goods of a line are called. */
export function lineName(order: OrderDetail, place: number): string {
  const line = order.lines[place - 1]
  return line?.name ?? line?.product ?? String(place)
}
