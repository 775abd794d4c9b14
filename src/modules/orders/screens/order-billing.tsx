import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Money } from '#ui/money.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { type BillingView, billingApi } from '../api/billing.ts'
import { termsApi } from '../api/terms.ts'
import { type DisputeOutcome, type DisputeReason, disputeOutcomes, disputeReasons } from '../domain/billing.ts'
import { alsoChanges } from './also-changes.ts'
import { decimalText } from './order-lines.tsx'
import type { OrderDetail } from './order-page.tsx'
import { saidOrNull } from './terms-draft.ts'

type Dispute = BillingView['disputes'][number]
type Correction = BillingView['corrections'][number]

/** On an order's page: whether the bill is disputed, how disputes ended, and every correction with what was billed before and after. */
export function OrderBilling({ order }: { order: OrderDetail }) {
  const t = useWords('orders')
  const { may } = useSession()
  const billing = useRead(billingApi.billing, { id: order.id }, { keepPrevious: false })
  const payment = useRead(termsApi.terms, { id: order.id }, { keepPrevious: false }).data?.terms.payment
  const [disputing, setDisputing] = useState(false)
  /** By its id, so that the form sees what others save meanwhile. */
  const [settling, setSettling] = useState<string | null>(null)
  const open = billing.data?.disputes.find(({ outcome }) => outcome === null)
  const writes = may('orders.write')
  return (
    <Section
      title={t('billing.title')}
      actions={writes && billing.data && !open && <Button onClick={() => setDisputing(true)}>{t('billing.dispute')}</Button>}
    >
      <Loaded of={billing} lines={2}>
        {({ disputes, corrections }) => (
          <>
            {payment && <p>{t('billing.payment', { way: payment })}</p>}
            {disputes.length + corrections.length === 0 && <p className="muted">{t('billing.none')}</p>}
            {disputes.map((dispute) =>
              dispute.outcome === null ? (
                <OpenDispute key={dispute.id} dispute={dispute} settle={writes ? () => setSettling(dispute.id) : null} />
              ) : (
                <Settled key={dispute.id} dispute={dispute} />
              ),
            )}
            {corrections.length > 0 && (
              <>
                <h3>{t('billing.corrections')}</h3>
                <ul className="order-parts">
                  {corrections.map((correction) => (
                    <CorrectionOf key={correction.id} correction={correction} />
                  ))}
                </ul>
              </>
            )}
            {disputing && <DisputeDialog order={order} close={() => setDisputing(false)} />}
            {disputes
              .filter(({ id }) => id === settling)
              .map((dispute) => (
                <SettleDialog key={dispute.id} order={order} dispute={dispute} close={() => setSettling(null)} />
              ))}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function OpenDispute({ dispute, settle }: { dispute: Dispute; settle: (() => void) | null }) {
  const t = useWords('orders')
  const format = useFormat()
  const people = usePeople()
  return (
    <Alert
      type="warning"
      showIcon
      title={t('billing.open', { reason: t(`billing.reason.${dispute.reason}`) })}
      description={
        <>
          {dispute.note && <div className="order-words">{dispute.note}</div>}
          <small>{t('billing.by', { at: format.instant(dispute.openedAt), name: people.nameOf(dispute.openedBy) })}</small>
        </>
      }
      action={settle && <Button onClick={settle}>{t('billing.settle')}</Button>}
    />
  )
}

function Settled({ dispute }: { dispute: Dispute }) {
  const t = useWords('orders')
  const format = useFormat()
  const people = usePeople()
  const notes = [dispute.note, dispute.settlementNote].filter((note) => note !== null)
  return (
    <div className="order-part">
      <b>{t('billing.settled', { reason: t(`billing.reason.${dispute.reason}`), outcome: t(`billing.outcome.${dispute.outcome}`) })}</b>
      {notes.map((note) => (
        <div key={note} className="order-words">
          {note}
        </div>
      ))}
      <small className="muted">
        {t('billing.by', { at: format.instant(dispute.settledAt), name: people.nameOf(dispute.settledBy) ?? '' })}
      </small>
    </div>
  )
}

function CorrectionOf({ correction }: { correction: Correction }) {
  const t = useWords('orders')
  const format = useFormat()
  const people = usePeople()
  const line = (one: Correction['lines'][number]['before']) =>
    one === null
      ? t('billing.noLine')
      : `${decimalText(format.number, one.quantity)} × ${one.name ?? one.product ?? '–'} (${format.money(one.netMinor)})`
  return (
    <li>
      <div className="order-part">
        <Money minor={correction.beforeMinor} /> → <Money minor={correction.afterMinor} />{' '}
        {correction.disputeId !== null && <span className="muted">{t('billing.afterDispute')}</span>}
        {correction.lines.map(({ place, before, after }) => (
          <div key={place}>
            {line(before)} → {line(after)}
          </div>
        ))}
        <small className="muted">
          {t('billing.by', { at: format.instant(correction.correctedAt), name: people.nameOf(correction.correctedBy) })}
        </small>
      </div>
    </li>
  )
}

function DisputeDialog({ order, close }: { order: OrderDetail; close: () => void }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const notice = useNotice()
  const send = useWrite(billingApi.dispute, {
    alsoChanges,
    onDone: () => {
      notice.done(t('billing.disputed'))
      close()
    },
  })
  return (
    <Dialog title={t('billing.dispute')} onClose={close}>
      <Form<{ reason: DisputeReason; note?: string | null }>
        fields={[
          {
            name: 'reason',
            kind: 'choice',
            label: t('billing.why'),
            required: true,
            options: disputeReasons.map((value) => ({ value, label: t(`billing.reason.${value}`) })),
          },
          { name: 'note', kind: 'area', rows: 3, label: t('billing.note'), maxLength: 2000 },
        ]}
        initial={{}}
        onSubmit={({ reason, note }) => send.send({ id: order.id, reason, note: saidOrNull(note) })}
        problem={send.problem}
        pending={send.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

function SettleDialog({ order, dispute, close }: { order: OrderDetail; dispute: Dispute; close: () => void }) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const notice = useNotice()
  const send = useWrite(billingApi.settle, {
    alsoChanges,
    onDone: () => {
      notice.done(t('billing.isSettled'))
      close()
    },
  })
  return (
    <Dialog title={t('billing.settle')} onClose={close}>
      <Form<{ outcome: DisputeOutcome; note?: string | null }>
        fields={[
          {
            name: 'outcome',
            kind: 'choice',
            label: t('billing.how'),
            help: t('billing.howHelp'),
            required: true,
            options: disputeOutcomes.map((value) => ({ value, label: t(`billing.outcome.${value}`) })),
          },
          { name: 'note', kind: 'area', rows: 3, label: t('billing.note'), maxLength: 2000 },
        ]}
        initial={{}}
        onSubmit={({ outcome, note }) =>
          send.send({ id: order.id, disputeId: dispute.id, version: dispute.version, outcome, note: saidOrNull(note) })
        }
        problem={send.problem}
        pending={send.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
