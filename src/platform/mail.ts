import type { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'

export interface MailSettings {
  readonly smtpUrl: string
  readonly from: string
}

export interface Mail {
  readonly to: string
  readonly subject: string
  /** Plain text; links stand on lines of their own. */
  readonly text: string
  /** Written by no person: of its own accord, or in answer to a mail. It says so, so that no machine answers it (RFC 3834). */
  readonly automatic: 'generated' | 'replied' | null
  readonly toName?: string
  readonly copies?: readonly { readonly name: string; readonly address: string }[]
  readonly html?: string | null
  /** In whose name, where that is not the company's own address. */
  readonly from?: { readonly name: string; readonly address: string } | null
  /** Where answers go, where that is another address. */
  readonly answersTo?: string | null
  /** With its brackets; made by the sender where it is left out. */
  readonly messageId?: string
  readonly inReplyTo?: string | null
  readonly references?: readonly string[]
  readonly language?: string
  readonly files?: readonly { readonly name: string; readonly mediaType: string; content(): Readable }[]
}

/** A server that says nothing for so long is given up; the job that sends holds a transaction. */
const connectMilliseconds = 15_000
const silentMilliseconds = 60_000

/** Hands one mail to the mail server, or throws. Only jobs call this: they may be repeated, a request may not wait for another machine. */
export async function sendMail({ smtpUrl, from }: MailSettings, mail: Mail): Promise<void> {
  const transport = createTransport(
    { url: smtpUrl, connectionTimeout: connectMilliseconds, greetingTimeout: connectMilliseconds, socketTimeout: silentMilliseconds },
    { from },
  )
  const { html, answersTo, messageId, inReplyTo, references = [], language, files = [], copies = [] } = mail
  try {
    await transport.sendMail({
      to: { name: mail.toName ?? '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      ...(mail.from ? { from: mail.from } : {}),
      ...(copies.length > 0 ? { cc: [...copies] } : {}),
      ...(html ? { html } : {}),
      ...(answersTo ? { replyTo: answersTo } : {}),
      ...(messageId ? { messageId } : {}),
      ...(inReplyTo ? { inReplyTo } : {}),
      ...(references.length > 0 ? { references: [...references] } : {}),
      headers: {
        ...(mail.automatic ? { 'Auto-Submitted': `auto-${mail.automatic}`, 'X-Auto-Response-Suppress': 'All' } : {}),
        ...(language ? { 'Content-Language': language } : {}),
      },
      attachments: files.map(({ name, mediaType, content }) => ({ filename: name, contentType: mediaType, content: content() })),
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  } finally {
    transport.close()
  }
}
