import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { Money } from '#ui/money.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { ordersApi } from '../api.ts'
import { alsoChanges } from './also-changes.ts'
import { OrderBilling } from './order-billing.tsx'
import { KindTag, SourceOf } from './order-columns.tsx'
import { OrderLines } from './order-lines.tsx'
import { OrderTerms } from './order-terms.tsx'
import { RefundDialog } from './refund-dialog.tsx'
import { StandingTag } from './standing-tag.tsx'
import './orders.css'

export type OrderDetail = ResultOf<typeof ordersApi.one>

/** One order: its lines, what they cost and how that is known, what was given back; to change, cancel or refund it. */
export function OrderPage() {
  const { id = '' } = useParams()
  const order = useRead(ordersApi.one, { id }, { keepPrevious: false })
  return <Loaded of={order}>{(found) => <Found order={found} />}</Loaded>
}

function Found({ order }: { order: OrderDetail }) {
  const t = useWords('orders')
  const format = useFormat()
  const { may } = useSession()
  const [refunding, setRefunding] = useState(false)
  const cancel = useCancel()
  const open = order.kind === 'purchase' || order.kind === 'empty'
  return (
    <Page
      title={order.number === null ? t('one.ofDay', { day: format.day(order.day) }) : t('one.title', { number: order.number })}
      about={
        <>
          <Link className="order-of" to={`/customers/${order.customerId}`}>
            {order.customerName || t('noName')}
          </Link>{' '}
          · {format.day(order.day)} <KindTag order={order} /> {order.promise && <StandingTag promise={order.promise} />}
        </>
      }
      actions={
        may('orders.write') && (
          <>
            {order.kind !== 'cancelled' && (
              <Link to={`/orders/${order.id}/edit`}>
                <Button>{t('change')}</Button>
              </Link>
            )}
            {open && order.refundableMinor > 0 && <Button onClick={() => setRefunding(true)}>{t('refund.action')}</Button>}
            {/* What was given back would otherwise be given back twice. */}
            {order.kind !== 'cancelled' && order.refunds.every(({ kind }) => kind === 'cancelled') && (
              <CancelButton order={order} cancel={cancel} />
            )}
          </>
        )
      }
    >
      <Refused problem={cancel.problem} />
      {order.kind === 'cancelled' && <Alert type="info" showIcon title={t('one.cancelled')} />}
      {order.refundOf && <Alert type="info" showIcon title={<Link to={`/orders/${order.refundOf}`}>{t('one.refundOf')}</Link>} />}
      <Section title={t('one.lines')}>
        <OrderLines order={order} />
        <Sums order={order} />
      </Section>
      {order.refundOf === null && <OrderTerms order={order} />}
      <OrderBilling order={order} />
      <Section title={t('one.facts')}>
        <Facts order={order} />
      </Section>
      {order.refunds.length > 0 && <Refunds order={order} />}
      {refunding && <RefundDialog order={order} close={() => setRefunding(false)} />}
    </Page>
  )
}

const useCancel = () => {
  const t = useWords('orders')
  const notice = useNotice()
  return useWrite(ordersApi.cancel, { alsoChanges, onDone: () => notice.done(t('cancelOrder.done')) })
}

function CancelButton({ order, cancel }: { order: OrderDetail; cancel: ReturnType<typeof useCancel> }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const confirm = useConfirm()
  const ask = () =>
    confirm({ title: t('cancelOrder.ask'), verb: t('cancelOrder.action'), about: t('cancelOrder.help'), leave: ui('back') }, () =>
      cancel.send({ id: order.id, version: order.version }).catch(() => {}),
    )
  return (
    <Button danger loading={cancel.pending} onClick={ask}>
      {t('cancelOrder.action')}
    </Button>
  )
}

function Sums({ order }: { order: OrderDetail }) {
  const t = useWords('orders')
  const rows = [
    { key: 'revenue', minor: order.revenueMinor },
    ...(order.discountMinor === 0 ? [] : [{ key: 'discount', minor: -order.discountMinor }]),
    ...(order.refundMinor === 0 ? [] : [{ key: 'refund', minor: -order.refundMinor }]),
  ]
  return (
    <dl className="order-sums">
      {rows.map(({ key, minor }) => (
        <div key={key}>
          <dt>{t(`figure.${key}`)}</dt>
          <dd>
            <Money minor={minor} />
          </dd>
        </div>
      ))}
      <div className="order-total">
        <dt>{t('figure.net')}</dt>
        <dd>
          <Money minor={order.netMinor} />
        </dd>
      </div>
      <div>
        <dt>{t('figure.cost')}</dt>
        <dd>
          <Money minor={order.costMinor} />
        </dd>
      </div>
      {order.costUnknownMinor !== 0 && (
        <div>
          <dt>{t('figure.costUnknown')}</dt>
          <dd>
            <Money minor={order.costUnknownMinor} />
          </dd>
        </div>
      )}
    </dl>
  )
}

function Facts({ order }: { order: OrderDetail }) {
  const t = useWords('orders')
  const format = useFormat()
  const facts: readonly [string, React.ReactNode][] = [
    ['placedAt', order.placedAt && format.instant(order.placedAt)],
    ['channel', order.channel],
    ['campaign', order.campaign],
    ['currency', order.rate === null ? null : t('one.rate', { currency: order.currency, rate: order.rate, own: format.currency })],
    ['source', <SourceOf key="source" order={order} />],
    ['updatedAt', format.instant(order.updatedAt)],
  ]
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([key, value]) => (
          <div key={key}>
            <dt>{t(`field.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

function Refunds({ order }: { order: OrderDetail }) {
  const t = useWords('orders')
  const format = useFormat()
  return (
    <Section title={t('one.refunds')} about={t('one.refundable', { amount: format.money(order.refundableMinor) })}>
      <ul className="plain-list">
        {order.refunds.map((refund) => (
          <li key={refund.id}>
            <Link to={`/orders/${refund.id}`}>{format.day(refund.day)}</Link> · <Money minor={refund.refundMinor} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
