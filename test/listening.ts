import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { createLog } from '#platform/log.ts'
import { mailboxApi } from '#platform/mailbox/api.ts'
import { handDueMail } from '#platform/mailbox/hand.ts'
import { isMailDue } from '#platform/mailbox/in-store.ts'
import { type MailListener, startMailListener } from '#platform/mailbox/listener.ts'
import type { ReceivedMail } from '#platform/mailbox/received-mail.ts'
import { module } from '#platform/module.ts'
import { sealingIn } from '#platform/sealing.ts'
import { type App, startApp } from './app.ts'
import { type ImapServer, imapPassword, imapUser, noImapServer, startImapServer } from './imap-server.ts'

/** What these tests are about, and why they are left out where they are. */
export const realServer = `a real mail server${noImapServer === null ? '' : ` (left out: ${noImapServer})`}`

/** A real mail server, and the application that listens to it, for the tests of one `describe`; each test begins without mailboxes. */
export function listening() {
  let app: App
  let server: ImapServer
  const listeners: MailListener[] = []
  /** Every mail that the test's own module was handed. */
  const got: ReceivedMail[] = []
  const taking = module({
    name: 'taking',
    api: {},
    actions: {},
    permissions: {},
    mail: async (_, mail) => {
      got.push(mail)
      return 'taken'
    },
  })
  beforeAll(async () => {
    server = await startImapServer()
    app = await startApp({
      work: true,
      now: new Date(),
      mail: { smtpUrl: 'smtp://127.0.0.1:9', from: 'care@example.com' },
      further: [taking],
      without: ['cases'],
    })
  })
  afterAll(async () => {
    await app?.close()
    await server?.stop()
  })
  afterEach(async () => {
    await Promise.all(listeners.splice(0).map((one) => one.stop()))
    const { mailboxes } = await app.as(mailboxApi).list({})
    for (const { id, version } of mailboxes) await app.as(mailboxApi).remove({ id, version })
    got.length = 0
  })

  const values = () => ({
    ...{ name: 'Care', address: 'care@example.com', host: '127.0.0.1', port: server.port, security: 'plain' as const, username: imapUser },
    ...{ ownNetwork: true, folder: 'INBOX', afterTaking: 'seen' as const, moveTo: null, fromStart: false, fromName: '' },
    ...{
      signatures: { en: '', 'zh-CN': '', 'zh-TW': '' },
      plusAddresses: false,
      authServer: null,
      limitMegabytes: 1,
      hourlyLimit: 600,
      keptDays: 90,
    },
  })
  const state = async (id: string) => (await app.as(mailboxApi).list({})).mailboxes.find((one) => one.id === id)!
  const until = (check: () => unknown, timeout = 20_000) => vi.waitFor(check, { timeout, interval: 50 })
  let number = 0
  return {
    app: (): App => app,
    server: (): ImapServer => server,
    /** The listeners that end with the test, in the order in which they began. */
    listeners,
    got,
    /** `ahead`: by a clock by which the lease of a dead worker has run out. */
    listen(name = 'one', ahead = 0): void {
      const listener = startMailListener({
        database: app.database,
        log: createLog('silent'),
        now: () => new Date(Date.now() + ahead),
        name,
        contextOf: app.contextOf,
        sealing: sealingIn(app.dataFolder),
      })
      listeners.push(listener)
    },
    values,
    add(more: object = {}) {
      app.now = new Date()
      return app.as(mailboxApi).add({ ...values(), secret: imapPassword, ...more })
    },
    state,
    until,
    // A process of its own takes seconds to start, and many where the machine is busy.
    reading: (id: string) => until(async () => expect((await state(id)).lookedAt).not.toBeNull(), 60_000),
    received: async () => (await app.as(mailboxApi).received({})).items,
    async hand(): Promise<void> {
      // One that somebody else holds at the moment is passed over, and is due all the same.
      do {
        app.now = new Date()
        while (await app.transaction(handDueMail));
      } while (await isMailDue(app.db, app.now))
    },
    mail: (subject: string, more = '', body = 'It is broken.') =>
      `From: Ada <ada@example.org>\nTo: care@example.com\nSubject: ${subject}\nMessage-ID: <${++number}.${subject.replace(/\W/g, '')}@example.org>\nDate: Tue, 3 Mar 2026 10:40:00 +0000\n${more}\n${body}\n`,
  }
}
