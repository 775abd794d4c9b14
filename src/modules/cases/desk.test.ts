import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import { knowledgeApi } from '#modules/knowledge/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { createUser, organizationProfile, writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { casesApi } from './api.ts'

let app: App
let customerId: string
/** Helps customers, is above, helps customers, too. */
let ada: Actor
let eva: Actor
let ben: Actor
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z') })
  const ids = await app.transaction(async (context) => {
    await writeSetting(context, organizationProfile, { name: 'Tea House', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0)
    const made: string[] = []
    for (const name of ['Ada', 'Eva', 'Ben'])
      made.push(
        (
          await createUser(context, {
            name,
            email: `${name}@example.com`.toLowerCase(),
            roles: [name === 'Eva' ? 'supervisor' : 'agent'],
          })
        ).user.id,
      )
    return made
  })
  const actor = (index: number, name: string, more: readonly string[] = []): Actor => ({
    kind: 'person',
    id: ids[index]!,
    name,
    roles: [],
    can: (p) =>
      [...['cases', 'customers', 'commitments'].flatMap((m) => [`${m}.read`, `${m}.write`]), 'knowledge.read', ...more].includes(p),
    reach: () => 'all',
  })
  ada = actor(0, 'Ada')
  eva = actor(1, 'Eva', ['cases.quality', 'cases.manage', 'knowledge.write'])
  ben = actor(2, 'Ben')
  customerId = (await app.as(customersApi, ada).create({ values: { name: '王小姐', language: 'zh-Hans' } })).id
})
afterAll(() => app.close())

const as = (actor: Actor) => app.as(casesApi, actor)
const technique = async (key: string) => (await app.as(knowledgeApi, ada).techniques({})).items.find((one) => one.key === key)!
const complaint = {
  kind: 'complaint' as const,
  subject: 'Jars broken',
  description: 'Two of ten jars arrived broken',
  channel: 'phone' as const,
  category: 'freight',
  reason: 'damage',
  mood: 'angry' as const,
  target: { kind: 'company' as const, name: null, userId: null, departmentId: null },
  demand: { kind: 'exchange' as const, text: null, amountMinor: null },
}
const nothing = { interim: null, promise: null, techniques: [], guide: [] }
const calm = [
  { point: 'listen', text: 'Two jars are broken', day: null },
  { point: 'position', text: 'We stand by what we send', day: null },
]
const promising = (text: string, day: string | null) => [...calm, { point: 'promise', text, day }]
const record = (more: object = {}) => as(ada).deskCase({ ...complaint, ...nothing, customerId, ...more })
const owed = async () => (await app.as(commitmentsApi, ada).ofCustomer({ customerId })).items

describe('a conversation', () => {
  test('is recorded at once: help before blame, a technique with its promise, and the first actions', async () => {
    const calming = await technique('calm-anger')
    const made = await record({
      interim: { text: 'Two jars sent at once', amountMinor: 2_000 },
      promise: { text: 'A call', day: '2026-03-11' },
      techniques: [{ techniqueId: calming.id, notes: promising('Two new jars', '2026-03-12') }],
      guide: ['vent', 'understand'],
    })
    const { events } = await as(ada).log({ caseId: made.id })
    expect(events.map(({ kind }) => kind)).toEqual([
      'opened',
      'interim-remedy',
      'technique-used',
      'promised',
      'promised',
      'guide-followed',
      'guide-followed',
    ])
    const found = await as(ada).one({ caseId: made.id })
    expect(found).toMatchObject({
      ownerId: ada.id,
      guide: ['vent', 'understand'],
      record: { language: 'zh-CN', severity: 3 },
      judged: null,
    })
    expect((await owed()).filter(({ origin }) => origin?.id === made.id).map(({ kind, title, dueDay }) => [kind, title, dueDay])).toEqual([
      ['promise', 'A call', '2026-03-11'],
      ['promise', 'Two new jars', '2026-03-12'],
    ])
    expect((await as(ada).techniquesOfCase({ caseId: made.id })).items).toMatchObject([
      { techniqueId: calming.id, by: ada.id, succeeded: null, notes: [{ text: 'Two jars are broken' }, {}, { text: 'Two new jars' }] },
    ])
  })

  test('is recorded whole or not at all', async () => {
    const before = (await as(ada).ofCustomer({ customerId })).items.length
    const calming = await technique('calm-anger')
    await expect(record({ guide: ['understand'] })).rejects.toMatchObject({ status: 409, reason: 'not-its-turn' })
    await expect(record({ techniques: [{ techniqueId: calming.id, notes: calm }] })).rejects.toMatchObject({
      status: 422,
      reason: 'required',
      fields: [{ field: 'notes.promise.text' }],
    })
    await expect(record({ techniques: [{ techniqueId: calming.id, notes: promising('Soon', null) }] })).rejects.toMatchObject({
      reason: 'day-needed',
      fields: [{ field: 'notes.promise.day' }],
    })
    expect((await as(ada).ofCustomer({ customerId })).items.length).toBe(before)
  })
})

