import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { todayIn } from '#ui/today.ts'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { ordersApi } from '../api.ts'
import { decimalText } from './order-lines.tsx'
import './orders.css'

/** Day rates of other currencies, and the way to the margins. */
export function RatesPanel() {
  const t = useWords('orders')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const confirm = useConfirm()
  const { may } = useSession()
  const [adding, setAdding] = useState(false)
  const pages = usePages(ordersApi.rates, { limit: 10 })
  const remove = useWrite(ordersApi.deleteRate, { onDone: () => notice.done(t('rates.removed')) })
  return (
    <>
      <p className="section-about order-about">
        {t('rates.about', { currency: format.currency })} <Link to="/products?view=categories">{t('rates.margins')}</Link>
      </p>
      <DataTable
        name="day-rates"
        label={t('panel.rates')}
        pages={pages}
        rowKey={(rate) => `${rate.currency} ${rate.day}`}
        columns={[
          { key: 'currency', title: t('field.currency'), cell: (rate) => <b>{rate.currency}</b> },
          { key: 'day', title: t('field.day'), cell: (rate) => format.day(rate.day) },
          {
            key: 'rate',
            title: t('field.rate'),
            align: 'end',
            cell: (rate) =>
              t('rates.worth', { currency: rate.currency, rate: decimalText(format.number, rate.rate), own: format.currency }),
          },
          {
            key: 'remove',
            title: ui('delete'),
            cell: (rate) => (
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t('rates.removeOf', { currency: rate.currency, day: format.day(rate.day) })}
                onClick={() =>
                  confirm({ title: t('rates.removeAsk', { currency: rate.currency, day: format.day(rate.day) }), verb: ui('delete') }, () =>
                    remove.send({ currency: rate.currency, day: rate.day, before: rate.rate }),
                  )
                }
              />
            ),
          },
        ]}
        toolbar={
          <>
            <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t('rates.add')}
            </Button>
            {may('imports.write') && (
              <Link to="/import?kind=rates">
                <Button>{t('rates.import')}</Button>
              </Link>
            )}
          </>
        }
        empty={<p className="muted">{t('rates.empty', { currency: format.currency })}</p>}
      />
      {adding && <AddRate close={() => setAdding(false)} />}
    </>
  )
}

function AddRate({ close }: { close: () => void }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const save = useWrite(ordersApi.saveRate, {
    onDone: () => {
      notice.done(ui('saved'))
      close()
    },
  })
  const [sent, setSent] = useState('')
  // Whoever reads that there is a rate already and saves again means to replace it.
  const there = save.problem?.reason === 'another-rate-there' ? String(save.problem.values.rate ?? '') : ''
  return (
    <Dialog title={t('rates.add')} onClose={close}>
      <Form<{ currency: string; day: string; rate: number }>
        fields={[
          { name: 'currency', kind: 'text', label: t('field.currency'), help: t('rates.currencyHelp'), required: true, maxLength: 3 },
          { name: 'day', kind: 'day', label: t('field.day'), required: true },
          {
            name: 'rate',
            kind: 'number',
            label: t('field.rate'),
            help: t('rates.rateHelp', { own: format.currency }),
            required: true,
            min: 0,
            digits: 6,
          },
        ]}
        initial={{ day: todayIn(format.timeZone) }}
        onSubmit={({ currency: typed, day, rate }) => {
          const currency = typed.trim().toUpperCase()
          setSent(`${currency} ${day}`)
          const before = sent === `${currency} ${day}` && there !== '' ? there : null
          return save.send({ currency, day, before, rate: String(rate) })
        }}
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
