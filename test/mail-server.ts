import { createServer } from 'node:net'
import type { MailSettings } from '#platform/mail.ts'

/** A mail server that takes everything and keeps it; once it may be told to refuse the next. */
export async function startMailServer(): Promise<{
  readonly mails: string[]
  readonly settings: MailSettings
  /** The text of a mail, decoded. */
  textOf(place: number): string
  refuseNext(): void
  close(): Promise<void>
}> {
  const mails: string[] = []
  let refusing = false
  const server = createServer((socket) => {
    let mail: string | null = null
    socket.write('220 test\r\n')
    socket.on('error', () => {})
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n').slice(0, -1)) {
        if (mail !== null && line === '.') {
          mails.push(mail)
          mail = null
          socket.write('250 taken\r\n')
        } else if (mail !== null) mail += `${line}\n`
        else if (line.toUpperCase() === 'DATA') {
          if (refusing) socket.write('451 not now\r\n')
          else mail = ''
          if (!refusing) socket.write('354 go on\r\n')
          refusing = false
        } else socket.write(line.startsWith('QUIT') ? '221 bye\r\n' : '250 test\r\n')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    mails,
    settings: { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Patron <care@example.com>' },
    textOf(place) {
      const [head = '', ...body] = (mails[place] ?? '').split('\n\n')
      const text = body.join('\n\n')
      return /transfer-encoding: base64/i.test(head) ? Buffer.from(text, 'base64').toString('utf8') : unquoted(text)
    },
    refuseNext() {
      refusing = true
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
