import { Button, Select, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { mailboxApi as api } from '../api.ts'
import type { Mailbox } from './mailboxes-page.tsx'
import { ReceivedMail } from './received-mail.tsx'

export type MailIn = ResultOf<typeof api.received>['items'][number]
const states = ['failed', 'ignored', 'new', 'taken'] as const

/** The mails that came in, first of all those that somebody has to look at. */
export function Received({ mailboxes }: { mailboxes: readonly Mailbox[] }) {
  const t = useWords('mailbox')
  const format = useFormat()
  const notice = useNotice()
  const [state, setState] = useState<(typeof states)[number]>('failed')
  const [open, setOpen] = useState<MailIn | null>(null)
  const pages = usePages(api.received, { state, limit: 20 })
  const repeat = useWrite(api.repeatReceived, { onDone: () => notice.done(t('received.repeated')) })
  const mayRepeat = (one: MailIn) => !one.forgotten && (one.state === 'failed' || one.state === 'ignored')
  const columns: Column<MailIn>[] = [
    {
      key: 'from',
      title: t('column.from'),
      cell: (one) => <span className="once">{one.from ? `${one.from.name} <${one.from.address}>`.trim() : '—'}</span>,
    },
    { key: 'subject', title: t('column.subject'), cell: (one) => one.subject || t('noSubject') },
    { key: 'received', title: t('column.received'), cell: (one) => format.instant(one.receivedAt) },
    { key: 'mailbox', title: t('column.mailbox'), cell: (one) => mailboxes.find(({ id }) => id === one.mailboxId)?.name, optional: true },
    { key: 'why', title: t('column.why'), cell: (one) => <Why mail={one} /> },
    {
      key: 'actions',
      title: t('column.actions'),
      cell: (one) => (
        <span className="row">
          {!one.forgotten && (
            <Button
              size="small"
              aria-label={t('received.openThis', { subject: one.subject || t('noSubject') })}
              onClick={() => setOpen(one)}
            >
              {t('received.open')}
            </Button>
          )}
          {mayRepeat(one) && (
            <Button
              size="small"
              aria-label={t('received.repeatThis', { subject: one.subject || t('noSubject') })}
              onClick={() => void repeat.send({ id: one.id }).catch(notice.refused)}
            >
              {t('received.repeat')}
            </Button>
          )}
        </span>
      ),
    },
  ]
  return (
    <Section title={t('received.title')} about={t('received.about')}>
      <DataTable
        name="mails-in"
        label={t('received.title')}
        columns={columns}
        pages={pages}
        rowKey={(one) => one.id}
        toolbar={
          <Select<(typeof states)[number]>
            aria-label={t('column.state')}
            value={state}
            onChange={setState}
            popupMatchSelectWidth={false}
            options={states.map((value) => ({ value, label: t(`received.state.${value}`) }))}
          />
        }
        empty={<p className="muted">{t(`received.empty.${state}`)}</p>}
      />
      {open && <ReceivedMail mail={open} close={() => setOpen(null)} />}
    </Section>
  )
}

/** Why it stands where it stands. */
function Why({ mail: { state, reason, problem, dueAt, automatic, cut } }: { mail: MailIn }) {
  const t = useWords('mailbox')
  const format = useFormat()
  return (
    <span>
      {automatic && <Tag>{t(`automatic.${automatic}`)}</Tag>}
      {cut && <Tag>{t(`cut.${cut}`)}</Tag>}
      {reason && <span>{t(`received.reason.${reason}`)} </span>}
      {problem && <span className="figure-loss">{problem} </span>}
      {state === 'failed' && <span className="muted">{dueAt ? t('tried', { when: format.instant(dueAt) }) : t('givenUp')}</span>}
    </span>
  )
}
