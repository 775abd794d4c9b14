import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notificationEndpoints } from '#modules/organization/api/notifications.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { knowledgeApi } from './api.ts'
import { jobs } from './jobs.ts'
import { conductRules, guide, preventionOf, suggestArticles } from './public.ts'

let app: App
let writer: Actor
let reader: Actor
beforeAll(async () => {
  app = await startApp()
  writer = await colleague(app, 'Writer')
  reader = {
    ...(await colleague(app, 'Reader')),
    can: (permission) => permission === 'knowledge.read' || permission === 'organization.read',
  }
})
afterAll(() => app.close())

/** What the facts since the last call wake. */
let seen = 0
async function work(): Promise<void> {
  const facts = await app.db.selectFrom('platform.fact').selectAll().where('id', '>', seen).orderBy('id').execute()
  seen = facts.at(-1)?.id ?? seen
  for (const fact of facts)
    for (const job of jobs.filter((one) => one.on?.name === fact.name))
      await app.transaction((context) => job.run(context, fact.payload as never))
}

const knowledge = (actor: Actor | null = writer) => app.as(knowledgeApi, actor)
const texts = (en: string, simplified = '', traditional = '') => ({ en, 'zh-CN': simplified, 'zh-TW': traditional })
const fields = { kind: 'article' as const, category: null, tags: [], ownerRole: null, needsAcknowledgement: false }
const content = (title: ReturnType<typeof texts>, body = texts('')) => ({ title, body, items: [] })
const titles = async (input: object, actor = reader) =>
  (await knowledge(actor).articles(input)).items.map(({ title }) => title.en || title['zh-CN'])

/** Writes and publishes. */
async function published(title: ReturnType<typeof texts>, body = texts(''), more: object = {}) {
  const draft = await knowledge().addArticle({ ...fields, ...more, content: content(title, body) })
  return knowledge().publishArticle({ articleId: draft.id, version: draft.version })
}

