import { afterAll, afterEach, beforeAll } from 'vitest'
import { timeOrderedId } from '#platform/identifier.ts'
import { mailboxApi } from '#platform/mailbox/api.ts'
import type { NewMail } from '#platform/mailbox/in-store.ts'
import { module, type TakeMail } from '#platform/module.ts'
import { type App, startApp } from './app.ts'
import { startMailServer } from './mail-server.ts'

const values = {
  ...{ name: 'Care', address: 'Care@Example.com', host: 'imap.example.com', port: 993, security: 'tls' as const, username: 'care' },
  ...{ ownNetwork: false, folder: 'INBOX', afterTaking: 'seen' as const, moveTo: null, fromStart: false, fromName: 'Example Care' },
  ...{ signatures: { en: 'Your care team', 'zh-CN': '客服', 'zh-TW': '客服' }, plusAddresses: true, authServer: null },
  ...{ limitMegabytes: 25, hourlyLimit: 600, keptDays: 90 },
}

/** Mailboxes without a server to read from, for the tests of one file: mails that come in are written down by hand, and what goes out goes to a server that keeps it. */
export function mailing() {
  let server: Awaited<ReturnType<typeof startMailServer>>
  let app: App
  let take: TakeMail = async () => 'not-mine'
  const taking = module({ name: 'taking', api: {}, actions: {}, permissions: {}, mail: (context, mail) => take(context, mail) })
  beforeAll(async () => {
    server = await startMailServer()
    app = await startApp({ now: new Date('2026-03-03T12:00:00Z'), mail: server.settings, further: [taking], without: ['cases'] })
  })
  afterAll(async () => {
    await app.close()
    await server.close()
  })
  afterEach(() => {
    server.mails.length = 0
    server.recipients.length = 0
    take = async () => 'not-mine'
  })

  const api = () => app.as(mailboxApi)
  let folders = 0
  let uids = 0
  return {
    app: (): App => app,
    server: () => server,
    api,
    /** Says what the test's own module does with a mail, until the end of the test. */
    takenBy(by: TakeMail): void {
      take = by
    },
    later(minutes: number): void {
      app.now = new Date(app.now.getTime() + minutes * 60_000)
    },
    added: (more: object = {}) => api().add({ ...values, folder: `Folder ${++folders}`, secret: 'kettle', ...more }),
    someMail: (mailboxId: string, more: Partial<NewMail> = {}): NewMail => ({
      ...{
        id: timeOrderedId(app.now),
        mailboxId,
        uidValidity: 1,
        uid: ++uids,
        messageHash: Buffer.from(`hash ${uids}`),
        bytes: 100,
        takenInAt: app.now,
      },
      ...{
        messageId: `<${uids}@example.org>`,
        inReplyTo: null,
        references: [],
        fromName: 'Ada',
        fromAddress: 'ada@example.org',
        replyTo: null,
      },
      ...{
        recipients: { to: [{ name: '', address: 'care@example.com' }], cc: [] },
        subject: 'Re: Kettle',
        text: 'The red one.',
        html: null,
      },
      ...{ attachments: [], automatic: null, verdicts: null, cut: null, sentAt: null, receivedAt: app.now, threadId: null, threadBy: null },
      ...{ threadForged: false, bounceOf: null, state: 'new', reason: null, dueAt: app.now },
      ...more,
    }),
  }
}
