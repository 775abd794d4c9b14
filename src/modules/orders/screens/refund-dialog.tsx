import { Button, InputNumber, Segmented } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { DayInput, NumberInput } from '#ui/inputs.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Refused } from '#ui/refused.tsx'
import { todayIn } from '#ui/today.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { ordersApi } from '../api.ts'
import { alsoChanges } from './also-changes.ts'
import { decimalText } from './order-lines.tsx'
import type { OrderDetail } from './order-page.tsx'

type Way = 'all' | 'lines' | 'amount'

/** Gives back everything that is left, some of the goods, or an amount. */
export function RefundDialog({ order, close }: { order: OrderDetail; close: () => void }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const format = useFormat()
  const quantity = (text: string) => decimalText(format.number, text)
  const notice = useNotice()
  const today = todayIn(format.timeZone)
  const [way, setWay] = useState<Way>('all')
  const [day, setDay] = useState<string | null>(today)
  const [amount, setAmount] = useState<number | null>(null)
  const [back, setBack] = useState<Readonly<Record<number, number>>>({})
  const refund = useWrite(ordersApi.refund, {
    alsoChanges,
    onDone: () => {
      notice.done(t('refund.done'))
      close()
    },
  })
  const goods = order.lines.flatMap((line) =>
    line.refundableQuantity === null ? [] : [{ ...line, left: Number(line.refundableQuantity), leftMinor: line.refundableMinor ?? 0 }],
  )
  const chosen = goods.filter((line) => (back[line.place] ?? 0) > 0)
  const open = goods.filter((line) => line.left > 0)
  const sum =
    way === 'amount'
      ? (amount ?? 0)
      : way === 'all'
        ? order.refundableMinor
        : chosen.reduce((total, line) => total + Math.round((line.leftMinor * (back[line.place] ?? 0)) / line.left), 0)
  const input =
    way === 'amount'
      ? { amountMinor: amount ?? 0 }
      : way === 'lines'
        ? { lines: chosen.map((line) => ({ place: line.place, quantity: String(back[line.place]) })) }
        : // The goods themselves where they are all that is left, so that their cost comes back too; else what is left of the money.
          open.length > 0 && open.reduce((total, line) => total + line.leftMinor, 0) === order.refundableMinor
          ? { lines: open.map((line) => ({ place: line.place, quantity: line.refundableQuantity ?? '0' })) }
          : { amountMinor: order.refundableMinor }
  return (
    <Dialog title={t('refund.title')} onClose={close}>
      <form
        className="order-refund"
        onSubmit={(event) => {
          event.preventDefault()
          void refund.send({ id: order.id, ...(day && day !== today ? { day } : {}), ...input }).catch(() => {})
        }}
      >
        <Refused problem={refund.problem} />
        <p className="muted">{t('refund.about', { amount: format.money(order.refundableMinor) })}</p>
        <Segmented<Way>
          aria-label={t('refund.way')}
          value={way}
          onChange={setWay}
          options={(['all', ...(goods.length > 0 ? (['lines'] as const) : []), 'amount'] as const).map((value) => ({
            value,
            label: t(`refund.${value}`),
          }))}
        />
        {way === 'lines' &&
          goods.map((line) => (
            <label key={line.place} htmlFor={`refund-${line.place}`} className="order-refund-line">
              <span>
                {line.name ?? line.product ?? t('lineKind.goods')}{' '}
                <span className="muted">
                  {line.left > 0
                    ? t('refund.left', { left: quantity(line.refundableQuantity!), quantity: quantity(line.quantity) })
                    : t('refund.noneLeft')}
                </span>
              </span>
              <InputNumber
                id={`refund-${line.place}`}
                min={0}
                max={line.left}
                disabled={line.left === 0}
                value={back[line.place] ?? 0}
                onChange={(value) => setBack({ ...back, [line.place]: value ?? 0 })}
              />
            </label>
          ))}
        {way === 'amount' && (
          <div className="order-labelled">
            <label htmlFor="refund-amount">{t('refund.amount')}</label>
            <NumberInput id="refund-amount" kind="money" min={1} max={order.refundableMinor} value={amount} onChange={setAmount} />
          </div>
        )}
        <div className="order-labelled">
          <label htmlFor="refund-day">{t('field.day')}</label>
          <DayInput id="refund-day" value={day} onChange={setDay} min={order.day} max={today} />
        </div>
        <p>
          {t('refund.sum')} <b className="figure">{format.money(sum)}</b>
        </p>
        <div className="form-actions">
          <Button type="primary" htmlType="submit" loading={refund.pending} disabled={sum <= 0}>
            {t('refund.submit')}
          </Button>
          <Button onClick={close}>{ui('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
