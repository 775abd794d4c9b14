import { SMTPServer } from 'smtp-server'
import type { MailSettings } from '#platform/mail.ts'

/** A mail server that takes everything and keeps it; it may be told to refuse the next. */
export async function startMailServer(): Promise<{
  /** As they came, with line feeds alone. */
  readonly mails: string[]
  /** To whom each went, as the envelope says. */
  readonly recipients: (readonly string[])[]
  readonly settings: MailSettings
  /** The text of a mail, decoded. */
  textOf(place: number): string
  /** Refuses the next mail: for now with 4…, for good with 5…. */
  refuseNext(code?: number): void
  close(): Promise<void>
}> {
  const mails: string[] = []
  const recipients: (readonly string[])[] = []
  let refusing = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo(_, __, answer) {
      if (refusing === 0) return answer()
      const code = refusing
      refusing = 0
      answer(Object.assign(new Error(code < 500 ? 'not now' : 'no such user'), { responseCode: code }))
    },
    onData(stream, session, answer) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        mails.push(Buffer.concat(parts).toString('utf8').replaceAll('\r\n', '\n'))
        recipients.push(session.envelope.rcptTo.map(({ address }) => address))
        answer()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.server.address() as { port: number }
  return {
    mails,
    recipients,
    settings: { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Patron <care@example.com>' },
    textOf(place) {
      const [head = '', ...body] = (mails[place] ?? '').split('\n\n')
      const text = body.join('\n\n')
      return /transfer-encoding: base64/i.test(head) ? Buffer.from(text, 'base64').toString('utf8') : unquoted(text)
    },
    refuseNext(code = 451) {
      refusing = code
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Quoted-printable to text. */
const unquoted = (text: string): string =>
  Buffer.from(
    text.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')
