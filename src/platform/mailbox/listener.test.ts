import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { noImapServer } from '#test/imap-server.ts'
import { listening, realServer } from '#test/listening.ts'
import { mailboxApi } from './api.ts'

describe.skipIf(noImapServer !== null)(realServer, () => {
  const { add, app, got, hand, listen, listeners, mail, reading, received, server, state, until } = listening()

  test('is listened to: what arrives is in within seconds, once, and marked as seen; what lay there before is left alone', async () => {
    await server().deliver(mail('Old'))
    const { id } = await add()
    listen()
    await reading(id)
    await server().deliver(mail('New one'))
    await until(async () => expect(await received()).toHaveLength(1), 10_000)
    await server().deliver(mail('New two'))
    await until(async () => expect(await received()).toHaveLength(2), 10_000)
    await hand()
    expect(got.map(({ subject, text, from }) => [subject, text, from?.address])).toEqual([
      ['New one', 'It is broken.', 'ada@example.org'],
      ['New two', 'It is broken.', 'ada@example.org'],
    ])
    await until(async () => {
      const seen = (await server().mails()).map(({ raw, seen: is }) => [/Subject: (.*)/.exec(raw)![1], is])
      expect(seen.toSorted()).toEqual([
        ['New one', true],
        ['New two', true],
        ['Old', false],
      ])
    })
    expect(await state(id)).toMatchObject({ problem: null, failingSince: null })
  })

  test('is read by one worker; when it is gone the next goes on behind the last mail', async () => {
    const { id } = await add()
    // A worker that was killed holds its lease for some seconds more.
    await app()
      .db.updateTable('platform.mailbox')
      .set({ leased_by: 'killed', leased_until: new Date(Date.now() + 4000) })
      .where('id', '=', id)
      .execute()
    const began = Date.now()
    listen('one')
    listen('two')
    await reading(id)
    expect(Date.now() - began).toBeGreaterThan(3000)
    await server().deliver(mail('Taken over'))
    await until(async () => expect(await received()).toHaveLength(1))
    const holder = await app().db.selectFrom('platform.mailbox').select('leased_by').where('id', '=', id).executeTakeFirstOrThrow()
    expect(['one', 'two']).toContain(holder.leased_by)
    // Stopped in good order it gives the mailbox back at once.
    await listeners[holder.leased_by === 'one' ? 0 : 1]!.stop()
    await server().deliver(mail('By the other'))
    await until(async () => expect(await received()).toHaveLength(2), 8000)
    await hand()
    expect(got.map(({ subject }) => subject)).toEqual(['Taken over', 'By the other'])
  })

  test.each([1, 7])(
    'is gone on with behind the mail at which its worker was killed, the %ith: nothing is lost, nothing comes in twice',
    async (count) => {
      const { id } = await add({ fromStart: false })
      const subjects = Array.from({ length: 12 }, (_, i) => `Killed at ${count}, ${i}`)
      const program = join(import.meta.dirname, '../../../test/faults/crashing-listener.ts')
      const child = spawn(process.execPath, [program, app().url, app().dataFolder, String(count)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const ended = once(child, 'exit')
      await reading(id)
      for (const subject of subjects) await server().deliver(mail(subject))
      expect((await ended)[1]).toBe('SIGKILL')
      const before = (await received()).length
      expect(before).toBe(count - 1)
      const { leased_by: worker } = await app()
        .db.selectFrom('platform.mailbox')
        .select('leased_by')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      expect(worker).toBe('crashing')
      listen('next', 31_000)
      await until(async () => expect(await received()).toHaveLength(subjects.length), 60_000)
      expect((await received()).map(({ subject }) => subject).toSorted()).toEqual(subjects.toSorted())
      // Also those of which the killed one could not tell the server any more.
      await until(async () =>
        expect((await server().mails()).filter(({ raw, seen }) => raw.includes(`Killed at ${count},`) && seen)).toHaveLength(12),
      )
    },
  )

  test('is let go by a worker whose lease somebody else has, before it notes anything more', async () => {
    const { id } = await add()
    listen()
    await reading(id)
    await app()
      .db.updateTable('platform.mailbox')
      .set({ leased_by: 'somebody else', leased_until: new Date(Date.now() + 60_000) })
      .where('id', '=', id)
      .execute()
    await server().deliver(mail('Not ours'))
    await new Promise((done) => setTimeout(done, 1500))
    expect(await received()).toEqual([])
    const row = await app()
      .db.selectFrom('platform.mailbox')
      .select(['leased_by', 'failing_since'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ leased_by: 'somebody else', failing_since: null })
  })

  test('that counts anew brings nothing in twice, and nothing older than the mailbox', async () => {
    // Servers know seconds.
    await new Promise((done) => setTimeout(done, 1100))
    const { id } = await add()
    listen()
    await reading(id)
    await server().deliver(mail('Before'))
    await until(async () => expect(await received()).toHaveLength(1))
    const before = await app().db.selectFrom('platform.mailbox').select('uid_validity').where('id', '=', id).executeTakeFirstOrThrow()
    await server().countAnew()
    await server().deliver(mail('After'))
    await until(async () => expect((await received()).map(({ subject }) => subject)).toEqual(['After', 'Before']), 40_000)
    const after = await app().db.selectFrom('platform.mailbox').select('uid_validity').where('id', '=', id).executeTakeFirstOrThrow()
    expect(after.uid_validity).not.toBe(before.uid_validity)
  })

  test('has the mails moved or deleted that are in, where that is set; of what was cut it keeps the only copy', async () => {
    const moving = await add({ afterTaking: 'move', moveTo: 'Done' })
    listen()
    await reading(moving.id)
    await server().deliver(mail('To be moved'))
    await until(async () => expect((await server().mails('Done')).map(({ raw }) => /Subject: (.*)/.exec(raw)![1])).toEqual(['To be moved']))
    await app().as(mailboxApi).remove({ id: moving.id, version: moving.version })
    const deleting = await add({ afterTaking: 'delete' })
    await reading(deleting.id)
    await server().deliver(mail('To be deleted'))
    await server().deliver(mail('Too large', '', `${'x'.repeat(70)}\n`.repeat(20_000)))
    await until(async () => expect(await received()).toHaveLength(2))
    await until(async () => {
      const subjects = (await server().mails()).map(({ raw }) => /Subject: (.*)/.exec(raw)![1])
      expect(subjects).toContain('Too large')
      expect(subjects).not.toContain('To be deleted')
    })
    await hand()
    expect(got.find(({ subject }) => subject === 'Too large')).toMatchObject({
      cut: 'too-large',
      text: '',
      from: { address: 'ada@example.org' },
    })
  })

  test('brings what already lies there, where that is wanted', async () => {
    const before = (await server().mails()).length
    expect(before).toBeGreaterThan(2)
    const { id } = await add({ fromStart: true })
    listen()
    await until(async () => expect(await received()).toHaveLength(before))
    expect((await state(id)).problem).toBeNull()
  })
})
