import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { writeSetting } from '#modules/organization/public.ts'
import { serviceCostSetting } from '#modules/value/public.ts'
import { erasePerson } from '#platform/subject/erasure.ts'
import { openZip } from '#platform/tabular/zip-reader.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { caseAt, departmentNamed, sendCaseFile } from '#test/case-at.ts'
import { colleague } from '#test/colleague.ts'
import { refused } from '#test/erasing.ts'
import { casesApi } from './api.ts'
import { type CaseMail, insertMail } from './store/mails.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
  await app.transaction((context) => writeSetting(context, serviceCostSetting, { minorPerMinute: 100, minorPerContact: {} }, 0))
})
afterAll(() => app.close())

const cases = () => app.as(casesApi)
const person = async (name: string) => (await app.as(customersApi).create({ values: { name } })).id
const erase = (customerId: string) =>
  app.transaction((context) => erasePerson(context, { customerId, formerIds: [], requestedBy: 'one', confirmedBy: 'two' }))
const word = (what: string) => `Canary${what}Quokka`

/** A complaint in its last step, with a word in everything that was written in it, and two files. */
async function wordyComplaint(customerId: string) {
  const fileIds = [await sendCaseFile(app, everybody, `${word('Name')}.txt`, word('Picture'))]
  const said = { ...on('Subject'), complainant: null, accessibility: word('Accessibility'), fileIds }
  const made = await caseAt(app, everybody, customerId, 'review', said)
  const changes = {
    description: word('Later'),
    complainant: { name: word('Lawyer'), contact: 'lawyer@quokka.example', authority: word('Authority') },
    target: { kind: 'product' as const, name: word('Target'), userId: null, departmentId: null },
    demand: { kind: 'exchange' as const, text: word('Demand'), amountMinor: 1000 },
  }
  let { version } = await cases().changeRecord({ caseId: made.id, version: made.version, changes })
  const note = { caseId: made.id, text: word('Note'), fileIds: [await sendCaseFile(app, everybody, 'note.txt', word('Content'))] }
  ;({ version } = await cases().note({ ...note, version, minutes: 7 }))
  const heard = { satisfied: true, score: 9, text: word('Feedback'), attitude: 4, knowledge: 5, skill: null }
  ;({ version } = await cases().hear({ caseId: made.id, version, ...heard }))
  return { id: made.id, version }
}
const on = (subject: string) => ({ subject: word(subject), description: word('Description'), channel: 'phone' as const })
const mailOf = (caseId: string, direction: 'in' | 'out', fromAddress: string, toAddress: string): CaseMail => ({
  ...{ id: randomUUID(), caseId, direction, mailId: randomUUID(), mailboxId: null, messageId: null, references: [] },
  ...{ fromName: '', fromAddress, toAddress, subject: 'Jar', body: word('Body'), html: null, files: [] },
  ...{ language: null, automatic: null, at: app.now },
})
const asText = async (caseId: string) => JSON.stringify([await cases().one({ caseId }), await cases().log({ caseId })])
const sightings = async () => {
  const found: string[] = []
  for (const table of ['cases.case', 'cases.event', 'cases.attachment', 'cases.mail', 'cases.message', 'platform.fact', 'platform.file']) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t where t::text ilike '%quokka%'`.execute(
      app.db,
    )
    found.push(...rows.map(({ row }) => `${table}: ${row.slice(0, 200)}`))
  }
  const { rows } = await sql`select from platform.file_chunk where convert_from(content, 'UTF8') ilike '%quokka%'`.execute(app.db)
  return [...found, ...rows.map(() => 'platform.file_chunk')]
}

describe('whoever is erased', () => {
  test('leaves what was done in their cases and what it cost, and no word; each case can still be looked at, whole and as it was', async () => {
    const customerId = await person('Erased Eliza')
    const complaint = await wordyComplaint(customerId)
    const before = await cases().one({ caseId: complaint.id })
    expect((await sightings()).length).toBeGreaterThan(8)
    await erase(customerId)
    expect(await sightings()).toEqual([])
    expect(await asText(complaint.id)).not.toMatch(/quokka/i)
    const after = await cases().one({ caseId: complaint.id })
    expect(after).toMatchObject({ erased: true, may: [], files: [], version: before.version + 1 })
    expect(after.record).toMatchObject({
      subject: '—',
      description: '—',
      complainant: null,
      target: { kind: 'product', name: null },
      demand: { kind: 'exchange', text: null, amountMinor: 1000 },
      fileIds: [],
    })
    // What was done, by whom and when, stays, and so does every figure.
    expect(after.stays.map(({ step, by }) => [step, by])).toEqual(before.stays.map(({ step, by }) => [step, by ?? 'system']))
    expect(after).toMatchObject({
      remedyMinor: before.remedyMinor,
      minutes: 7,
      feedback: { satisfied: true, score: 9, text: null, attitude: 4, knowledge: 5, skill: null },
    })
    const { events } = await cases().log({ caseId: complaint.id })
    expect(events.at(-1)).toMatchObject({ kind: 'customer-erased', by: 'system', said: { costMinor: 7 * 100 + 1000 } })
    for (const { at } of events) expect((await cases().one({ caseId: complaint.id, at })).number).toBe(before.number)
    const { rows } = await sql<{ amount: number }>`
      select amount_minor as amount from value.service_cost where cause_id = ${complaint.id}::uuid`.execute(app.db)
    expect(rows.map(({ amount }) => Number(amount))).toEqual([1700])
  })

  test('is owed no answer any more: what was open is withdrawn, what was settled is closed, and nothing is written of it again', async () => {
    const customerId = await person('Gone Gustav')
    const open = await caseAt(app, everybody, customerId, 'execution')
    const settled = await caseAt(app, everybody, customerId, 'review')
    const over = await caseAt(app, everybody, customerId, 'answer')
    await cases().withdraw({ caseId: over.id, version: over.version, reason: 'Found it' })
    const other = await caseAt(app, everybody, await person('Still here'), 'record')
    await erase(customerId)
    const stateOf = async ({ id }: { id: string }) => (await cases().one({ caseId: id })).state
    expect(await Promise.all([open, settled, over, other].map(stateOf))).toEqual(['withdrawn', 'closed', 'withdrawn', 'open'])
    const { items } = await cases().list({ queue: 'open' })
    expect(items.map(({ id }) => id)).toContain(other.id)
    expect(items.map(({ id }) => id)).not.toContain(open.id)
    expect((await cases().log({ caseId: over.id })).events.at(-1)?.kind).toBe('withdrawn')
    const on = { caseId: settled.id, version: settled.version + 1 }
    for (const act of [
      () => cases().note({ ...on, text: 'They rang again', fileIds: [], minutes: 0 }),
      () => cases().reopen({ ...on, to: 'cause', reason: 'They rang again' }),
      () => cases().hear({ ...on, satisfied: true, score: 9, text: null }),
    ])
      expect(await refused(act())).toMatchObject({ status: 409, reason: 'customer-erased' })
    expect(await refused(cases().open({ customerId, kind: 'enquiry', subject: 'A', description: 'a', channel: 'phone' }))).toMatchObject({
      status: 404,
      reason: 'no-such-customer',
    })
    // Once more, as after a restore: nothing happens a second time.
    await erase(customerId)
    expect((await cases().one({ caseId: open.id })).version).toBe(open.version + 1)
  })

  test('is struck out of other places also by those who complained on their behalf, and by the addresses of their mails', async () => {
    const customerId = await person('Quiet Quinn')
    const complainant = { name: 'Penelope Pettigrew', contact: 'penelope@pettigrew.example', authority: null }
    const { id: caseId } = await caseAt(app, everybody, customerId, 'record', { ...on('Other'), complainant })
    await insertMail(app.db, customerId, mailOf(caseId, 'in', 'quinn.elsewhere@example.net', 'care@example.com'))
    await insertMail(app.db, customerId, mailOf(caseId, 'out', 'care@example.com', 'quinn.at.work@example.net'))
    const sought = ['Penelope Pettigrew', 'quinn.elsewhere@example.net', 'quinn.at.work@example.net', 'care@example.com']
    for (const q of sought) await app.as(customersApi).saveView({ name: q, version: 0, definition: { query: { q }, columns: [] } })
    await erase(customerId)
    const { items } = await app.as(customersApi).views({})
    expect(items.map(({ definition }) => definition.query.q).toSorted()).toEqual(['care@example.com', '—', '—', '—'])
    expect((await cases().mails({ caseId })).items).toEqual([])
  })
})

describe('two customers who become one', () => {
  test('have the cases of both, with all that happened and its files; and get their own back', async () => {
    const [kept, gone] = [await person('Ann'), await person('Anne')]
    const complaint = await wordyComplaint(gone)
    const mine = await caseAt(app, everybody, kept, 'record')
    const before = await asText(complaint.id)
    const customers = app.as(customersApi)
    const { mergeId } = await customers.merge({ id: kept, otherId: gone, version: 1, otherVersion: 1 })
    const cases1 = await cases().ofCustomer({ customerId: kept })
    expect(cases1.items.map(({ id }) => id).toSorted()).toEqual([complaint.id, mine.id].toSorted())
    expect((await asText(complaint.id)).replaceAll(kept, gone).replaceAll('"Ann"', '"Anne"')).toBe(before)
    // Since then it has gone on; what happened since goes with the case.
    const file = await sendCaseFile(app, everybody, 'since.txt', 'Since')
    const { version } = complaint
    await cases().note({ caseId: complaint.id, version, text: 'Since', fileIds: [file], minutes: 0 })
    await customers.unmerge({ id: kept, mergeId, keepNewer: true })
    expect((await cases().ofCustomer({ customerId: kept })).items.map(({ id }) => id)).toEqual([mine.id])
    const back = await cases().one({ caseId: complaint.id })
    expect(back).toMatchObject({ customer: { id: gone }, version: version + 1, minutes: 7 })
    const content = await app.request(`/api/v1/cases/${complaint.id}/files/${file}`)
    expect([content.status, await content.text()]).toEqual([200, 'Since'])
  })
})

test('a person’s export holds their cases with every word and every file, and names departments', async () => {
  const anna = await colleague(app, 'Anna')
  const customerId = await person('Exported Ella')
  const { id } = await wordyComplaint(customerId)
  const routed = await caseAt(app, anna, customerId, 'department', on('Routed'))
  const departmentId = await departmentNamed(app, 'Tasting')
  await cases().route({ caseId: routed.id, version: routed.version, departmentId, personId: anna.id, note: null, shares: [] })
  await cases().assign({ caseId: routed.id, version: (await cases().one({ caseId: routed.id })).version, ownerId: anna.id, why: null })
  const response = await app.request(`/api/v1/customers/${customerId}/personal-data`)
  const bytes = Buffer.from(await response.arrayBuffer())
  const read = async function* (from: number, to: number) {
    yield bytes.subarray(from, to)
  }
  const zip = await openZip({ size: bytes.length, read })
  const text = async (name: string) => {
    let all = ''
    for await (const piece of zip.read(name)) all += Buffer.from(piece).toString('utf8')
    return all
  }
  const [json, html] = [await text('person.json'), await text('index.html')]
  // How colleagues are judged and what they answer for is about them.
  const { tables } = JSON.parse(json) as { tables: Record<string, { kind?: string; data?: unknown }[]> }
  expect(Object.keys(tables)).not.toContain('cases.quality_sheet')
  // What the customer gave is their own.
  const heard = tables['cases.event']!.find(({ kind }) => kind === 'feedback')
  expect(heard).toMatchObject({ data: { satisfied: true, attitude: 4, knowledge: 5 } })
  expect(tables['cases.event']!.map(({ kind }) => kind)).toContain('routed')
  expect(tables['cases.event']!.map(({ kind }) => kind)).not.toContain('assigned')
  expect(JSON.parse(json).tables['cases.case'].map((one: { id: string }) => one.id)).toEqual(expect.arrayContaining([id, routed.id]))
  for (const what of ['Subject', 'Description', 'Later', 'Lawyer', 'Authority', 'Target', 'Demand', 'Note', 'Feedback', 'Accessibility']) {
    expect(json, what).toContain(word(what))
    expect(html, what).toContain(word(what))
  }
  expect(html).toContain('Tasting')
  expect(html).toContain('Anna')
  expect(html).not.toContain(departmentId)
  const files = zip.names.filter((name) => name.startsWith('files/'))
  const contents = new Map(await Promise.all(files.map(async (name) => [name.replace(/^files\/\d-/, ''), await text(name)] as const)))
  expect(contents).toEqual(
    new Map([
      [`${word('Name')}.txt`, word('Picture')],
      ['note.txt', word('Content')],
    ]),
  )
})
