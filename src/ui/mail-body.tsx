/**
 * What a mail says: its HTML, which the server made safe, in a frame that runs nothing; or its text.
 *
 *   <MailBody html={mail.html} text={mail.text} title={mail.subject} fileUrl={(id) => `/api/v1/mails-in/${mail.id}/files/${id}`}
 *     remote={{ count: mail.remotePictures, pending, show: () => … }} />
 *
 * Pictures on other machines are named and not shown; `show` asks the server to fetch them.
 */
import { Button } from 'antd'
import { type SyntheticEvent, useMemo, useState } from 'react'
import { mailDocument } from './mail-document.ts'
import { useWords } from './words.ts'

export interface MailBodyProps {
  readonly html: string | null
  readonly text: string
  /** What the frame is called, for those who hear it. */
  readonly title: string
  readonly fileUrl: (fileId: string) => string
  readonly remote?: { readonly count: number; readonly pending: boolean; readonly show: () => void }
}

const tallest = 20_000

export function MailBody({ html, text, title, fileUrl, remote }: MailBodyProps) {
  const t = useWords('ui')
  const [height, setHeight] = useState(160)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address of a file depends on nothing that changes while the mail is shown
  const document = useMemo(
    () => (html === null ? null : mailDocument(html, { fileUrl, elsewhere: (host) => t('mail.elsewhere', { host }) })),
    [html, t],
  )
  if (document === null) return <div className="mail-text">{text}</div>
  const fit = ({ currentTarget }: SyntheticEvent<HTMLIFrameElement>) => {
    const inside = currentTarget.contentDocument
    const measure = () => inside && setHeight(Math.min(tallest, inside.documentElement.scrollHeight + 4))
    measure()
    for (const picture of inside?.images ?? []) picture.addEventListener('load', measure)
  }
  return (
    <div className="mail-body">
      {remote !== undefined && remote.count > 0 && (
        <div className="mail-remote">
          <span>{t('mail.remote', { count: remote.count })}</span>
          <Button size="small" loading={remote.pending} onClick={remote.show}>
            {t('mail.showRemote')}
          </Button>
        </div>
      )}
      {/* Without scripts it may be of the same origin, so that its height is known and its files are fetched with the session. */}
      <iframe
        className="mail-frame"
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        title={title}
        srcDoc={document}
        style={{ height }}
        onLoad={fit}
      />
    </div>
  )
}
