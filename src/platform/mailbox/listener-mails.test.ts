import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { noImapServer } from '#test/imap-server.ts'
import { listening, realServer } from '#test/listening.ts'
import { createLog } from '../log.ts'
import { sealingIn } from '../sealing.ts'
import { mailboxApi } from './api.ts'
import { startMailListener } from './listener.ts'
import { queueMail } from './queue-mail.ts'

describe.skipIf(noImapServer !== null)(realServer, () => {
  const { add, app, got, hand, listen, listeners, mail, reading, received, server, until } = listening()

  test('an answer finds its thread through it, a forged one does not', async () => {
    const { id } = await add()
    listen()
    await reading(id)
    const threadId = '0198c0de-0000-7000-8000-0000000000aa'
    const to = { name: '', address: 'ada@example.org' }
    const { messageId } = await app().transaction((context) =>
      queueMail(context, { module: 'taking', mailboxId: id, to, subject: 'Kettle', text: 'Which one?', language: 'en', threadId }),
    )
    await server().deliver(
      mail(
        'Re: Kettle',
        `In-Reply-To: ${messageId}\n`,
        'The red one.\n\nOn 3 Mar 2026 at 10:40, Care <care@example.com> wrote:\n> Which one?',
      ),
    )
    await server().deliver(mail('Re: Kettle', `References: ${messageId.replace(/^<./, '<z')}\n`))
    await until(async () => expect(await received()).toHaveLength(2))
    await hand()
    expect(got.map(({ thread, threadForged, newText }) => ({ thread, threadForged, newText }))).toEqual([
      { thread: { id: threadId, by: 'token' }, threadForged: false, newText: 'The red one.' },
      { thread: null, threadForged: true, newText: 'It is broken.' },
    ])
  })

  test('a mail of ours that comes back is known, and ours are not taken for somebody’s', async () => {
    const { id } = await add()
    listen()
    await reading(id)
    const to = { name: '', address: 'nobody@example.org' }
    const sent = await app().transaction((context) =>
      queueMail(context, { module: 'taking', mailboxId: id, to, subject: 'x', text: 'y', language: 'en' }),
    )
    await app().db.updateTable('platform.mail_out').set({ state: 'sent', due_at: null }).where('id', '=', sent.mailId).execute()
    const report = `--a\n\nNo.\n--a\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; nobody@example.org\nAction: failed\nStatus: 5.1.1\n\n--a\nContent-Type: message/rfc822\n\nMessage-ID: ${sent.messageId}\n\ny\n--a--`
    await server().deliver(mail('Undelivered', 'Content-Type: multipart/report; report-type=delivery-status; boundary=a\n', report))
    await server().deliver(mail('x').replace(/Message-ID: .*/, `Message-ID: ${sent.messageId}`))
    await until(async () => expect(await received()).toHaveLength(2))
    await hand()
    expect(got).toHaveLength(1)
    expect(got[0]).toMatchObject({ automatic: 'bounce', bounceOf: sent.mailId })
    expect((await received()).map(({ state: is, reason }) => [is, reason])).toContainEqual(['ignored', 'own'])
    expect((await app().as(mailboxApi).sent({})).items[0]).toMatchObject({ state: 'failed', problem: 'came-back', problemDetail: '5.1.1' })
  })

  test('a flood of one sender is in, and waits for somebody to look at it', async () => {
    const { id } = await add()
    for (let i = 0; i < 64; i++) await server().deliver(mail(`Flood ${i}`).replaceAll('ada@example.org', 'flood@example.net'))
    await app().db.updateTable('platform.mailbox').set({ from_start: true }).where('id', '=', id).execute()
    listen()
    const flood = async () => {
      const { rows } = await sql<{ state: string; count: number }>`
        select state, count(*) as count from platform.mail_in where from_address = 'flood@example.net' group by 1 order by 1`.execute(
        app().db,
      )
      return rows
    }
    await until(async () => expect((await flood()).reduce((sum, { count }) => sum + count, 0)).toBe(64), 60_000)
    expect((await flood()).find(({ state: is }) => is === 'ignored')!.count).toBe(4)
  })

  test('a flood of many senders is in, and makes so many cases and no more; what came back once comes back no second time', async () => {
    const { id } = await add({ hourlyLimit: 5 })
    listen()
    await reading(id)
    for (let i = 0; i < 8; i++) await server().deliver(mail(`Many ${i}`).replaceAll('ada@example.org', `many${i}@example.net`))
    await until(async () => expect(await received()).toHaveLength(8), 60_000)
    expect((await received()).filter(({ reason }) => reason === 'too-many')).toHaveLength(3)
    const to = { name: '', address: 'nobody@example.org' }
    const sent = await app().transaction((context) =>
      queueMail(context, { module: 'taking', mailboxId: id, to, subject: 'x', text: 'y', language: 'en' }),
    )
    await app().db.updateTable('platform.mail_out').set({ state: 'sent', due_at: null }).where('id', '=', sent.mailId).execute()
    const report = `--a\n\nNo.\n--a\nContent-Type: message/rfc822\n\nMessage-ID: ${sent.messageId}\n\ny\n--a--`
    for (let i = 0; i < 3; i++)
      await server().deliver(mail(`Back ${i}`, 'X-Failed-Recipients: x\nContent-Type: multipart/mixed; boundary=a\n', report))
    await until(async () => expect(await received()).toHaveLength(11), 60_000)
    await hand()
    expect(got.filter(({ bounceOf }) => bounceOf === sent.mailId)).toHaveLength(1)
  })

  test('a mail that no program understands does not keep the next one out', async () => {
    const { id } = await add()
    listen()
    await reading(id)
    await server().deliver(`Subject: Bomb\nContent-Type: multipart/mixed; boundary=a\n\n${'--a\n\nx\n'.repeat(2000)}`)
    await server().deliver(mail('The next'))
    await until(async () =>
      expect((await received()).map(({ subject, cut }) => [subject, cut])).toEqual([
        ['The next', null],
        ['Bomb', 'too-complex'],
      ]),
    )
  })

  test('nor does one whose ids or words no database can hold', async () => {
    const { id } = await add()
    listen()
    await reading(id)
    const back = '--a\nContent-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\nMessage-ID: <a=00b>\n\nx\n--a--'
    await server().deliver(mail('Undelivered', 'X-Failed-Recipients: x\nContent-Type: multipart/mixed; boundary=a\n', back))
    await server().deliver(mail('The next'))
    await until(async () => expect((await received()).map(({ subject }) => subject)).toEqual(['The next', 'Undelivered']))
  })

  test('nor does one of which nothing can be kept at all: that it came is noted, and nothing else', async () => {
    const { id } = await add()
    let failures = 0
    const listener = startMailListener({
      ...{ database: app().database, log: createLog('silent'), now: () => new Date(), name: 'one', sealing: sealingIn(app().dataFolder) },
      contextOf: (...of) => {
        if (failures++ < 2) throw Object.assign(new Error('It cannot be held'), { code: '22021' })
        return app().contextOf(...of)
      },
    })
    listeners.push(listener)
    await reading(id)
    await server().deliver(mail('Impossible'))
    await server().deliver(mail('The next'))
    await until(async () =>
      expect((await received()).map(({ subject, cut, state: is }) => [subject, cut, is])).toEqual([
        ['The next', null, 'new'],
        ['', 'unreadable', 'ignored'],
      ]),
    )
    expect((await server().mails()).some(({ raw }) => raw.includes('Impossible'))).toBe(true)
  })
})
