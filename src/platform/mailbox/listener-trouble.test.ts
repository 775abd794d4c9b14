import { describe, expect, test } from 'vitest'
import { imapPassword, noImapServer } from '#test/imap-server.ts'
import { listening, realServer } from '#test/listening.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { mailboxApi } from './api.ts'

describe.skipIf(noImapServer !== null)(realServer, () => {
  const { add, app, listen, mail, reading, received, server, state, until, values } = listening()

  test('that restarts is found again', async () => {
    const { id } = await add()
    listen()
    await reading(id)
    await server().restart()
    await server().deliver(mail('After the restart'))
    await until(async () => expect(await received()).toHaveLength(1), 40_000)
    await until(async () => expect(await state(id)).toMatchObject({ failingSince: null }))
  })

  test.each([
    [{ secret: 'wrong' }, 'wrong-password'],
    [{ folder: 'Nowhere' }, 'no-such-folder'],
    [{ port: 9 }, 'not-reachable'],
    [{ security: 'starttls' }, 'not-secure'],
    [{ host: 'nowhere.invalid' }, 'name-unknown'],
  ])('what is wrong is said: %j', async (more, problem) => {
    const { id } = await add(more)
    const { runId } = await app().as(mailboxApi).tryOut({ id })
    const { result } = (await waitForRun(app(), runId)) as { result: { incoming: object; outgoing: object } }
    expect(result.incoming).toMatchObject({ reached: false, problem })
    expect(result.outgoing).toMatchObject({ reached: false })
    listen()
    await until(async () => expect(await state(id)).toMatchObject({ problem, failingSince: expect.any(Date) }))
  })

  test('one that answers can be tried, and its folders are told; nothing is read by that', async () => {
    const { id } = await add()
    await server().deliver(mail('Unread'))
    const { runId } = await app().as(mailboxApi).tryOut({ id })
    const { result } = (await waitForRun(app(), runId)) as { result: { incoming: { folders: string[] } } }
    expect(result.incoming).toMatchObject({ reached: true, mails: expect.any(Number) })
    expect(result.incoming.folders).toContain('INBOX')
    expect(await received()).toEqual([])
    expect((await server().mails()).find(({ raw }) => raw.includes('Unread'))).toMatchObject({ seen: false })
  })

  test('that fails for half an hour is told, once, and rests longer each time', async () => {
    const { id } = await add({ secret: 'wrong' })
    listen()
    await until(async () => expect((await state(id)).failingSince).not.toBeNull())
    const facts = () => app().db.selectFrom('platform.fact').select('payload').where('name', '=', 'mailbox.failing').execute()
    expect(await facts()).toEqual([])
    const again = () =>
      app()
        .db.updateTable('platform.mailbox')
        .set({ failing_since: new Date(Date.now() - 31 * 60_000), paused_until: null })
        .where('id', '=', id)
        .execute()
    await again()
    await until(async () => expect(await facts()).toEqual([{ payload: { mailboxId: id, problem: 'wrong-password' } }]))
    const pause = async () => {
      const row = await app()
        .db.selectFrom('platform.mailbox')
        .select(['paused_until', 'failures'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return { rests: row.paused_until!.getTime() - Date.now(), failures: row.failures }
    }
    const { failures } = await pause()
    await again()
    await until(async () => expect((await pause()).failures).toBeGreaterThan(failures))
    expect((await pause()).rests).toBeGreaterThan(20_000)
    expect(await facts()).toHaveLength(1)
  })

  test('that is switched off or changed is let go, and read again as it is then', async () => {
    const { id, version } = await add({ secret: 'wrong' })
    listen()
    await until(async () => expect((await state(id)).problem).toBe('wrong-password'))
    const fixed = await app()
      .as(mailboxApi)
      .change({ ...values(), id, secret: imapPassword, version })
    expect(fixed).toMatchObject({ problem: null, failingSince: null })
    await reading(id)
    await app().as(mailboxApi).switch({ id, enabled: false })
    await until(async () => {
      const row = await app().db.selectFrom('platform.mailbox').select('leased_by').where('id', '=', id).executeTakeFirstOrThrow()
      expect(row.leased_by).toBeNull()
    })
    await server().deliver(mail('While it was off'))
    await app().as(mailboxApi).switch({ id, enabled: true })
    await until(async () => expect((await received()).map(({ subject }) => subject)).toEqual(['While it was off']))
  })
})
