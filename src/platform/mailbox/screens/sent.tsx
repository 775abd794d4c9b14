import { Button, Select } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Section } from '#ui/page.tsx'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { mailboxApi as api } from '../api.ts'

type MailOut = ResultOf<typeof api.sent>['items'][number]
const states = ['failed', 'queued', 'sent'] as const

/** The mails that went out, first of all those that did not. */
export function Sent() {
  const t = useWords('mailbox')
  const format = useFormat()
  const notice = useNotice()
  const [state, setState] = useState<(typeof states)[number]>('failed')
  const pages = usePages(api.sent, { state, limit: 20 })
  const repeat = useWrite(api.repeatSent, { onDone: () => notice.done(t('sent.repeated')) })
  const columns: Column<MailOut>[] = [
    { key: 'to', title: t('column.to'), cell: (one) => <span className="once">{`${one.to.name} ${one.to.address}`.trim() || '—'}</span> },
    { key: 'subject', title: t('column.subject'), cell: (one) => one.subject || t('noSubject') },
    { key: 'written', title: t('column.written'), cell: (one) => format.instant(one.createdAt) },
    {
      key: 'why',
      title: t('column.why'),
      cell: (one) => (
        <span>
          {one.problem && (
            <span className="figure-loss" title={one.problemDetail ?? undefined}>
              {t(`sent.problem.${one.problem}`)}{' '}
            </span>
          )}
          {one.state === 'queued' && one.attempts > 0 && one.dueAt && (
            <span className="muted">{t('tried', { when: format.instant(one.dueAt) })}</span>
          )}
        </span>
      ),
    },
    {
      key: 'actions',
      title: t('column.actions'),
      cell: (one) =>
        one.state === 'failed' &&
        !one.forgotten && (
          <Button
            size="small"
            aria-label={t('sent.repeatThis', { subject: one.subject || t('noSubject') })}
            onClick={() => void repeat.send({ id: one.id }).catch(notice.refused)}
          >
            {t('sent.repeat')}
          </Button>
        ),
    },
  ]
  return (
    <Section title={t('sent.title')} about={t('sent.about')}>
      <DataTable
        name="mails-out"
        label={t('sent.title')}
        columns={columns}
        pages={pages}
        rowKey={(one) => one.id}
        toolbar={
          <Select<(typeof states)[number]>
            aria-label={t('column.state')}
            value={state}
            onChange={setState}
            popupMatchSelectWidth={false}
            options={states.map((value) => ({ value, label: t(`sent.state.${value}`) }))}
          />
        }
        empty={<p className="muted">{t(`sent.empty.${state}`)}</p>}
      />
    </Section>
  )
}