describe('articles', () => {
  test('what the product brings along: published for everybody, but what speaks for the company waits', async () => {
    const shown = (await knowledge(reader).articles({ limit: 50 })).items
    expect(shown.map(({ kind }) => kind).toSorted()).toEqual(['conduct', 'guide', 'inspection', ...Array(4).fill('prevention')])
    const drafts = (await knowledge().articles({ drafts: true, limit: 50 })).items.filter(
      ({ publishedRevision }) => publishedRevision === null,
    )
    expect(drafts.map(({ kind }) => kind).toSorted()).toEqual(['credo', 'policy'])
    expect(await titles({ drafts: true, limit: 50 })).toHaveLength(7)
  })

  test('the guide has its six actions in their order, and the rules of conduct stand beside it (G-19, G-27)', async () => {
    const desk = await knowledge(reader).desk({ language: 'zh-CN' })
    expect(desk.guide!.items.map(({ key }) => key)).toEqual(['vent', 'understand', 'solve', 'make-good', 'ask', 'root'])
    expect(desk.conduct!.items[0]).toMatchObject({ key: 'no-argument', title: '不争辩' })
    const [actions, rules] = await app.transaction(async ({ db }) => [await guide(db, 'en'), await conductRules(db, 'zh-TW')])
    expect(actions!.items).toHaveLength(6)
    expect(rules!.items[0]!.title).toBe('不爭辯')
    const prevention = await app.transaction(({ db }) => preventionOf(db, 'freight', 'en'))
    expect(prevention).toMatchObject([{ title: 'Preventing complaints about transport' }])
  })

  test('a draft is the writers’ own until it is published; a later draft changes nothing for readers', async () => {
    const draft = await knowledge().addArticle({ ...fields, content: content(texts('Kettles: how to descale')) })
    expect(draft).toMatchObject({ revision: 1, publishedRevision: null, version: 1, title: { en: 'Kettles: how to descale' } })
    await expect(knowledge(reader).article({ articleId: draft.id })).rejects.toMatchObject({ status: 404 })
    expect(await titles({ q: 'descale' })).toEqual([])
    expect(await titles({ q: 'descale', drafts: true }, writer)).toEqual(['Kettles: how to descale'])
    const first = await knowledge().publishArticle({ articleId: draft.id, version: 1 })
    expect(await titles({ q: 'desca' })).toEqual(['Kettles: how to descale'])
    const second = await knowledge().saveArticle({
      ...fields,
      articleId: draft.id,
      version: first.version,
      content: content(texts('Kettles: with citric acid')),
      note: 'Better',
    })
    expect((await knowledge(reader).article({ articleId: draft.id })).title.en).toBe('Kettles: how to descale')
    expect((await knowledge().article({ articleId: draft.id })).title.en).toBe('Kettles: with citric acid')
    expect((await knowledge().article({ articleId: draft.id, revision: 1 })).title.en).toBe('Kettles: how to descale')
    await expect(knowledge(reader).article({ articleId: draft.id, revision: 2 })).rejects.toMatchObject({ status: 404 })
    expect(await titles({ q: 'citric' })).toEqual([])
    await knowledge().publishArticle({ articleId: draft.id, version: second.version })
    expect(await titles({ q: 'citric' })).toEqual(['Kettles: with citric acid'])
    expect((await knowledge().articleRevisions({ articleId: draft.id })).items.map(({ revision, note }) => [revision, note])).toEqual([
      [2, 'Better'],
      [1, null],
    ])
  })

  test('whoever saves second sees that somebody was faster', async () => {
    const { id, version } = await published(texts('Opening hours'))
    const save = { ...fields, articleId: id, version, content: content(texts('Opening hours 2')) }
    await knowledge().saveArticle(save)
    await expect(knowledge().saveArticle(save)).rejects.toMatchObject({ status: 409, reason: 'changed-meanwhile' })
    await expect(knowledge().publishArticle({ articleId: id, version })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    await expect(knowledge().withdrawArticle({ articleId: id, version })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
  })

  test('withdrawn, it is gone for readers; published twice it cannot be', async () => {
    const { id, version } = await published(texts('Old rule'))
    await expect(knowledge().publishArticle({ articleId: id, version })).rejects.toMatchObject({ reason: 'published-already' })
    const withdrawn = await knowledge().withdrawArticle({ articleId: id, version })
    expect(withdrawn.publishedRevision).toBeNull()
    await expect(knowledge(reader).article({ articleId: id })).rejects.toMatchObject({ status: 404 })
    await expect(knowledge().withdrawArticle({ articleId: id, version: withdrawn.version })).rejects.toMatchObject({
      reason: 'not-published',
    })
  })

  test('half a language is not published, an unknown role answers for nothing, and steps need steps', async () => {
    const half = { title: texts('Steps'), body: texts('Text'), items: [{ key: 'a', title: texts('', '第一'), hint: texts('') }] }
    const draft = await knowledge().addArticle({ ...fields, kind: 'guide', content: half })
    await expect(knowledge().publishArticle({ articleId: draft.id, version: 1 })).rejects.toMatchObject({ reason: 'whole-in-no-language' })
    const empty = await knowledge().addArticle({ ...fields, kind: 'conduct', content: content(texts('Rules')) })
    await expect(knowledge().publishArticle({ articleId: empty.id, version: 1 })).rejects.toMatchObject({ reason: 'items-needed' })
    await expect(knowledge().addArticle({ ...fields, ownerRole: 'pope', content: content(texts('x')) })).rejects.toMatchObject({
      reason: 'no-such-role',
    })
    const twice = { ...half, items: [half.items[0]!, half.items[0]!] }
    await expect(knowledge().addArticle({ ...fields, content: twice })).rejects.toMatchObject({
      fields: [{ field: 'content.items[1].key' }],
    })
  })
})

describe('search', () => {
  test('finds by words and their beginnings, in both scripts of Chinese, what stands in the title first', async () => {
    await published(texts('Tea that was wet', '茶叶受潮怎么办'), texts('What to do when a parcel of oolong arrived damp'))
    await published(texts('Damp parcels'), texts('About oolong'), { tags: ['freight-damage'] })
    expect(await titles({ q: 'damp' })).toEqual(['Damp parcels', 'Tea that was wet'])
    expect(await titles({ q: 'oolong parc' })).toHaveLength(2)
    expect(await titles({ q: '茶葉受潮' })).toEqual(['Tea that was wet'])
    expect(await titles({ q: '潮' })).toEqual(['Tea that was wet'])
    expect(await titles({ q: 'WET tea' })).toEqual(['Tea that was wet'])
    expect(await titles({ q: 'tea nowhere' })).toEqual([])
    expect(await titles({ q: '!!!' })).toEqual([])
    expect(await titles({ tag: 'freight-damage' })).toEqual(['Damp parcels'])
    expect(await titles({ kind: 'guide' })).toEqual(['Six actions at the desk'])
  })

  test('page after page, each once', async () => {
    for (let i = 0; i < 5; i++) {
      app.now = new Date(app.now.getTime() + 1000)
      await published(texts(`Zebra ${i}`), texts(i % 2 ? 'zebra' : ''))
    }
    const seen: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await knowledge(reader).articles({ q: 'zebra', limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map(({ title }) => title.en))
      if (page.next === null) break
      cursor = page.next
    }
    expect(seen).toEqual(['Zebra 4', 'Zebra 3', 'Zebra 2', 'Zebra 1', 'Zebra 0'])
    await expect(knowledge(reader).articles({ cursor: 'bm9uZQ' })).rejects.toMatchObject({ reason: 'foreign-cursor' })
  })

  test('proposes what has to do with a complaint, by words and by tags', async () => {
    const words = 'The parcel arrived and the oolong was completely damp, what now?'
    const found = (await knowledge(reader).suggestArticles({ q: words, limit: 3 })).items.map(({ title }) => title.en)
    expect(found.slice(0, 2).toSorted()).toEqual(['Damp parcels', 'Tea that was wet'])
    const chinese = await app.transaction((context) => suggestArticles(context, '我收到的茶叶受潮了', [], 1))
    expect(chinese[0]!.title.en).toBe('Tea that was wet')
    const tagged = (await knowledge(reader).suggestArticles({ q: 'nothing', tags: ['freight-damage'] })).items
    expect(tagged[0]!.title.en).toBe('Damp parcels')
    expect((await knowledge(reader).suggestArticles({ q: 'xylophone' })).items).toEqual([])
  })
})

describe('reading and standing by it', () => {
  test('whoever is asked to acknowledge finds it, says so once, and is asked again when it changes (K-08, N-10)', async () => {
    const credo = (await knowledge().articles({ drafts: true, kind: 'credo' })).items[0]!
    const first = await knowledge().publishArticle({ articleId: credo.id, version: credo.version })
    const waiting = async () => (await knowledge(reader).toRead({})).acknowledgements.map(({ kind }) => kind)
    expect(await waiting()).toEqual(['credo'])
    await work()
    const told = (await app.as(notificationEndpoints, reader).notifications({})).items.map(({ kind, link }) => `${kind} ${link}`)
    expect(told).toEqual([`knowledge.to-acknowledge /knowledge/${credo.id}`])
    expect((await app.as(notificationEndpoints, writer).notifications({})).items).toEqual([])
    await knowledge(reader).noteReading({ articleId: credo.id, revision: 1, acknowledged: false })
    expect(await waiting()).toContain('credo')
    await knowledge(reader).noteReading({ articleId: credo.id, revision: 1, acknowledged: true })
    await knowledge(reader).noteReading({ articleId: credo.id, revision: 1, acknowledged: false })
    expect(await waiting()).not.toContain('credo')
    expect((await knowledge(reader).article({ articleId: credo.id })).acknowledged).toBe(true)
    const done = await knowledge().articleReaders({ articleId: credo.id, done: true })
    expect(done).toMatchObject({ doneCount: 1, of: 2, items: [{ userId: reader.id }] })
    expect((await knowledge().articleReaders({ articleId: credo.id, done: false })).items.map(({ userId }) => userId)).toEqual([writer.id])
    const facts = await sql<{
      n: number
    }>`select count(*)::int as n from platform.fact where name = 'knowledge.article-acknowledged'`.execute(app.db)
    expect(facts.rows[0]!.n).toBe(1)
    const { id, version, kind, category, tags, ownerRole, needsAcknowledgement } = first
    const second = await knowledge().saveArticle({
      articleId: id,
      version,
      kind,
      category,
      tags,
      ownerRole,
      needsAcknowledgement,
      content: first.content,
    })
    expect(await waiting()).not.toContain('credo')
    await knowledge().publishArticle({ articleId: id, version: second.version })
    expect(await waiting()).toContain('credo')
    await expect(knowledge(reader).noteReading({ articleId: id, revision: 1, acknowledged: true })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
  })
})

describe('the complaint policy (G-12)', () => {
  test('customers read what is published, in their language or the next one, with its version, and nothing else', async () => {
    const policy = () => knowledge(null).complaintPolicy({ language: 'zh-CN' })
    expect(await policy()).toEqual({ company: 'Patron', policy: null })
    const draft = (await knowledge().articles({ drafts: true, kind: 'policy' })).items[0]!
    expect(draft.ownerRole).toBe('executive')
    const first = await knowledge().publishArticle({ articleId: draft.id, version: draft.version })
    expect((await policy()).policy).toMatchObject({ language: 'zh-CN', version: 1, title: '我们如何处理投诉' })
    const { id, version, kind, category, tags, ownerRole, needsAcknowledgement } = first
    const english = { ...first.content, title: texts('Ours'), body: texts('In short: write to us.') }
    const second = await knowledge().saveArticle({
      articleId: id,
      version,
      kind,
      category,
      tags,
      ownerRole,
      needsAcknowledgement,
      content: english,
    })
    expect((await policy()).policy!.version).toBe(1)
    await knowledge().publishArticle({ articleId: id, version: second.version })
    expect((await policy()).policy).toMatchObject({ language: 'en', version: 2, body: 'In short: write to us.' })
    expect((await knowledge(null).complaintPolicy({})).policy!.language).toBe('en')
  })
})

describe('checklists (G-12, K-08)', () => {
  test('each point is scored once; the result is the share of what applies', async () => {
    const list = (await knowledge().articles({ kind: 'inspection' })).items[0]!
    const { content: points } = await knowledge().article({ articleId: list.id })
    const scored = points.items.map(({ key }, i) => ({ key, score: i === 0 ? null : i === 1 ? 2 : 5, note: i === 1 ? 'Dust' : null }))
    const check = { articleId: list.id, revision: 1, place: 'Shop 1', scores: scored, note: null }
    const done = await knowledge().inspect(check)
    expect(done.result).toBeCloseTo((2 + 5 * 5) / (6 * 5), 10)
    app.now = new Date(app.now.getTime() + 1000)
    await knowledge().inspect({ ...check, scores: scored.map((one) => ({ ...one, score: null })) })
    const { items } = await knowledge(reader).inspections({ articleId: list.id })
    expect(items.map(({ result }) => result)).toEqual([null, 0.9])
    await expect(knowledge().inspect({ ...check, scores: scored.slice(1) })).rejects.toMatchObject({ reason: 'scores-do-not-fit' })
    await expect(knowledge().inspect({ ...check, revision: 2 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    const article = await published(texts('No list'))
    await expect(knowledge().inspect({ ...check, articleId: article.id })).rejects.toMatchObject({ reason: 'no-checklist' })
  })
})

test('an owner role is one that there is, also the company’s own', async () => {
  const { name: role } = await app.as(organizationApi).createRole({ copiedFrom: 'agent', names: texts('Clerk', '店员', '店員') })
  expect(await knowledge().addArticle({ ...fields, ownerRole: role, content: content(texts('Owned')) })).toMatchObject({ ownerRole: role })
})
