import { Button } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { DayInput } from '#ui/inputs.tsx'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { useToday } from '#ui/today.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { mondayOf } from '../domain/month.ts'
import { addDays } from '../domain/recurrence.ts'
import { Complete } from './complete-dialog.tsx'
import { type Commitment, isTaken, useTitle } from './shown.ts'

export type Quick = 'done' | 'postpone' | 'hand-over' | 'cancel'

/** What is done to a commitment in a moment: a dialog where something has to be said, else at once. `dialog` must stand somewhere on the page. */
export function useQuickActions(): { readonly start: (what: Quick, commitment: Commitment) => void; readonly dialog: ReactNode } {
  const t = useWords('commitments')
  const notice = useNotice()
  const [open, setOpen] = useState<{ what: Quick; commitment: Commitment } | null>(null)
  const complete = useWrite(commitmentsApi.complete, { onDone: () => notice.done(t('done.said')), alsoChanges: ['customers'] })
  const close = () => setOpen(null)
  const start = (what: Quick, commitment: Commitment) => {
    // Findings of a contact go into the archive, so they are asked for; anything else is simply done.
    if (what === 'done' && commitment.channel === null)
      void complete.send({ id: commitment.id, version: commitment.version }).catch(notice.refused)
    else setOpen({ what, commitment })
  }
  const Dialog = open && dialogs[open.what]
  return { start, dialog: Dialog && open && <Dialog commitment={open.commitment} close={close} /> }
}

export interface DialogProps {
  readonly commitment: Commitment
  readonly close: () => void
}

function Postpone({ commitment, close }: DialogProps) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const format = useFormat()
  const today = useToday()
  const [day, setDay] = useState<string | null>(null)
  const postpone = useWrite(commitmentsApi.postpone, { onDone: close })
  const send = (to: string, evenSo = false) =>
    void postpone.send({ id: commitment.id, version: commitment.version, day: to, ...(evenSo ? { evenSo } : {}) }).catch(() => {})
  const choices = [
    ['tomorrow', addDays(today, 1)],
    ['inThreeDays', addDays(today, 3)],
    ['nextWeek', addDays(mondayOf(today), 7)],
  ] as const
  return (
    <Dialog title={t('action.postpone')} onClose={close}>
      <Refused problem={postpone.problem} />
      <div className="commitment-choices">
        {choices.map(([name, to], i) => (
          <Button key={name} autoFocus={i === 0} loading={postpone.pending} onClick={() => send(to)}>
            {t(`postpone.${name}`)} <span className="muted">{format.day(to)}</span>
          </Button>
        ))}
      </div>
      <form
        className="commitment-other-day"
        onSubmit={(event) => {
          event.preventDefault()
          if (day) send(day, isTaken(postpone.problem))
        }}
      >
        <label htmlFor="postpone-day">{t('postpone.other')}</label>
        <DayInput id="postpone-day" value={day} onChange={setDay} min={today} />
        <div className="form-actions">
          <Button type="primary" htmlType="submit" disabled={!day} loading={postpone.pending}>
            {t(isTaken(postpone.problem) ? 'form.evenSo' : 'action.postpone')}
          </Button>
          <Button onClick={close}>{ui('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

function HandOver({ commitment, close }: DialogProps) {
  const t = useWords('commitments')
  const title = useTitle()
  const people = usePeople()
  const notice = useNotice()
  // Whose time was found taken: somebody else's is looked at first.
  const asked = useRef<string | null>(null)
  const hand = useWrite(commitmentsApi.handOver, {
    onDone: (_, { ownerId }) => {
      notice.done(t('handOver.said', { name: people.nameOf(ownerId) }))
      close()
    },
  })
  return (
    <Dialog title={t('handOver.title', { title: title(commitment) })} onClose={close}>
      <Form<{ ownerId: string; note: string }>
        fields={[
          {
            name: 'ownerId',
            kind: 'people',
            label: t('handOver.to'),
            required: true,
            except: commitment.ownerId,
          },
          { name: 'note', kind: 'area', label: t('field.note'), rows: 2, maxLength: 5000 },
        ]}
        initial={{}}
        onSubmit={({ ownerId, note }) => {
          const evenSo = isTaken(hand.problem) && ownerId === asked.current
          asked.current = ownerId
          const { id, version } = commitment
          return hand.send({ id, version, ownerId, ...(note ? { note } : {}), ...(evenSo ? { evenSo } : {}) })
        }}
        problem={hand.problem}
        pending={hand.pending}
        submit={t(isTaken(hand.problem) ? 'form.evenSo' : 'action.handOver')}
        cancel={close}
      />
    </Dialog>
  )
}

function Cancel({ commitment, close }: DialogProps) {
  const t = useWords('commitments')
  const cancel = useWrite(commitmentsApi.cancel, { onDone: close, alsoChanges: ['customers'] })
  return (
    <Dialog title={t('action.cancel')} onClose={close}>
      <Form<{ reason: string }>
        fields={[{ name: 'reason', kind: 'area', label: t('field.reason'), rows: 2, maxLength: 5000 }]}
        initial={{}}
        onSubmit={({ reason }) => cancel.send({ id: commitment.id, version: commitment.version, ...(reason ? { reason } : {}) })}
        problem={cancel.problem}
        pending={cancel.pending}
        submit={t('action.cancel')}
        cancel={close}
      />
    </Dialog>
  )
}

const dialogs: Readonly<Record<Quick, (props: DialogProps) => ReactNode>> = {
  done: Complete,
  postpone: Postpone,
  'hand-over': HandOver,
  cancel: Cancel,
}
