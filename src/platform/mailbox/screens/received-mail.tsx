import { Drawer } from 'antd'
import { useState } from 'react'
import { useWayBack } from '#ui/focus.ts'
import { useFormat } from '#ui/format.ts'
import { MailBody } from '#ui/mail-body.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { mailboxApi as api } from '../api.ts'
import type { MailIn } from './received.tsx'

/** What a mail says, to whoever has to decide what becomes of it. */
export function ReceivedMail({ mail: { id, subject }, close }: { mail: MailIn; close: () => void }) {
  const t = useWords('mailbox')
  useWayBack('.ant-drawer')
  const format = useFormat()
  const notice = useNotice()
  const [asked, setAsked] = useState(false)
  const mail = useRead(
    api.receivedOne,
    { id },
    { every: (data) => (asked && (data as { remotePictures: number } | undefined)?.remotePictures ? 1500 : false) },
  )
  const show = useWrite(api.showPictures, { onDone: () => setAsked(true) })
  const fileUrl = (fileId: string) => `/api/v1/mails-in/${id}/files/${fileId}`
  return (
    <Drawer open title={subject || t('noSubject')} onClose={close} size="large">
      <Loaded of={mail}>
        {(one) => (
          <>
            <dl className="facts">
              <div>
                <dt>{t('column.from')}</dt>
                <dd className="once">{one.from ? `${one.from.name} <${one.from.address}>`.trim() : '—'}</dd>
              </div>
              <div>
                <dt>{t('column.to')}</dt>
                <dd className="once">{one.to.map(({ address }) => address).join(', ') || '—'}</dd>
              </div>
              <div>
                <dt>{t('column.received')}</dt>
                <dd>{format.instant(one.receivedAt)}</dd>
              </div>
            </dl>
            {one.cut && <p role="status">{t(`cutHelp.${one.cut}`)}</p>}
            <MailBody
              html={one.html}
              text={one.text}
              title={subject || t('noSubject')}
              fileUrl={fileUrl}
              remote={{
                count: one.remotePictures,
                pending: show.pending || asked,
                show: () => void show.send({ id }).catch(notice.refused),
              }}
            />
            {one.attachments.some(({ inline }) => !inline) && (
              <>
                <h3>{t('files')}</h3>
                <ul>
                  {one.attachments
                    .filter(({ inline }) => !inline)
                    .map((file) => (
                      <li key={file.fileId}>
                        <a href={fileUrl(file.fileId)} download={file.name}>
                          {file.name}
                        </a>{' '}
                        <span className="muted">{format.bytes(file.bytes)}</span>
                      </li>
                    ))}
                </ul>
              </>
            )}
          </>
        )}
      </Loaded>
    </Drawer>
  )
}