describe('techniques', () => {
  test('one that takes experience is refused to whoever has none', async () => {
    const { id, version } = await record()
    const transformation = await technique('transformation')
    const notes = transformation.points.map(({ key }) => ({ point: key, text: 'x', day: null }))
    await expect(as(ada).useTechnique({ caseId: id, version, techniqueId: transformation.id, notes })).rejects.toMatchObject({
      status: 409,
      reason: 'needs-experience',
    })
  })

  test('helped where the customer says so, and did not where the case is opened again', async () => {
    const calming = await technique('calm-anger')
    const of = async () => (await technique('calm-anger')).use
    const before = await of()
    const techniques = [{ techniqueId: calming.id, notes: promising('New jars', '2026-03-12') }]
    const made = await record({ techniques, kind: 'request', category: null, reason: null })
    const on = { caseId: made.id }
    const heard = await as(ada).hear({ ...on, version: made.version, satisfied: true, score: 9, text: null })
    expect((await as(ada).techniquesOfCase(on)).items[0]?.succeeded).toBe(true)
    expect(await of()).toMatchObject({ succeeded: before.succeeded + 1, failed: before.failed })
    const gone = await as(ada).withdraw({ ...on, version: heard.version, reason: 'Settled' })
    await as(ada).reopen({ ...on, version: gone.version, to: gone.step, reason: 'Broken again' })
    expect((await as(ada).techniquesOfCase(on)).items[0]?.succeeded).toBe(false)
    expect(await of()).toMatchObject({ succeeded: before.succeeded, failed: before.failed + 1 })
  })
})

describe('the guide', () => {
  test('is ticked in its order; the fifth action stands in one’s day, the last goes to the root and tells everybody', async () => {
    const lines = [{ product: 'TEA', quantity: '2', unitPrice: '5' }]
    const order = await app.as(ordersApi).place({ customerId, day: '2026-03-01', number: 'W-77', lines })
    const made = await record({ guide: ['vent', 'understand', 'solve', 'make-good'], orderId: order.id })
    const on = { caseId: made.id }
    let { version } = made
    const root = { cause: 'Thin boxes', bulletin: { title: 'Jars need thick boxes', body: 'Thin ones break.' } }
    await expect(as(ada).followGuide({ ...on, version, action: 'root', root })).rejects.toMatchObject({ reason: 'not-its-turn' })
    ;({ version } = await as(ada).followGuide({ ...on, version, action: 'ask' }))
    const asking = (await owed()).find(({ title }) => title.includes(made.number))
    expect(asking).toMatchObject({ kind: 'task', dueDay: '2026-03-13', state: 'open', ownerId: ada.id })
    await expect(as(ada).followGuide({ ...on, version, action: 'root' })).rejects.toMatchObject({ status: 422, reason: 'required' })
    const telling = (body: string) => ({ ...root, bulletin: { title: 'Jars', body } })
    for (const [body, reason, word] of [
      ['Ask li.wei@example.com', 'contact-data', 'li.wei@example.com'],
      ['王小姐 told us', 'names-somebody', '王小姐'],
      [`As in ${made.number}`, 'contact-data', made.number],
      ['See order w-77', 'names-somebody', 'w-77'],
    ] as const)
      await expect(as(eva).followGuide({ ...on, version, action: 'root', root: telling(body) })).rejects.toMatchObject({
        status: 422,
        reason,
        fields: [{ field: 'body', reason }],
        values: { word },
      })
    ;({ version } = await as(eva).followGuide({ ...on, version, action: 'root', root }))
    const found = await as(ada).one(on)
    expect(found.guide).toEqual(['vent', 'understand', 'solve', 'make-good', 'ask', 'root'])
    expect(found.hypotheses).toMatchObject([{ text: 'Thin boxes', state: 'open' }])
    expect((await app.as(knowledgeApi, ben).bulletins({})).items[0]).toMatchObject({
      kind: 'lesson',
      title: { en: 'Jars need thick boxes' },
    })
    await expect(as(ada).followGuide({ ...on, version, action: 'root', root })).rejects.toMatchObject({ reason: 'ticked-already' })

    await as(ada).hear({ ...on, version, satisfied: true, score: null, text: null })
    expect((await owed()).some(({ id }) => id === asking!.id)).toBe(false)
  })
})

