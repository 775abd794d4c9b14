import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mailing } from '#test/mailing.ts'
import { fileById, keepFile, mailedMediaType, storeFile, uploadMediaType } from '../files.ts'
import { timeOrderedId } from '../identifier.ts'
import { mailboxChecks } from './checks.ts'
import { forgetSettled, sweepMailedFiles } from './forget-store.ts'
import { handDueMail } from './hand.ts'
import { insertMail, joinThread, type NewMail, threadOfEarlier } from './in-store.ts'
import { mailboxJobs } from './jobs.ts'
import { mayAnswerByItself } from './queue-mail.ts'
import type { ReceivedMail } from './received-mail.ts'

const { added, api, app, later, someMail, takenBy } = mailing()

describe('a mail that came in', () => {
  let mailboxId: string
  beforeEach(async () => {
    mailboxId = (await added()).id
  })
  afterEach(async () => {
    const { mailboxes } = await api().list({})
    for (const { id, version } of mailboxes) await api().remove({ id, version })
  })
  async function arrived(more: Partial<NewMail> = {}): Promise<string> {
    const mail = someMail(mailboxId, more)
    await insertMail(app().db, mail)
    return mail.id
  }
  const hand = () => app().transaction(handDueMail)
  const shown = async (id: string) => (await api().received({})).items.find((one) => one.id === id)

  test('is handed to the modules, with all that is known of it', async () => {
    const got: ReceivedMail[] = []
    takenBy(async (_, mail) => {
      got.push(mail)
      return 'taken'
    })
    const thread = '0198c0de-0000-7000-8000-00000000000a'
    const id = await arrived({
      text: 'The red one.\n\n> Which one?',
      threadId: thread,
      threadBy: 'token',
      replyTo: 'reply@example.org',
      inReplyTo: '<0@example.com>',
    })
    expect(await hand()).toBe(true)
    expect(await hand()).toBe(false)
    expect(got).toHaveLength(1)
    expect(got[0]).toMatchObject({
      ...{ id, mailbox: { id: mailboxId, name: 'Care', address: 'care@example.com' }, from: { name: 'Ada', address: 'ada@example.org' } },
      ...{ answerTo: 'reply@example.org', plainSubject: 'Kettle', text: 'The red one.\n\n> Which one?', newText: 'The red one.' },
      ...{ thread: { id: thread, by: 'token' }, threadForged: false, automatic: null, cut: null },
    })
    expect(await shown(id)).toMatchObject({ state: 'taken', dueAt: null })
  })

  test('that nobody takes is ignored, and can be handed on again', async () => {
    const id = await arrived()
    await hand()
    expect(await shown(id)).toMatchObject({ state: 'ignored', reason: 'nobody' })
    takenBy(async () => 'taken')
    await api().repeatReceived({ id })
    await hand()
    expect(await shown(id)).toMatchObject({ state: 'taken', reason: null })
    await expect(api().repeatReceived({ id })).rejects.toMatchObject({ status: 404, reason: 'no-such-mail' })
  })

  test('on which a module fails leaves nothing of what was done, says why, and is tried again and again', async () => {
    const id = await arrived()
    takenBy(async (context, mail) => {
      await joinThread(context.db, mail.id, '0198c0de-0000-7000-8000-00000000000b')
      throw new Error('No step to begin with')
    })
    expect(await hand()).toBe(true)
    const waits = [1, 5, 15, 60, 240]
    for (const [attempt, wait] of waits.entries()) {
      expect(await shown(id)).toMatchObject({
        state: 'failed',
        attempts: attempt + 1,
        problem: 'No step to begin with',
        dueAt: new Date(app().now.getTime() + wait * 60_000),
      })
      expect(await hand()).toBe(false)
      later(wait)
      expect(await hand()).toBe(true)
    }
    expect(await shown(id)).toMatchObject({ state: 'failed', attempts: 6, dueAt: null })
    const row = await app().db.selectFrom('platform.mail_in').select('thread_id').where('id', '=', id).executeTakeFirstOrThrow()
    expect(row.thread_id).toBeNull()
    const facts = await app().db.selectFrom('platform.fact').select('payload').where('name', '=', 'mailbox.mail-given-up').execute()
    expect(facts).toEqual([{ payload: { mailboxId, mailId: id } }])
    expect(await mailboxChecks.find(({ name }) => name === 'mailbox.taking')!.run(app().db, app().now)).toMatchObject({ state: 'look' })
    takenBy(async () => 'taken')
    await api().repeatReceived({ id })
    await hand()
    expect(await shown(id)).toMatchObject({ state: 'taken', problem: null })
  })

  test('on which the database fails for a moment is simply due still', async () => {
    const id = await arrived()
    takenBy(async () => {
      throw Object.assign(new Error('deadlock'), { code: '40P01' })
    })
    await expect(hand()).rejects.toThrow('deadlock')
    expect(await shown(id)).toMatchObject({ state: 'new', attempts: 0 })
  })

  test('does not keep another one waiting that is due, and no two workers take the same', async () => {
    await arrived()
    await arrived()
    const got: string[] = []
    takenBy(async (_, { id }) => {
      got.push(id)
      await new Promise((done) => setTimeout(done, 100))
      return 'taken'
    })
    await Promise.all([hand(), hand(), hand()])
    expect(new Set(got).size).toBe(2)
    expect(got).toHaveLength(2)
  })

  test('is found again by who answers it, and by nobody else', async () => {
    const thread = '0198c0de-0000-7000-8000-00000000000c'
    const id = await arrived({ messageId: '<first@example.org>' })
    await app().transaction(({ db }) => joinThread(db, id, thread))
    expect(await threadOfEarlier(app().db, ['<first@example.org>'], 'ada@example.org')).toBe(thread)
    expect(await threadOfEarlier(app().db, ['<first@example.org>'], 'eve@example.net')).toBeNull()
    expect(await threadOfEarlier(app().db, [], 'ada@example.org')).toBeNull()
  })

  test('shows its words and files to whoever looks after mailboxes, safely', async () => {
    const stored = {
      id: timeOrderedId(app().now),
      name: 'bill.html',
      mediaType: mailedMediaType,
      createdBy: 'system',
      now: app().now,
      limit: 100,
    }
    await storeFile(app().db, stored, Readable.from([Buffer.from('<script>')]))
    const other = { ...stored, id: timeOrderedId(app().now) }
    await storeFile(app().db, other, Readable.from([Buffer.from('x')]))
    const id = await arrived({
      html: '<p>x</p>',
      attachments: [{ fileId: stored.id, name: 'bill.html', mediaType: 'text/html', bytes: 8, inline: false }],
    })
    expect(await api().receivedOne({ id })).toMatchObject({ html: '<p>x</p>', text: 'The red one.', attachments: [{ name: 'bill.html' }] })
    const response = await app().request(`/api/v1/mails-in/${id}/files/${stored.id}`)
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-security-policy')]).toEqual([
      200,
      'application/x-octet-stream',
      "default-src 'none'; sandbox",
    ])
    expect(response.headers.get('content-disposition')).toContain('attachment')
    expect((await app().request(`/api/v1/mails-in/${id}/files/${other.id}`)).status).toBe(404)
  })

  test('has its pictures fetched only where somebody asks, and then lies here in whole', async () => {
    const remote = '<p><img alt="x" data-remote="http://127.0.0.1:9/a.png" /></p>'
    const id = await arrived({ html: remote })
    expect(await api().receivedOne({ id })).toMatchObject({ html: remote, remotePictures: 1 })
    await api().showPictures({ id })
    const show = mailboxJobs.find(({ name }) => name === 'mailbox.show-pictures')!
    await app().transaction((context) => show.run(context, { mailId: id } as never))
    // What cannot be had is left out, so that nobody waits for it.
    expect(await api().receivedOne({ id })).toMatchObject({ html: '<p><img alt="x" /></p>', remotePictures: 0 })
    await app().transaction((context) => show.run(context, { mailId: id } as never))
  })

  test('is answered by a machine only where a person wrote it', () => {
    expect(mayAnswerByItself({ automatic: null, answerTo: 'ada@example.org' })).toBe(true)
    expect(mayAnswerByItself({ automatic: 'auto-reply', answerTo: 'ada@example.org' })).toBe(false)
    expect(mayAnswerByItself({ automatic: null, answerTo: null })).toBe(false)
  })

  test('is forgotten when its time is over: what a module held on to stays, and it does not come in again', async () => {
    const store = async () => {
      const file = { id: timeOrderedId(app().now), name: 'a', mediaType: mailedMediaType, createdBy: 'system', now: app().now, limit: 100 }
      await storeFile(app().db, file, Readable.from([Buffer.from('x')]))
      return { fileId: file.id, name: 'a', mediaType: 'text/plain', bytes: 1, inline: false }
    }
    const [held, left] = [await store(), await store()]
    const id = await arrived({ attachments: [held, left], messageHash: Buffer.from('the hash') })
    takenBy(async ({ db }) => {
      expect(await keepFile(db, held.fileId)).toBe(true)
      return 'taken'
    })
    await hand()
    later(89 * 1440)
    expect(await forgetSettled(app().db, app().now, 100)).toBe(0)
    later(2 * 1440)
    expect(await forgetSettled(app().db, app().now, 100)).toBe(1)
    const row = await app().db.selectFrom('platform.mail_in').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toMatch(/ada@|Ada|Kettle|red/)
    expect(row.state).toBe('taken')
    expect([await fileById(app().db, held.fileId), await fileById(app().db, left.fileId)].map((file) => file !== undefined)).toEqual([
      true,
      false,
    ])
    expect(await insertMail(app().db, someMail(mailboxId, { messageHash: Buffer.from('the hash') }))).toBe(false)
    await expect(api().repeatReceived({ id })).rejects.toMatchObject({ status: 404 })
  })

  test('leaves no file behind when a crash kept it from being noted', async () => {
    const store = async (mediaType: string) => {
      const file = { id: timeOrderedId(app().now), name: 'a', mediaType, createdBy: 'system', now: app().now, limit: 100 }
      await storeFile(app().db, file, Readable.from([Buffer.from('x')]))
      return file.id
    }
    const [noted, lost, upload] = [await store(mailedMediaType), await store(mailedMediaType), await store(uploadMediaType)]
    await arrived({ attachments: [{ fileId: noted, name: 'a', mediaType: 'text/plain', bytes: 1, inline: false }] })
    await sweepMailedFiles(app().db, new Date(app().now.getTime() + 1))
    expect(
      [await fileById(app().db, noted), await fileById(app().db, lost), await fileById(app().db, upload)].map((file) => file !== undefined),
    ).toEqual([true, false, true])
  })
})
