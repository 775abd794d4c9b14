import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { MailBody } from '#ui/mail-body.tsx'
import { useNotice } from '#ui/notice.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useEvents } from '#ui/use-events.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import './cases.css'

type Mail = ResultOf<typeof casesApi.mails>['items'][number]

/** The mails of a case as they came and went: each opens into its closed frame. */
export function MailsPanel({ caseId }: { readonly caseId: string }) {
  const t = useWords('cases')
  useEvents(casesApi.caseEvents, { caseId })
  const pages = usePages(casesApi.mails, { caseId, limit: 20 })
  return (
    <>
      {pages.items.length === 0 && !pages.isPending && <p className="muted">{t('mails.none')}</p>}
      <ul className="case-mails">
        {pages.items.map((mail) => (
          <li key={mail.id}>
            <OneMail mail={mail} caseId={caseId} />
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button type="link" loading={pages.isLoadingMore} onClick={pages.more}>
          {t('mails.earlier')}
        </Button>
      )}
    </>
  )
}

function OneMail({ mail, caseId }: { readonly mail: Mail; readonly caseId: string }) {
  const t = useWords('cases')
  const format = useFormat()
  const notice = useNotice()
  const [isOpen, setOpen] = useState(false)
  const [asked, setAsked] = useState(false)
  const show = useWrite(casesApi.mailPictures, { onDone: () => setAsked(true) })
  const isIn = mail.direction === 'in'
  const { name, address } = mail.from
  const who = (isIn ? [name, address && `<${address}>`].filter(Boolean).join(' ') : mail.to) || t('mails.hidden')
  const files = mail.files.filter(({ inline }) => !inline)
  const fileUrl = (fileId: string) => `/api/v1/cases/${caseId}/mail-files/${fileId}`
  return (
    <details className="case-mail" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <b className="once">{mail.subject || t('mails.noSubject')}</b>{' '}
        <small className="muted">
          {t(isIn ? 'mails.from' : 'mails.to', { who })} · {format.instant(mail.at)}
        </small>{' '}
        {mail.automatic !== null && <Tag>{t('messages.automatic')}</Tag>}
        {!mail.isBelievable && <Tag color="error">{t('mails.forged')}</Tag>}
        {!mail.isOfCustomer && <Tag color="warning">{t('mails.otherAddress')}</Tag>}
        {mail.state === 'queued' && <Tag color="processing">{t('mails.queued')}</Tag>}
        {mail.state === 'failed' && <Tag color="error">{t('mails.failed')}</Tag>}
        {files.length > 0 && <Tag>{t('mails.files', { count: files.length })}</Tag>}
      </summary>
      {isOpen && (
        <>
          <MailBody
            html={mail.html}
            text={mail.text ?? t('mails.hiddenText')}
            title={mail.subject || t('mails.noSubject')}
            fileUrl={fileUrl}
            remote={{
              count: mail.remotePictures,
              pending: show.pending || asked,
              show: () => void show.send({ caseId, caseMailId: mail.id }).catch(notice.refused),
            }}
          />
          {files.length > 0 && (
            <ul aria-label={t('mails.attached')}>
              {files.map((file) => (
                <li key={file.fileId}>
                  <a href={fileUrl(file.fileId)} download={file.name}>
                    {file.name}
                  </a>{' '}
                  <span className="muted">{format.bytes(file.bytes)}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </details>
  )
}
