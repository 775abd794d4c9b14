import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { caseAt, sendCaseFile } from '#test/case-at.ts'
import { colleague } from '#test/colleague.ts'
import { refused } from '#test/erasing.ts'
import { casesApi } from './api.ts'

let app: App
let ann: Actor
let bob: Actor
let customerId: string
beforeAll(async () => {
  app = await startApp()
  ann = await colleague(app, 'Ann')
  bob = await colleague(app, 'Bob')
  customerId = (await app.as(customersApi).create({ values: { name: 'Somebody' } })).id
})
afterAll(() => app.close())

const as = (actor: Actor) => app.as(casesApi, actor)
const enquiry = { subject: 'Broken', description: 'It came broken', channel: 'phone' as const }
const missing = { status: 404, reason: 'no-such-file' }

test('a file goes with a case from its record or an act of it, and is given back to whoever sees the case', async () => {
  const [photo, receipt] = [await sendCaseFile(app, ann, 'jar.png', 'A jar'), await sendCaseFile(app, ann, 'receipt.txt', 'Paid')]
  const made = await caseAt(app, ann, customerId, 'answer', { ...enquiry, fileIds: [photo] })
  await as(ann).note({ caseId: made.id, version: made.version, text: 'The receipt', fileIds: [receipt], minutes: 0 })
  const found = await as(bob).one({ caseId: made.id })
  expect(found.files.map(({ name, bytes, by, seq }) => [name, bytes, by, seq])).toEqual([
    ['jar.png', 5, ann.id, 1],
    ['receipt.txt', 4, ann.id, 2],
  ])
  expect((await as(bob).one({ caseId: made.id, at: app.now })).files).toHaveLength(2)
  const response = await app.request(`/api/v1/cases/${made.id}/files/${receipt}`, {}, bob)
  expect([response.headers.get('content-disposition'), await response.text()]).toEqual([expect.stringContaining('attachment'), 'Paid'])
  // What the case holds already may be named again; it is not held twice.
  await as(ann).changeRecord({ caseId: made.id, version: made.version + 1, changes: { fileIds: [photo, receipt] } })
  expect((await as(ann).one({ caseId: made.id })).files).toHaveLength(2)
})

test('nobody takes what somebody else sent, what another case holds, or what is not there', async () => {
  const [anns, bobs] = [await sendCaseFile(app, ann, 'a.txt', 'Ann’s'), await sendCaseFile(app, bob, 'b.txt', 'Bob’s')]
  const made = await caseAt(app, ann, customerId, 'answer', { ...enquiry, fileIds: [anns] })
  const note = (fileId: string) => as(ann).note({ caseId: made.id, version: made.version, text: 'x', fileIds: [fileId], minutes: 0 })
  expect(await refused(note(bobs))).toMatchObject(missing)
  expect(await refused(note(crypto.randomUUID()))).toMatchObject(missing)
  const other = await caseAt(app, ann, customerId, 'answer')
  expect(await refused(as(ann).open({ ...enquiry, customerId, kind: 'enquiry', fileIds: [anns] }))).toMatchObject(missing)
  expect((await app.request(`/api/v1/cases/${other.id}/files/${anns}`, {}, ann)).status).toBe(404)
  expect((await as(ann).one({ caseId: made.id })).version).toBe(made.version)
})

test('a case that becomes another one hands its files on', async () => {
  const photo = await sendCaseFile(app, ann, 'jar.png', 'A jar')
  const asked = await caseAt(app, ann, customerId, 'answer', { ...enquiry, fileIds: [photo] })
  const { made } = await as(bob).convert({ caseId: asked.id, version: asked.version, kind: 'request' })
  expect((await as(bob).one({ caseId: made.id })).files.map(({ name, by }) => [name, by])).toEqual([['jar.png', ann.id]])
  expect(await (await app.request(`/api/v1/cases/${made.id}/files/${photo}`, {}, bob)).text()).toBe('A jar')
})

test('a file is as large as 25 MB at most', async () => {
  const sent = await app.request('/api/v1/case-files?fileName=large.bin', { method: 'POST', body: Buffer.alloc((25 << 20) + 1) }, ann)
  expect([sent.status, ((await sent.json()) as { reason: string }).reason]).toEqual([413, 'file-too-large'])
})

test('who looks at a case, its log or a file of it is noted with its customer', async () => {
  const photo = await sendCaseFile(app, ann, 'jar.png', 'A jar')
  const { id: caseId } = await caseAt(app, ann, customerId, 'answer', { ...enquiry, fileIds: [photo] })
  const look = {
    'cases.one': (actor: Actor) => as(actor).one({ caseId }),
    'cases.log': (actor: Actor) => as(actor).log({ caseId }),
    'cases.messages': (actor: Actor) => as(actor).messages({ caseId }),
    'cases.mails': (actor: Actor) => as(actor).mails({ caseId }),
    'cases.file': (actor: Actor) => app.request(`/api/v1/cases/${caseId}/files/${photo}`, {}, actor),
  }
  for (const [endpoint, looks] of Object.entries(look)) {
    // Those above all whom one should not need to look at: who handles the case sees it, and not whose it is.
    const actor: Actor = { ...ann, id: `looks at ${endpoint}`, reach: () => [ann.id] }
    expect((await as(actor).one({ caseId })).customer).toBeNull()
    await app.noteReads()
    await app.db.deleteFrom('platform.personal_read').where('actor', '=', actor.id).execute()
    app.now = new Date(app.now.getTime() + 3_600_000)
    await looks(actor)
    await app.noteReads()
    const rows = await app.db
      .selectFrom('platform.personal_read')
      .select(['customer_id', 'payload'])
      .where('actor', '=', actor.id)
      .execute()
    expect(rows).toEqual([{ customer_id: customerId, payload: { endpoint } }])
  }
})

test('whoever may not see contact data does not take away the contact that they are not shown', async () => {
  const complainant = { name: 'Lawyer', contact: 'lawyer@example.com', authority: null }
  const { id: caseId, version } = await caseAt(app, ann, customerId, 'answer', { ...enquiry, complainant })
  const blind = { ...bob, can: (permission: string) => permission !== 'customers.read-personal' }
  expect((await as(blind).one({ caseId })).record.complainant).toEqual({ ...complainant, contact: null })
  await as(blind).changeRecord({ caseId, version, changes: { complainant: { name: 'Lawyers', contact: null, authority: 'Power' } } })
  expect((await as(ann).one({ caseId })).record.complainant).toEqual({ name: 'Lawyers', contact: 'lawyer@example.com', authority: 'Power' })
  expect(JSON.stringify(await as(blind).log({ caseId }))).not.toContain('lawyer@example.com')
})

test('a complaint about whoever records it is nobody’s to handle, and is given to nobody whom it is about', async () => {
  const about = (userId: string) => ({ kind: 'person', name: null, userId, departmentId: null }) as const
  const made = await caseAt(app, ann, customerId, 'record', { ...enquiry, target: about(ann.id) })
  expect((await as(bob).one({ caseId: made.id })).ownerId).toBeNull()
  const given = caseAt(app, bob, customerId, 'record', { ...enquiry, target: about(ann.id), ownerId: ann.id })
  expect(await refused(given)).toMatchObject({ status: 422, reason: 'about-oneself' })
  for (const target of [about(crypto.randomUUID()), { ...about(ann.id), departmentId: crypto.randomUUID() }])
    expect(await refused(caseAt(app, bob, customerId, 'record', { ...enquiry, target }))).toMatchObject({ status: 422 })
})
