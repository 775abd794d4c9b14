import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { sendDueMail } from '#platform/mailbox/send.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { caseAt } from '#test/case-at.ts'
import { startMailServer } from '#test/mail-server.ts'
import { casesApi } from './api.ts'
import { mailJobs } from './jobs/mails.ts'

// What is said to a customer by e-mail goes out by e-mail, and what became of it is seen on the case.

let app: App
let server: Awaited<ReturnType<typeof startMailServer>>
let customerId: string
let unreachable: string
beforeAll(async () => {
  server = await startMailServer()
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z'), mail: server.settings, address: 'https://patron.example.com' })
  const make = async (values: object) => (await app.as(customersApi).create({ values: values as never })).id
  customerId = await make({ name: 'Tel', email: 'tel@example.org' })
  unreachable = await make({ name: 'Nobody' })
})
afterAll(async () => {
  await app.close()
  await server.close()
})

const api = () => app.as(casesApi)
const sendAll = async () => {
  while (await app.transaction(sendDueMail));
}
const messages = async (caseId: string) => (await api().messages({ caseId })).items

test('a reply by e-mail waits, is sent, and stands in the conversation once', async () => {
  const made = await caseAt(app, everybody, customerId, 'answer')
  await api().answer({ caseId: made.id, version: made.version, text: 'We open at nine', channel: 'email' })
  expect(await api().one({ caseId: made.id })).toMatchObject({ state: 'closed', answered: { text: 'We open at nine', channel: 'email' } })
  expect(await messages(made.id)).toMatchObject([{ text: 'We open at nine', channel: 'email', mail: { state: 'queued', problem: null } }])
  await sendAll()
  expect(server.recipients).toEqual([['tel@example.org']])
  expect(server.textOf(0)).toContain('We open at nine')
  expect(await messages(made.id)).toMatchObject([{ mail: { state: 'sent', problem: null } }])
  // Whoever looks at the case is told to look again.
  const hints = async () =>
    (await app.db.selectFrom('platform.stream_event').select('seq').where('topic', '=', `cases.case/${made.id}`).execute()).length
  const before = await hints()
  const hint = mailJobs.find(({ name }) => name === 'cases.show-sent')!
  const { rows: woken } = await sql<{
    data: never
  }>`select data from pgboss.job where name = ${hint.name} and data->>'threadId' = ${made.id}`.execute(app.db)
  for (const { data } of woken) await app.transaction((context) => hint.run(context, data))
  expect(await hints()).toBe(before + 1)
})

test('one that a server refuses says so, on the message and with why', async () => {
  const made = await caseAt(app, everybody, customerId, 'record')
  await api().acknowledge({ caseId: made.id, version: made.version, text: 'We look into it', sent: 'mail', answerBy: null })
  server.refuseNext(550)
  await sendAll()
  expect(await messages(made.id)).toMatchObject([{ text: 'We look into it', mail: { state: 'failed', problem: 'refused' } }])
})

test('nothing is said to have been written to somebody without an address, and what was said by telephone is not mailed', async () => {
  const made = await caseAt(app, everybody, unreachable, 'answer')
  const on = { caseId: made.id, version: made.version, text: 'At nine' }
  await expect(api().answer({ ...on, channel: 'email' })).rejects.toMatchObject({
    status: 422,
    reason: 'no-address',
    fields: [{ field: 'channel' }],
  })
  await api().answer({ ...on, channel: 'phone' })
  expect(await messages(made.id)).toEqual([])
})

test('where no mail is set up the product notes what was written elsewhere', async () => {
  const quiet = await startApp({ now: new Date('2026-03-10T02:00:00Z') })
  try {
    const { id } = await quiet.as(customersApi).create({ values: { name: 'Tel', email: 'tel@example.org' } })
    const made = await caseAt(quiet, everybody, id, 'answer')
    await quiet.as(casesApi).answer({ caseId: made.id, version: made.version, text: 'At nine', channel: 'email' })
    expect((await quiet.as(casesApi).messages({ caseId: made.id })).items).toEqual([])
    expect(await quiet.as(casesApi).one({ caseId: made.id })).toMatchObject({ answered: { channel: 'email' } })
  } finally {
    await quiet.close()
  }
})