describe('what everybody is to hear of, by somebody who may not tell them', () => {
  const told = { title: 'Jars need thick boxes', body: 'Thin ones break.' }
  const bulletins = async () => (await app.as(knowledgeApi, ben).bulletins({})).items.map(({ title }) => title.en)
  const evas = async () => (await app.as(commitmentsApi, eva).list({})).items
  /** A case whose root Ada has gone to. */
  const proposed = async () => {
    const made = await record({ guide: ['vent', 'understand', 'solve', 'make-good'] })
    const on = { caseId: made.id }
    let { version } = await as(ada).followGuide({ ...on, version: made.version, action: 'ask' })
    const root = { cause: 'Thin boxes', bulletin: told }
    ;({ version } = await as(ada).followGuide({ ...on, version, action: 'root', root }))
    const { bulletins: all } = await as(ada).one(on)
    return { ...made, version, proposalId: all[0]!.id }
  }

  test('waits in the day of somebody who may, who tells everybody in words of their own', async () => {
    const before = await bulletins()
    const made = await proposed()
    expect(await bulletins()).toEqual(before)
    const [task] = (await evas()).filter(({ title }) => title.includes(made.number))
    expect(task).toMatchObject({ kind: 'approval', dueDay: '2026-03-12', state: 'open', customer: { id: customerId } })
    const { id, version, proposalId } = made
    const decision = { caseId: id, version, proposalId, note: null }
    await expect(as(ada).decideBulletin({ ...decision, bulletin: told })).rejects.toMatchObject({ status: 403, reason: 'not-for-you' })
    await expect(as(eva).decideBulletin({ ...decision, bulletin: { ...told, body: '王小姐 said so' } })).rejects.toMatchObject({
      reason: 'names-somebody',
    })
    await expect(as(eva).decideBulletin({ ...decision, proposalId: id, bulletin: told })).rejects.toMatchObject({ status: 404 })
    app.now = new Date(app.now.getTime() + 1000)
    const done = await as(eva).decideBulletin({ ...decision, bulletin: { ...told, title: 'Thick boxes for jars' } })
    expect(await bulletins()).toEqual(['Thick boxes for jars', ...before])
    expect((await evas()).some(({ id: one }) => one === task!.id)).toBe(false)
    const { bulletins: all } = await as(ada).one({ caseId: id })
    expect(all).toMatchObject([{ ...told, by: ada.id, decided: { by: eva.id, note: null } }])
    const [published] = (await app.as(knowledgeApi, ben).bulletins({})).items
    expect(published).toMatchObject({ id: all[0]!.decided!.bulletinId, kind: 'lesson' })
    await expect(as(eva).decideBulletin({ ...decision, version: done.version, bulletin: told })).rejects.toMatchObject({
      reason: 'decided-already',
    })
  })

  test('is told to nobody where whoever decides says why', async () => {
    const before = await bulletins()
    const { id, version, proposalId, number } = await proposed()
    const decision = { caseId: id, version, proposalId, bulletin: null }
    await expect(as(eva).decideBulletin({ ...decision, note: ' ' })).rejects.toMatchObject({ status: 422, reason: 'required' })
    await as(eva).decideBulletin({ ...decision, note: 'Known already' })
    expect(await bulletins()).toEqual(before)
    expect((await evas()).some(({ title }) => title.includes(number))).toBe(false)
    expect((await as(ada).one({ caseId: id })).bulletins).toMatchObject([{ decided: { bulletinId: null, note: 'Known already' } }])
  })
})

describe('a letter', () => {
  test('is filled in from the case, in the language of the customer', async () => {
    const made = await record({ promise: { text: '换新', day: '2026-03-12' } })
    const [template] = (await app.as(knowledgeApi, ada).templates({ kind: 'acknowledgement' })).items
    const letter = await as(ada).letter({ caseId: made.id, templateId: template!.id })
    expect(letter.language).toBe('zh-CN')
    for (const word of ['王小姐', made.number]) expect(`${letter.subject} ${letter.body}`).toContain(word)
    expect(`${letter.subject} ${letter.body}`).not.toContain('{{')
    await as(ada).changeRecord({ caseId: made.id, version: made.version, changes: { language: 'en' } })
    expect((await as(ada).letter({ caseId: made.id, templateId: template!.id })).language).toBe('en')
    await expect(as(ada).letter({ caseId: made.id, templateId: made.id })).rejects.toMatchObject({ status: 404 })
  })
})
