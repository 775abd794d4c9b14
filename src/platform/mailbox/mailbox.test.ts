import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { everybody, holder } from '#test/app.ts'
import { mailing } from '#test/mailing.ts'
import { mailboxApi } from './api.ts'
import { insertMail } from './in-store.ts'
import { queueMail } from './queue-mail.ts'
import { mailboxSubject } from './subject.ts'

const { added, api, app, someMail } = mailing()

describe('a mailbox', () => {
  test('is added, changed, switched off and removed; its password is never shown', async () => {
    const one = await added()
    expect(one).toMatchObject({ name: 'Care', address: 'care@example.com', version: 1, disabledAt: null, problem: null })
    const rows = await app().db.selectFrom('platform.mailbox').selectAll().execute()
    expect(JSON.stringify([await api().list({}), rows.map(({ secret }) => secret.toString('latin1'))])).not.toContain('kettle')
    const { id, version, createdAt: _, disabledAt: _d, lookedAt: _l, failingSince: _f, problem: _p, problemDetail: _pd, ...same } = one
    const changed = await api().change({ ...same, id, name: 'Help', secret: null, version })
    expect(changed).toMatchObject({ name: 'Help', version: 2 })
    await expect(api().change({ ...same, id, secret: null, version })).rejects.toMatchObject({ status: 409, reason: 'changed-meanwhile' })
    expect(await api().switch({ id, enabled: false })).toMatchObject({ disabledAt: app().now, version: 3 })
    expect(await api().switch({ id, enabled: false })).toMatchObject({ version: 3 })
    expect(await api().switch({ id, enabled: true })).toMatchObject({ disabledAt: null, version: 4 })
    await expect(api().remove({ id, version: 3 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    await api().remove({ id, version: 4 })
    await expect(api().remove({ id, version: 4 })).rejects.toMatchObject({ status: 404 })
  })

  test.each([
    [{ host: '169.254.169.254' }, 'host', 'mail-server-not-allowed'],
    [{ host: '127.0.0.1' }, 'host', 'mail-server-not-allowed'],
    [{ host: '::1' }, 'host', 'mail-server-not-allowed'],
    [{ host: '10.1.2.3' }, 'host', 'mail-server-not-allowed'],
    [{ host: '0x7f.1' }, 'host', 'mail-server-not-allowed'],
    [{ host: 'a..b::' }, 'host', 'not-a-mail-server'],
    [{ security: 'plain' }, 'security', 'not-encrypted'],
    [{ afterTaking: 'move' }, 'moveTo', 'folder-needed'],
  ])('%j is refused', async (more, field, reason) => {
    await expect(added(more)).rejects.toMatchObject({ status: 422, reason, fields: [{ field, reason }] })
  })

  test('in the own network is allowed only where somebody says so, and never the address at which clouds keep their keys', async () => {
    const { id, version } = await added({ host: '10.1.2.3', ownNetwork: true, security: 'plain', port: 143 })
    await expect(added({ host: '169.254.169.254', ownNetwork: true })).rejects.toMatchObject({ reason: 'mail-server-not-allowed' })
    await api().remove({ id, version })
  })

  test('keeps its password for its server alone', async () => {
    const {
      id,
      version,
      createdAt: _,
      disabledAt: _d,
      lookedAt: _l,
      failingSince: _f,
      problem: _p,
      problemDetail: _pd,
      ...same
    } = await added()
    const change = (more: object) => api().change({ ...same, id, secret: null, version, ...more })
    for (const more of [
      { host: 'imap.evil.example' },
      { port: 994 },
      { username: 'other' },
      { security: 'starttls' as const, port: 993 },
      { ownNetwork: true },
    ])
      await expect(change(more)).rejects.toMatchObject({ status: 422, reason: 'secret-needed' })
    expect(await change({ host: 'imap.other.example', secret: 'again' })).toMatchObject({ host: 'imap.other.example' })
    await api().remove({ id, version: version + 1 })
  })

  test('is read once', async () => {
    const { id, version, folder } = await added()
    await expect(added({ folder })).rejects.toMatchObject({ status: 422, reason: 'folder-read-already' })
    await api().remove({ id, version })
  })

  test('is the business of administrators alone, and mails are nobody’s who sees only some customers', async () => {
    await expect(app().as(mailboxApi, holder('customers.read')).list({})).rejects.toMatchObject({ status: 403 })
    const some = { ...everybody, id: 'some', reach: () => ['some'] }
    await expect(app().as(mailboxApi, some).received({})).rejects.toMatchObject({ status: 403, reason: 'reach-too-short' })
    await expect(app().as(mailboxApi, some).sent({})).rejects.toMatchObject({ status: 403, reason: 'reach-too-short' })
  })
})

describe('where somebody is erased', () => {
  test('their mails in both directions go, and their name out of others', async () => {
    const { id: mailboxId } = await added()
    const hers = someMail(mailboxId, { fromAddress: 'vera@vanishing.example', fromName: 'Vera Vanishing', text: 'secret words' })
    const his = someMail(mailboxId, { fromAddress: 'otto@example.org', text: 'I met Vera Vanishing' })
    // What she wrote through a form of another site comes from there.
    const form = someMail(mailboxId, { fromAddress: 'form@shop.example', replyTo: 'vera@vanishing.example', text: 'more of hers' })
    for (const mail of [hers, his, form]) await insertMail(app().db, mail)
    await app().transaction((context) =>
      queueMail(context, {
        module: 'taking',
        mailboxId,
        to: { name: 'Vera', address: 'vera@vanishing.example' },
        subject: 'x',
        text: 'Dear Vera',
        language: 'en',
      }),
    )
    expect(await app().transaction(({ db }) => mailboxSubject.forget!(db, ['VERA@vanishing.example', 'Vera Vanishing']))).toEqual({
      'platform.mail_in': 2,
      'platform.mail_out': 1,
    })
    const { rows } = await sql<{ body: string; state: string; due: Date | null }>`
      select body, state, due_at as due from platform.mail_in where id = any(${[hers.id, his.id, form.id]}::uuid[]) order by body`.execute(
      app().db,
    )
    expect(rows).toEqual([
      { body: '', state: 'ignored', due: null },
      { body: '', state: 'ignored', due: null },
      { body: 'I met Vera Vanishing', state: 'new', due: app().now },
    ])
    expect(
      (
        await app()
          .db.selectFrom('platform.mail_out')
          .select(['body', 'state'])
          .where('to_address', '=', 'vera@vanishing.example')
          .execute()
      ).length,
    ).toBe(0)
  })
})
