import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import { mailedMediaType, storeFile } from '#platform/files.ts'
import { timeOrderedId } from '#platform/identifier.ts'
import { mailboxApi } from '#platform/mailbox/api.ts'
import { handDueMail } from '#platform/mailbox/hand.ts'
import { insertMail, type NewMail } from '#platform/mailbox/in-store.ts'
import { mailLimits, parseMail } from '#platform/mailbox/parse-mail.ts'
import { threadPurpose } from '#platform/mailbox/queue-mail.ts'
import { sendDueMail } from '#platform/mailbox/send.ts'
import { threadOfMail } from '#platform/mailbox/thread-token.ts'
import { type App, startApp } from '#test/app.ts'
import { startMailServer } from '#test/mail-server.ts'
import { casesApi } from './api.ts'
import { mailJobs } from './jobs/mails.ts'
import { mailSetting } from './settings.ts'

let app: App
let server: Awaited<ReturnType<typeof startMailServer>>
let mailboxId: string
let version = 0
beforeAll(async () => {
  server = await startMailServer()
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z'), mail: server.settings, address: 'https://patron.example.com' })
  await app.transaction((context) =>
    writeSetting(context, organizationProfile, { name: 'Harbour', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0),
  )
  mailboxId = (
    await app.as(mailboxApi).add({
      ...{ name: 'Care', address: 'care@example.com', host: 'imap.example.com', port: 993, security: 'tls', username: 'care', secret: 'x' },
      ...{ ownNetwork: false, folder: 'INBOX', afterTaking: 'seen', moveTo: null, fromStart: false, fromName: 'Harbour Care' },
      ...{ signatures: { en: 'Your care team', 'zh-CN': '客服部', 'zh-TW': '客服部' }, plusAddresses: true, authServer: null },
      ...{ limitMegabytes: 25, hourlyLimit: 600, keptDays: 90 },
    })
  ).id
})
afterAll(async () => {
  await app.close()
  await server.close()
})
afterEach(async () => {
  await sendAll()
  server.mails.length = 0
  server.recipients.length = 0
})

const api = () => app.as(casesApi)
const later = (days: number) => {
  app.now = new Date(app.now.getTime() + days * 86_400_000)
}
let count = 0

/** A mail as it came over the wire, read as the listener reads it, and handed on. */
async function arrives(raw: string, more: Partial<NewMail> = {}): Promise<void> {
  app.now = new Date(app.now.getTime() + 1000)
  const keep = async ({ name, content }: { name: string; content: AsyncIterable<Uint8Array> }) => {
    const file = { id: timeOrderedId(app.now), name, mediaType: mailedMediaType, createdBy: 'system', now: app.now, limit: 1 << 20 }
    return { fileId: file.id, bytes: (await storeFile(app.db, file, content)).bytes }
  }
  const mail = await parseMail(Readable.from([Buffer.from(raw.replaceAll('\n', '\r\n'))]), keep, mailLimits(1 << 20), null)
  const key = await app.transaction(async ({ house }) => house.sealing!.keyFor(threadPurpose))
  const { threadId, forged } = threadOfMail(mail, 'care@example.com', key)
  await insertMail(app.db, {
    ...{
      id: timeOrderedId(app.now),
      mailboxId,
      uidValidity: 1,
      uid: ++count,
      messageHash: Buffer.from(`hash ${count}`),
      bytes: raw.length,
    },
    ...{ messageId: mail.messageId, inReplyTo: mail.inReplyTo, references: mail.references, fromName: mail.from?.name ?? '' },
    ...{ fromAddress: mail.from?.address ?? null, replyTo: mail.replyTo, recipients: { to: mail.to, cc: mail.cc }, subject: mail.subject },
    ...{ text: mail.text, html: mail.html, attachments: mail.attachments, automatic: mail.automatic, verdicts: null, cut: mail.cut },
    ...{ sentAt: mail.sentAt, receivedAt: app.now, takenInAt: app.now, threadId, threadBy: threadId === null ? null : 'token' },
    ...{ threadForged: forged && threadId === null, bounceOf: null, state: 'new', reason: null, dueAt: app.now },
    ...more,
  })
  while (await app.transaction(handDueMail));
  const { items } = await app.as(mailboxApi).received({})
  expect(items.filter(({ state }) => state === 'failed').map(({ problem }) => problem)).toEqual([])
}
const mail = (from: string, subject: string, body: string, headers = '') =>
  `From: ${from}\nTo: care@example.com\nSubject: ${subject}\nMessage-ID: <${++count}@example.org>\nDate: Tue, 10 Mar 2026 01:00:00 +0000\n${headers}\n${body}\n`
const all = async () => (await api().list({ queue: 'all' })).items
const newest = async () => api().one({ caseId: (await all())[0]!.id })
const log = async (caseId: string) => (await api().log({ caseId })).events.map(({ kind }) => kind)
const sendAll = async () => {
  while (await app.transaction(sendDueMail));
}
const header = (place: number, name: string) =>
  new RegExp(`^${name}:\\s+((?:.|\\n[ \\t])*)$`, 'im').exec(server.mails[place]!.split('\n\n')[0]!)?.[1]?.replace(/\s+/g, ' ')

describe('a mail from nobody known', () => {
  test('opens an enquiry of a new prospect, and is acknowledged once in its language', async () => {
    await arrives(
      mail('Wang <wang@tea.example>', '茶壶', '我上个月买的茶壶漏水，请尽快处理。', 'Content-Type: text/plain; charset=utf-8\n'),
    )
    const one = await newest()
    expect(one).toMatchObject({
      kind: 'enquiry',
      state: 'open',
      customer: { name: 'Wang' },
      record: { subject: '茶壶', description: '我上个月买的茶壶漏水，请尽快处理。', channel: 'email', language: 'zh-CN' },
      acknowledged: { sent: 'mail' },
    })
    expect(await log(one.id)).toEqual(['opened', 'message', 'acknowledged'])
    await sendAll()
    expect(server.recipients).toEqual([['wang@tea.example']])
    expect(header(0, 'Auto-Submitted')).toBe('auto-replied')
    expect(header(0, 'From')).toBe('Harbour Care <care@example.com>')
    expect(server.textOf(0)).toContain(one.number)
    expect(server.textOf(0)).toContain('客服部')
    // What anybody may have written in somebody else’s name is not sent on.
    expect(server.textOf(0)).not.toContain('漏水')
    const answerBy = one.acknowledged!.answerBy
    if (answerBy) expect(server.textOf(0)).toContain('2026年3月')
  })

  test('with its thread goes on; with a forged one it is a case of its own', async () => {
    await arrives(mail('Ada <ada@example.org>', 'Kettle', 'It is broken.'))
    const one = await newest()
    await sendAll()
    const answers = header(0, 'Message-ID')!
    const before = (await all()).length
    await arrives(mail('Ada <ada@example.org>', 'Re: Kettle', 'The red one.\n\nOn Tue, Care wrote:\n> Which?', `In-Reply-To: ${answers}\n`))
    expect(await all()).toHaveLength(before)
    expect(await log(one.id)).toEqual(['opened', 'message', 'acknowledged', 'message'])
    const { items } = await api().messages({ caseId: one.id })
    expect(items.map(({ direction, channel, text }) => [direction, channel, text])).toEqual([
      ['in', 'email', 'The red one.'],
      ['in', 'email', 'It is broken.'],
    ])
    const forged = answers
      .replace(/[a-z2-7](?=[^a-z2-7]*@)/, (sign) => (sign === 'a' ? 'b' : 'a'))
      .replace(/<./, (start) => `<${start[1] === 'a' ? 'b' : 'a'}`)
    await arrives(
      mail(
        'Eve <eve@example.net>',
        'Re: Kettle',
        'Send it to me instead.',
        `In-Reply-To: <${forged.slice(2, -1).split('').reverse().join('')}x@example.com>\n`,
      ),
    )
    expect(await all()).toHaveLength(before + 1)
    expect((await newest()).customer?.name).toBe('Eve')
    expect((await api().messages({ caseId: one.id })).items).toHaveLength(2)
  })

  test('comes twice and is one case', async () => {
    const raw = mail('Bo <bo@example.org>', 'Twice', 'Once said.')
    await arrives(raw)
    const before = (await all()).length
    await arrives(raw)
    expect(await all()).toHaveLength(before)
  })
})

describe('a mail from a customer', () => {
  test('stands with them, with its files; a mailbox may open complaints', async () => {
    const { id } = await app.as(customersApi).create({ values: { name: 'Mei', email: 'Mei@shop.example' } })
    const set = { acknowledge: false, reopenDays: 30, complaintAddresses: ['care@example.com'] }
    await app.transaction((context) => writeSetting(context, mailSetting, set, version++))
    const parts =
      '--b\nContent-Type: text/plain\n\nSee the picture.\n--b\nContent-Type: text/html; name="x.html"\nContent-Disposition: attachment; filename="x.html"\n\n<script>alert(1)</script>\n--b--'
    await arrives(mail('Mei <mei@shop.example>', 'Broken jar', parts, 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n'))
    const one = await newest()
    expect(one).toMatchObject({
      kind: 'complaint',
      step: 'record',
      customer: { id },
      record: { subject: 'Broken jar' },
      acknowledged: null,
    })
    expect(one.record.fileIds).toHaveLength(1)
    const { items } = await api().mails({ caseId: one.id })
    expect(items).toMatchObject([{ direction: 'in', files: [{ name: 'x.html', inline: false }] }])
    const response = await app.request(`/api/v1/cases/${one.id}/mail-files/${one.record.fileIds[0]}`)
    expect([response.status, response.headers.get('content-disposition')?.startsWith('attachment')]).toEqual([200, true])
    expect(response.headers.get('content-type')).not.toContain('html')
    const { id: other } = await api().one({ caseId: (await all()).at(-1)!.id })
    expect((await app.request(`/api/v1/cases/${other}/mail-files/${one.record.fileIds[0]}`)).status).toBe(404)
    await app.transaction((context) =>
      writeSetting(context, mailSetting, { acknowledge: true, reopenDays: 30, complaintAddresses: [] }, version++),
    )
  })

  test('with markup is made safe before it lies here', async () => {
    const evil = '<p onclick="alert(1)">Hi<script>alert(2)</script><img src="https://track.example/a.png"><iframe src="x"></iframe></p>'
    await arrives(mail('Mei <mei@shop.example>', 'Markup', evil, 'MIME-Version: 1.0\nContent-Type: text/html\n'))
    const { items } = await api().mails({ caseId: (await newest()).id })
    const html = items.find(({ direction }) => direction === 'in')!.html!
    expect(html).toContain('Hi')
    expect(html).not.toMatch(/script|onclick|iframe|src=/)
    expect(items.find(({ direction }) => direction === 'in')!.remotePictures).toBe(1)
  })
})

describe('an answer', () => {
  test('goes out by mail in the thread, once, and what comes back continues it', async () => {
    await arrives(mail('Lu <lu@example.org>', 'Teapot', 'Which glaze is it?', 'References: <first@example.org>\n'))
    const one = await newest()
    await sendAll()
    later(1 / 1440)
    const sent = await api().sendMessage({ caseId: one.id, text: 'It is celadon.', answers: true })
    expect(sent).toMatchObject({ mailed: true, state: 'closed' })
    await sendAll()
    expect(header(1, 'Subject')).toBe(`Re: Teapot [${one.number}]`)
    expect(header(1, 'References')).toContain('<first@example.org>')
    expect(header(1, 'Auto-Submitted')).toBeUndefined()
    expect(server.textOf(1)).toMatch(/^It is celadon\.[\s\S]*-- \nYour care team\n$/)
    expect((await api().mails({ caseId: one.id })).items[0]).toMatchObject({ direction: 'out', to: 'lu@example.org', state: 'sent' })

    later(29)
    await arrives(mail('Lu <lu@example.org>', 'Re: Teapot', 'And the lid?', `In-Reply-To: ${header(1, 'Message-ID')}\n`))
    const again = await api().one({ caseId: one.id })
    expect(again).toMatchObject({ state: 'open', step: 'answer', reopened: 1, answered: null })

    await api().sendMessage({ caseId: one.id, text: 'The same.', answers: true })
    later(31)
    await arrives(mail('Lu <lu@example.org>', 'Re: Teapot', 'Now it is broken.', `In-Reply-To: ${header(1, 'Message-ID')}\n`))
    // It names the earlier one, and alarms nobody: nobody complained.
    expect(await newest()).toMatchObject({
      repeatOf: one.id,
      customer: one.customer,
      state: 'open',
      record: { severity: 3 },
      escalations: [],
    })
    expect((await app.db.selectFrom('cases.figure').select('repeated').where('repeated', '=', true).execute()).length).toBe(0)
    expect((await api().list({ queue: 'all' })).items.some(({ repeated }) => repeated)).toBe(false)
    expect((await api().one({ caseId: one.id })).state).toBe('closed')
  })

  test('ends a pause', async () => {
    await arrives(mail('Nan <nan@example.org>', 'Cup', 'Where is my cup?'))
    const one = await newest()
    await sendAll()
    await api().pause({ caseId: one.id, version: one.version, reason: 'Which order?', until: null })
    await arrives(mail('Nan <nan@example.org>', 'Re: Cup', 'TX-1', `In-Reply-To: ${header(0, 'Message-ID')}\n`))
    expect(await api().one({ caseId: one.id })).toMatchObject({ paused: null })
  })
})

describe('what was meant for one alone', () => {
  /** Every row of every table of ours in which a text stands. */
  const tablesWith = async (text: string) => {
    const { rows } = await sql<{ name: string }>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema in ('platform', 'cases', 'customers', 'organization', 'commitments')`.execute(app.db)
    const found: string[] = []
    for (const { name } of rows) {
      const { rows: hits } = await sql`select 1 from ${sql.raw(name)} t where t::text like ${`%${text}%`} limit 1`.execute(app.db)
      if (hits.length > 0) found.push(name)
    }
    return found
  }

  test('the private link is in the mail that goes out, and readable nowhere else', async () => {
    await arrives(mail('Ona <ona@example.org>', 'Lamp', 'It flickers.'))
    const one = await newest()
    await sendAll()
    await api().sendMessage({ caseId: one.id, text: 'We look into it.' })
    const waiting = await app.db.selectFrom('platform.mail_out').select('body').where('state', '=', 'queued').execute()
    expect(waiting.map(({ body }) => body).join()).toContain('https://patron.example.com/p/case/…')
    await sendAll()
    const [, token = ''] = /patron\.example\.com\/p\/case\/([\w-]{43})/.exec(server.textOf(1)) ?? []
    expect(token).toHaveLength(43)
    expect((await app.request(`/p/case/${token}`, {}, null)).status).toBe(200)
    const quoted = `Thanks.\n\n> https://patron.example.com/p/case/${token}\n> https://safe.example/?u=https%3A%2F%2Fpatron.example.com%2Fp%2Fcase%2F${token}`
    await arrives(mail('Ona <ona@example.org>', 'Re: Lamp', quoted, `In-Reply-To: ${header(1, 'Message-ID')}\n`))
    const html = `<p>Thanks <a href="https://patron.example.com/p/case/${token}">here</a></p>`
    await arrives(mail('Ona <ona@example.org>', 'Re: Lamp', html, `Content-Type: text/html\nIn-Reply-To: ${header(1, 'Message-ID')}\n`))
    const mails = (await api().mails({ caseId: one.id })).items
    expect(mails).toHaveLength(5)
    expect(JSON.stringify(mails)).not.toContain(token)
    expect(await tablesWith(token)).toEqual([])
  })

  test('a letter goes to no address that only somebody with a mail of the thread wrote from', async () => {
    await app.as(customersApi).create({ values: { name: 'Rhea', email: 'rhea@example.org' } })
    await arrives(mail('Rhea <rhea@example.org>', 'Vase', 'It leaks.'))
    const one = await newest()
    await sendAll()
    await arrives(mail('Eve <eve2@example.net>', 'Re: Vase', 'Send it to me.', `In-Reply-To: ${header(0, 'Message-ID')}\n`))
    const { items } = await api().mails({ caseId: one.id })
    expect(items.filter(({ direction }) => direction === 'in').map((it) => [it.from.address, it.isOfCustomer])).toEqual([
      ['eve2@example.net', false],
      ['rhea@example.org', true],
    ])
    await api().sendMessage({ caseId: one.id, text: 'Your address?' })
    await sendAll()
    expect(server.recipients).toEqual([['rhea@example.org'], ['rhea@example.org']])
  })

  test('a thread whose case was merged into another leads nowhere else', async () => {
    await arrives(mail('Sol <sol@example.org>', 'Pan', 'The handle is loose.'))
    const first = await newest()
    await sendAll()
    await arrives(mail('Sol <sol@example.org>', 'Pan again', 'The other handle.'))
    const second = await newest()
    await sendAll()
    await api().merge({ caseId: first.id, version: first.version, intoCaseId: second.id, reason: 'The same' })
    await arrives(mail('Eve <eve3@example.net>', 'Re: Pan', 'Where is it?', `In-Reply-To: ${header(0, 'Message-ID')}\n`))
    expect(await newest()).toMatchObject({ repeatOf: first.id, record: { unproven: true, complainant: { contact: 'eve3@example.net' } } })
    expect((await api().messages({ caseId: second.id })).items.map(({ text }) => text)).not.toContain('Where is it?')
    await api().sendMessage({ caseId: second.id, text: 'A new one is on its way.' })
    await sendAll()
    const letter = server.mails.findIndex((_, place) => server.textOf(place).includes('A new one is on its way'))
    expect(server.recipients[letter]).toEqual(['sol@example.org'])
  })

  test('a sender whom the own mail server does not believe proves nothing, is marked, and is not answered', async () => {
    const { id } = await app.as(customersApi).create({ values: { name: 'Tess', email: 'tess@example.org' } })
    await arrives(mail('Tess <tess@example.org>', 'Refund', 'To this account, please.'), {
      verdicts: { spf: 'fail', dkim: 'none', dmarc: 'fail' },
    })
    const one = await newest()
    expect(one).toMatchObject({
      ...{ customer: { id }, acknowledged: null },
      record: { unproven: true, complainant: { name: 'Tess', contact: 'tess@example.org' } },
    })
    expect((await api().mails({ caseId: one.id })).items).toMatchObject([{ isBelievable: false }])
    await sendAll()
    expect(server.recipients).toEqual([])
    await arrives(mail('Tess <tess@example.org>', 'Cup', 'It is green.'), { verdicts: { spf: 'pass', dkim: 'pass', dmarc: 'pass' } })
    expect((await newest()).record).toMatchObject({ complainant: null })
    expect((await newest()).record.unproven).toBeUndefined()
  })
})

describe('machines', () => {
  test('never open a case, are never answered, and wake nobody', async () => {
    const before = (await all()).length
    await arrives(mail('Robot <robot@example.net>', 'Out of office', 'Away.', 'Auto-Submitted: auto-replied\n'))
    await arrives(mail('List <list@example.net>', 'News', 'Buy!', 'List-Id: <news.example.net>\n'))
    expect(await all()).toHaveLength(before)
    await arrives(mail('Kit <kit@example.net>', 'Bowl', 'Is it safe?'))
    const one = await newest()
    await sendAll()
    server.mails.splice(1)
    const answers = header(0, 'Message-ID')
    // Two that answer each other would go on for ever.
    for (let i = 0; i < 3; i++)
      await arrives(mail('Kit <kit@example.net>', 'Re: Bowl', 'I am away.', `Auto-Submitted: auto-replied\nIn-Reply-To: ${answers}\n`))
    await sendAll()
    expect(server.mails).toHaveLength(1)
    const { items } = await api().messages({ caseId: one.id })
    expect(items.filter(({ automatic }) => automatic)).toHaveLength(3)
  })

  test('that hide what they are are answered a few times and no more', async () => {
    for (let i = 0; i < 8; i++) await arrives(mail('Sly <sly@example.net>', `Number ${i}`, 'Hello again and again.'))
    await sendAll()
    expect(server.recipients.filter(([to]) => to === 'sly@example.net')).toHaveLength(5)
  })

  test('that say that a mail did not arrive are noted on its case', async () => {
    await arrives(mail('Pam <pam@example.net>', 'Lid', 'Lost the lid.'))
    const one = await newest()
    const { items } = await api().mails({ caseId: one.id })
    const out = await app.db.selectFrom('platform.mail_out').select('id').where('thread_id', '=', one.id).executeTakeFirstOrThrow()
    expect(items).toHaveLength(2)
    await arrives(mail('mailer-daemon@example.net', 'Undelivered', 'No such user', 'Auto-Submitted: auto-replied\n'), {
      ...{ automatic: 'bounce', threadId: one.id, threadBy: 'token', bounceOf: out.id },
    })
    expect(await log(one.id)).toEqual(['opened', 'message', 'acknowledged', 'noted'])
    server.refuseNext(550)
    await sendAll()
    const note = mailJobs.find(({ name }) => name === 'cases.note-not-delivered')!
    await app.transaction((context) => note.run(context, { mailId: out.id, threadId: one.id } as never))
    expect((await log(one.id)).filter((kind) => kind === 'noted')).toHaveLength(2)
  })
})

test('a case that was told by telephone is acknowledged by mail where an address is known and nothing speaks against it', async () => {
  const customers = app.as(customersApi)
  const { id } = await customers.create({ values: { name: 'Tel', email: 'tel@example.org' } })
  const told = { kind: 'enquiry' as const, subject: 'Hours', description: 'When are you open?', channel: 'phone' as const }
  const acknowledge = mailJobs.find(({ name }) => name === 'cases.acknowledge')!
  const run = async (caseId: string) => app.transaction((context) => acknowledge.run(context, { caseId, proactive: false } as never))
  const one = await api().open({ ...told, customerId: id })
  await run(one.id)
  await run(one.id)
  await sendAll()
  expect(server.recipients).toEqual([['tel@example.org']])
  expect(header(0, 'Auto-Submitted')).toBe('auto-generated')
  await customers.noteConsent({ id, purpose: 'service', channel: 'email', given: false, origin: 'phone' })
  const other = await api().open({ ...told, customerId: id })
  await run(other.id)
  expect((await api().one({ caseId: other.id })).acknowledged).toBeNull()
})
