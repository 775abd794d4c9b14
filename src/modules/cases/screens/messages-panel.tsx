import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { download, type ResultOf, upload } from '#ui/client.ts'
import { FilesInput, type SentFile } from '#ui/files-input.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useEvents } from '#ui/use-events.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { ReplyText } from './reply-text.tsx'
import './cases.css'

/** The conversation with the customer, as it goes on; what is written here stands on their page at once. */
export function MessagesPanel({ caseId }: { readonly caseId: string }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const notice = useNotice()
  useEvents(casesApi.caseEvents, { caseId })
  const pages = usePages(casesApi.messages, { caseId, limit: 50 })
  const all = pages.items.toReversed()
  return (
    <>
      {pages.hasMore && (
        <Button type="link" loading={pages.isLoadingMore} onClick={pages.more}>
          {t('messages.earlier')}
        </Button>
      )}
      {all.length === 0 && !pages.isPending && <p className="muted">{t('messages.none')}</p>}
      <ol className="case-messages" aria-live="polite" aria-label={t('messages.title')}>
        {all.map(({ id, caseId: of, direction, by, at, text, channel, mail, automatic, files }) => (
          <li key={id} className={direction === 'in' ? 'case-message' : 'case-message case-message-out'}>
            <small className="muted">
              {direction === 'in' ? t('messages.customer') : people.nameOf(by)} · {format.instant(at)} <Tag>{t(`channel.${channel}`)}</Tag>
              {mail && <Mailed of={mail} />}
              {automatic && <Tag>{t('messages.automatic')}</Tag>}
            </small>
            <div className="case-text">{text}</div>
            {files.map(({ fileId, name }) => (
              <Button
                key={fileId}
                type="link"
                size="small"
                onClick={() => void download(casesApi.file, { caseId: of, fileId }).catch(notice.refused)}
              >
                {name}
              </Button>
            ))}
          </li>
        ))}
      </ol>
      <Reply caseId={caseId} />
    </>
  )
}

/** What became of a message by mail. */
function Mailed({ of }: { readonly of: NonNullable<ResultOf<typeof casesApi.messages>['items'][number]['mail']> }) {
  const t = useWords('cases')
  if (of.state === 'failed')
    return <Tag color="error">{t('messages.mailFailed', { why: of.problem ? t(`mailProblem.${of.problem}`) : '—' })}</Tag>
  if (of.state === 'queued') return <Tag color="processing">{t('messages.mailWaits')}</Tag>
  return <Tag>{t(of.state === 'sent' ? 'messages.mailSent' : 'messages.mailed')}</Tag>
}

function Reply({ caseId }: { readonly caseId: string }) {
  const t = useWords('cases')
  const notice = useNotice()
  const navigate = useNavigate()
  const { may } = useSession()
  const [text, setText] = useState('')
  const [files, setFiles] = useState<readonly SentFile[]>([])
  const one = useRead(casesApi.one, { caseId })
  const send = useWrite(casesApi.sendMessage, {
    onDone: ({ mailed }) => {
      setText('')
      setFiles([])
      notice.done(t(mailed ? 'messages.sentMailed' : 'messages.sent'))
    },
  })
  const complain = useWrite(casesApi.makeComplaint, { onDone: ({ made }) => navigate(`/cases/${made.id}`) })
  const found = one.data
  if (!may('cases.write') || !found) return null
  const isOpen = found.state === 'open' || found.state === 'resolved'
  const write = (answers: boolean) =>
    void send.send({ caseId, text, fileIds: files.map(({ fileId }) => fileId), ...(answers ? { answers } : {}) }).catch(() => undefined)
  const put = (file: File) => upload(casesApi.addFile, { fileName: file.name.slice(-200) }, file)
  const isEmpty = text.trim() === ''
  return (
    <div className="case-write">
      <ReplyText
        caseId={caseId}
        language={found.record.language}
        aria-label={t('messages.write')}
        placeholder={t('messages.write')}
        rows={3}
        maxLength={20_000}
        value={text}
        onChange={setText}
      />
      <FilesInput send={put} value={files} onChange={setFiles} />
      {send.problem && <Refused problem={send.problem} />}
      {complain.problem && <Refused problem={complain.problem} />}
      <div className="row">
        {found.record.unproven && <Tag color="warning">{t('unproven.title')}</Tag>}
        <Button type="primary" disabled={isEmpty} loading={send.pending} onClick={() => write(false)}>
          {t('messages.send')}
        </Button>
        {found.may.includes('answered') && (
          <Button disabled={isEmpty} loading={send.pending} onClick={() => write(true)}>
            {t('messages.sendAnswer')}
          </Button>
        )}
        {found.kind === 'enquiry' && isOpen && (
          <Button loading={complain.pending} onClick={() => void complain.send({ caseId, version: found.version }).catch(() => undefined)}>
            {t('messages.complain')}
          </Button>
        )}
      </div>
    </div>
  )
}
