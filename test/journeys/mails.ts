import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { insertMail, type NewMail } from '#platform/mailbox/in-store.ts'
import { addMailbox } from '#platform/mailbox/mailbox-store.ts'
import { storable } from '#platform/mailbox/parse-mail.ts'
import { safeHtml } from '#platform/mailbox/safe-html.ts'
import { hostileHtml } from '#test/hostile-html.ts'
import type { Stage } from './product.ts'
import { accessible, section } from './seen.ts'

export function mails(stage: () => Stage): void {
  test('whoever looks after mailboxes sees what a stranger wrote, and nothing of it runs or loads', async () => {
    const { database } = stage().product
    const mailboxId = randomUUID()
    const now = new Date()
    await addMailbox(database.db, {
      ...{ id: mailboxId, name: 'Care', address: 'care@example.com', host: 'imap.invalid', port: 993, security: 'tls', username: 'care' },
      ...{ ownNetwork: false, folder: 'INBOX', afterTaking: 'seen', moveTo: null, fromStart: false, fromName: '', plusAddresses: false },
      ...{
        signatures: { en: '', 'zh-CN': '', 'zh-TW': '' },
        authServer: null,
        limitMegabytes: 25,
        hourlyLimit: 600,
        keptDays: 90,
        secret: Buffer.from('x'),
        by: 'test',
        now,
      },
    })
    const arrive = async (subject: string, html: string) => {
      const mail: NewMail = {
        ...{
          id: randomUUID(),
          mailboxId,
          uidValidity: 1,
          uid: 1,
          messageHash: Buffer.from(subject),
          bytes: 1,
          takenInAt: now,
          messageId: null,
        },
        ...{
          inReplyTo: null,
          references: [],
          fromName: 'Eve',
          fromAddress: 'eve@example.net',
          replyTo: null,
          recipients: { to: [], cc: [] },
        },
        ...{
          subject,
          text: 'x',
          html: storable(html),
          attachments: [],
          automatic: null,
          verdicts: null,
          cut: null,
          sentAt: null,
          receivedAt: now,
        },
        ...{ threadId: null, threadBy: null, threadForged: false, bounceOf: null, state: 'ignored', reason: 'nobody', dueAt: null },
      }
      await insertMail(database.db, mail)
    }
    const link = '<p>Sign in at <a href="https://evil.example/">https://bank.example/</a></p>'
    await arrive('Made safe', safeHtml(`${link}<img src="https://shop.example/a.png">${hostileHtml.join('\n')}`).html)
    // As if it had not been made safe: the frame alone must hold it.
    await arrive('Not made safe', hostileHtml.filter((one) => !/<(?:plaintext|title|xmp|template|textarea|no\w+)/.test(one)).join('\n'))

    const visit = await stage().visit()
    const { page } = visit
    const foreign: string[] = []
    // What the frame's own rules stop never leaves the browser.
    page.on('requestfailed', (request) => {
      if (/^https?:\/\/(?!127\.0\.0\.1:)/.test(request.url()) && request.failure()?.errorText !== 'csp') foreign.push(request.url())
    })
    await page.addInitScript('globalThis.pwned = () => { globalThis.ran = true }')
    await visit.open('/mailboxes')
    const received = section(page, 'Mails that came in')
    await received.getByRole('combobox', { name: 'State' }).click()
    await page.getByText('Not handled', { exact: true }).click()
    await received.getByRole('button', { name: 'Open: Made safe' }).click()
    const drawer = page.locator('.ant-drawer')
    const frame = drawer.frameLocator('iframe')
    await frame.getByText('Picture on shop.example').waitFor()
    const shown = await frame.getByRole('link', { name: 'https://bank.example/' }).evaluate((link) => {
      const { getComputedStyle } = globalThis as unknown as { getComputedStyle(element: unknown, part: string): { content: string } }
      return getComputedStyle(link, '::after').content
    })
    expect(shown).toContain('evil.example')
    await accessible(visit, '.ant-drawer')
    expect(visit.problems).toEqual([])
    await drawer.getByRole('button', { name: 'Close' }).click()
    await received.getByRole('button', { name: 'Open: Not made safe' }).click()
    await drawer.locator('iframe').waitFor()
    await page.waitForTimeout(1000)
    expect(await page.evaluate('globalThis.ran === true')).toBe(false)
    expect(foreign).toEqual([])
    await visit.close()
    await database.db.deleteFrom('platform.mailbox').where('id', '=', mailboxId).execute()
  })
}
