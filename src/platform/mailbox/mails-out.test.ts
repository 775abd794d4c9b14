import { Readable } from 'node:stream'
import { beforeAll, describe, expect, test } from 'vitest'
import { mailing } from '#test/mailing.ts'
import { storeFile, uploadMediaType } from '../files.ts'
import { timeOrderedId } from '../identifier.ts'
import { mailboxJobs } from './jobs.ts'
import { mailbox } from './module.ts'
import { noteCameBack, statesOfMailsOut } from './out-store.ts'
import { type MailToSend, queueMail, threadPurpose } from './queue-mail.ts'
import { sendDueMail } from './send.ts'
import { threadOfMail } from './thread-token.ts'

const { added, api, app, later, server } = mailing()

describe('a mail that goes out', () => {
  let mailboxId: string
  beforeAll(async () => {
    mailboxId = (await added()).id
  })
  const mail = (more: Partial<MailToSend> = {}): MailToSend => ({
    ...{
      module: 'taking',
      mailboxId,
      to: { name: 'Ada Example', address: 'Ada@example.org' },
      subject: 'Your kettle',
      text: 'We are sorry.',
      language: 'en',
    },
    ...more,
  })
  const queue = (more: Partial<MailToSend> = {}) => app().transaction((context) => queueMail(context, mail(more)))
  const send = () => app().transaction(sendDueMail)
  const shown = async (id: string) => (await api().sent({})).items.find((one) => one.id === id)
  const headerOf = (place: number, name: string) =>
    new RegExp(`^${name}:\\s+((?:.|\\n[ \\t])*)$`, 'im').exec(server().mails[place]!.split('\n\n')[0]!)?.[1]?.replace(/\s+/g, ' ')

  test('goes in the name of its mailbox, once, with its signature and a Message-ID by which the answer finds its thread', async () => {
    const threadId = '0198c0de-0000-7000-8000-00000000000d'
    const answers = { messageId: '<2@example.org>', references: ['<1@example.org>'] }
    const { mailId, messageId, refused } = await queue({ threadId, answers })
    expect(refused).toBeNull()
    expect(await shown(mailId)).toMatchObject({ state: 'queued', to: { name: 'Ada Example', address: 'ada@example.org' } })
    expect(await send()).toBe(true)
    expect(await send()).toBe(false)
    expect(server().mails).toHaveLength(1)
    expect(server().recipients).toEqual([['ada@example.org']])
    expect(headerOf(0, 'From')).toBe('Example Care <care@example.com>')
    expect(headerOf(0, 'To')).toBe('Ada Example <ada@example.org>')
    expect(headerOf(0, 'Message-ID')).toBe(messageId)
    expect(headerOf(0, 'In-Reply-To')).toBe('<2@example.org>')
    expect(headerOf(0, 'References')).toBe('<1@example.org> <2@example.org>')
    expect(headerOf(0, 'Content-Language')).toBe('en')
    expect(headerOf(0, 'Auto-Submitted')).toBeUndefined()
    const answerAddress = headerOf(0, 'Reply-To')!
    expect(answerAddress).toMatch(/^care\+[a-z2-7]{42}@example\.com$/)
    expect(server().textOf(0)).toBe('We are sorry.\n\n-- \nYour care team\n')
    expect(await shown(mailId)).toMatchObject({ state: 'sent', attempts: 1, problem: null })
    expect((await statesOfMailsOut(app().db, [mailId])).get(mailId)).toMatchObject({ state: 'sent', sentAt: app().now })
    // The answer to it is known by either.
    const key = await app().transaction(({ house }) => house.sealing!.keyFor(threadPurpose))
    const none = { inReplyTo: null, references: [], recipients: [] }
    expect(threadOfMail({ ...none, inReplyTo: messageId }, 'care@example.com', key).threadId).toBe(threadId)
    expect(threadOfMail({ ...none, recipients: [answerAddress] }, 'care@example.com', key).threadId).toBe(threadId)
  })

  test('goes out if and only if its reason is true', async () => {
    await app()
      .transaction(async (context) => {
        await queueMail(context, mail())
        throw new Error('Not after all')
      })
      .catch(() => {})
    expect(await send()).toBe(false)
  })

  test('takes HTML and files with it, made safe', async () => {
    const file = {
      id: timeOrderedId(app().now),
      name: '发票.pdf',
      mediaType: uploadMediaType,
      createdBy: 'tester',
      now: app().now,
      limit: 100,
    }
    await storeFile(app().db, file, Readable.from([Buffer.from('a bill')]))
    await queue({ html: '<p onclick=x>We are <b>sorry</b>.<script>y</script></p>', fileIds: [file.id] })
    await send()
    const raw = server().mails[0]!.replaceAll('=\n', '')
    expect(raw).toContain('<p>We are <b>sorry</b>.</p><p>-- <br>Your care team</p>')
    expect(raw).not.toContain('script')
    expect(raw).toContain(Buffer.from('a bill').toString('base64'))
    expect(raw).toMatch(/filename\*?.*%E5%8F%91%E7%A5%A8/)
    await expect(queue({ fileIds: ['0198c0de-0000-7000-8000-000000000999'] })).rejects.toMatchObject({ reason: 'no-such-file' })
  })

  test('says that nobody wrote it, where that is so, and too many such mails to one address are not sent', async () => {
    const to = { name: '', address: 'robot@example.net' }
    for (let i = 0; i < 5; i++)
      expect((await queue({ to, automatic: 'replied', answers: { messageId: '<9@example.net>', references: [] } })).refused).toBeNull()
    const sixth = await queue({ to, automatic: 'generated' })
    expect(sixth.refused).toBe('too-many')
    expect((await queue({ to })).refused).toBeNull()
    while (await send());
    expect(server().mails).toHaveLength(6)
    const marks = server().mails.map((_, place) => [headerOf(place, 'Auto-Submitted'), headerOf(place, 'X-Auto-Response-Suppress')])
    expect(marks.filter(([mark]) => mark !== undefined)).toEqual(Array(5).fill(['auto-replied', 'All']))
    expect(await shown(sixth.mailId)).toMatchObject({ state: 'failed', problem: 'too-many' })
    await expect(queue({ automatic: 'replied', answers: { messageId: null, references: [], automatic: 'bounce' } })).rejects.toThrow(
      'never answered by itself',
    )
  })

  test('that a server does not take now is tried again; one that it will never take is not', async () => {
    server().refuseNext(451)
    const { mailId, messageId } = await queue()
    await send()
    expect(await shown(mailId)).toMatchObject({
      state: 'queued',
      attempts: 1,
      problem: 'refused',
      dueAt: new Date(app().now.getTime() + 60_000),
    })
    expect(await send()).toBe(false)
    later(1)
    await send()
    expect(await shown(mailId)).toMatchObject({ state: 'sent', attempts: 2, problem: null })
    expect(headerOf(0, 'Message-ID')).toBe(messageId)
    server().refuseNext(550)
    const second = await queue({ threadId: '0198c0de-0000-7000-8000-00000000000e' })
    await send()
    expect(await shown(second.mailId)).toMatchObject({
      state: 'failed',
      attempts: 1,
      problem: 'refused',
      problemDetail: expect.stringContaining('no such user'),
    })
    const facts = await app().db.selectFrom('platform.fact').select('payload').where('name', '=', 'mailbox.mail-not-delivered').execute()
    expect(facts).toContainEqual({ payload: { mailId: second.mailId, threadId: '0198c0de-0000-7000-8000-00000000000e' } })
    await api().repeatSent({ id: second.mailId })
    await send()
    expect(headerOf(1, 'Message-ID')).toBe(second.messageId)
    expect(await shown(second.mailId)).toMatchObject({ state: 'sent' })
    await expect(api().repeatSent({ id: second.mailId })).rejects.toMatchObject({ status: 404 })
  })

  test('with a private link goes out whole while it is tried again, and once sent is written anew instead of sent again', async () => {
    const link = `https://patron.example.com/p/case/${'k'.repeat(43)}`
    server().refuseNext(550)
    const { mailId, messageId } = await queue({ text: `See here:\n${link}`, link })
    await send()
    await api().repeatSent({ id: mailId })
    await send()
    expect(server().textOf(0)).toContain(link)
    const plain = await queue()
    await send()
    for (const mail of [messageId, plain.messageId]) await noteCameBack(app().db, mail, '5.1.1', true)
    await expect(api().repeatSent({ id: mailId })).rejects.toMatchObject({ status: 409, reason: 'link-sent' })
    expect(await shown(mailId)).toMatchObject({ state: 'failed', problem: 'came-back' })
    await api().repeatSent({ id: plain.mailId })
    expect(await shown(plain.mailId)).toMatchObject({ state: 'queued' })
    await send()
  })

  test('cannot be given headers by whoever names it', async () => {
    await queue({ subject: 'Kettle\r\nBcc: eve@example.net', to: { name: 'Ada\r\nBcc: eve@example.net', address: 'ada@example.org' } })
    await send()
    expect(server().recipients).toEqual([['ada@example.org']])
    expect(server().mails[0]).not.toMatch(/^Bcc:/m)
  })

  test('waits, restored from a backup, for somebody to say that it did not go out since', async () => {
    const { mailId } = await queue()
    await app().transaction((context) => mailbox.afterRestore!(context, { fromDatabase: null, fromFile: [] }))
    expect(await send()).toBe(false)
    expect(await shown(mailId)).toMatchObject({ state: 'failed', problem: 'restored' })
  })

  test('is looked for every minute, where nobody was woken', async () => {
    later(2000)
    await queue()
    const woken: string[] = []
    const look = mailboxJobs.find(({ name }) => name === 'mailbox.look-when-due')!
    await app().transaction((context) => look.run({ ...context, wake: async (fact) => void woken.push(fact.name) }, {} as never))
    expect(woken).toEqual(['mailbox.mails-out-due'])
    while (await send());
  })
})
