import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as organizationApi } from '#modules/organization/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { knowledgeApi } from './api.ts'
import { shippedTechniques } from './domain/shipped/techniques.ts'
import { noteTechniqueOutcome, noteTechniqueUse, phraseRules, suggestTechniques, techniques, techniqueUsesOf } from './public.ts'
import { bringContents } from './store/shipped.ts'

let app: App
let agent: Actor
beforeAll(async () => {
  app = await startApp()
  agent = await colleague(app, 'Agent')
})
afterAll(() => app.close())

const knowledge = (actor: Actor = everybody) => app.as(knowledgeApi, actor)
const [calm, denial, transformation] = shippedTechniques.map(({ id }) => id) as [string, string, string]
const experienced = (userId: string, experience: number, version: number) =>
  app
    .as(organizationApi)
    .changeStaff({ userId, version, title: null, valueRole: null, experience, skills: {}, traits: {}, languages: [], fields: [] })

describe('techniques', () => {
  test('the three of the product are there from the first day, in three languages', async () => {
    const { items } = await knowledge(agent).techniques({})
    expect(items.map(({ key }) => key)).toEqual(['calm-anger', 'tactful-denial', 'transformation'])
    for (const { name, body, points } of items)
      for (const texts of [name, body, ...points.map(({ title }) => title)])
        expect(Object.values(texts).every((text) => text !== '')).toBe(true)
  })

  test('a junior sees transformation closed, and opens it with experience (G-22)', async () => {
    const of = async () => (await knowledge(agent).suggestTechniques({ cause: 'misunderstanding' })).items
    expect((await of())[0]).toMatchObject({ technique: { key: 'transformation' }, disabled: 'hand-over-to-experienced' })
    await expect(knowledge(agent).noteUse({ techniqueId: transformation, succeeded: true })).rejects.toMatchObject({
      status: 409,
      reason: 'needs-experience',
    })
    await experienced(agent.id, 4, 0)
    expect((await of())[0]).toMatchObject({ technique: { key: 'transformation' }, disabled: null })
    await knowledge(agent).noteUse({ techniqueId: transformation, succeeded: true })
  })

  test('uses on a thing of another module count once, and the outcome of the thing is that of all of them', async () => {
    const origin = { module: 'cases', id: 'case 1' }
    const id = '0198c0de-0030-7000-8000-00000000aaaa'
    const use = { id, techniqueId: calm, userId: agent.id, origin, succeeded: null }
    await app.transaction(async (context) => {
      await noteTechniqueUse(context, use)
      await noteTechniqueUse(context, use)
      await noteTechniqueUse(context, { techniqueId: denial, userId: agent.id, origin, succeeded: null })
    })
    const usesFor = async (technique: string) => (await knowledge().techniques({})).items.find((one) => one.id === technique)!.use
    expect(await usesFor(calm)).toEqual({ succeeded: 0, failed: 0, open: 1, success: null })
    await app.transaction((context) => noteTechniqueOutcome(context, origin, true))
    expect(await app.transaction(({ db }) => techniqueUsesOf(db, origin))).toMatchObject([
      { techniqueId: calm, succeeded: true, origin },
      { techniqueId: denial, succeeded: true },
    ])
    expect(await usesFor(calm)).toMatchObject({ succeeded: 1, failed: 0, open: 0, success: { share: 1 } })
    await app.transaction((context) => noteTechniqueOutcome(context, origin, false))
    expect(await usesFor(calm)).toMatchObject({ succeeded: 0, failed: 1 })
    expect(await usesFor(transformation)).toMatchObject({ succeeded: 1, failed: 0 })
  })

  test('what is older than a year does not count', async () => {
    const now = app.now
    app.now = new Date('2027-02-01T00:00:00Z')
    expect((await knowledge().techniques({})).items.every(({ use }) => use.succeeded + use.failed + use.open === 0)).toBe(true)
    app.now = now
  })

  test('a fourth card takes part by its own rules, and two who write the same see each other (G-23)', async () => {
    const text = (en: string) => ({ en, 'zh-CN': '', 'zh-TW': '' })
    const fields = {
      name: text('Ask for advice'),
      body: text('People who know the product well like to be asked.'),
      points: [{ key: 'ask', kind: 'note' as const, title: text('What did you ask?'), hint: text('') }],
      rules: [{ when: { customerType: ['expert'], product: [] }, against: false }],
      minimumExperience: 2,
      isDefault: false,
      active: true,
    }
    const made = await knowledge().addTechnique(fields)
    expect(made).toMatchObject({ key: null, version: 1, rules: [{ when: { customerType: ['expert'] }, against: false }] })
    const found = await knowledge(agent).suggestTechniques({ customerType: 'expert' })
    expect(found.items.map(({ technique }) => technique.name.en)).toEqual(['Ask for advice', 'Calm the anger'])
    const changed = await knowledge().changeTechnique({ ...fields, techniqueId: made.id, version: 1, active: false })
    expect(changed).toMatchObject({ version: 2, active: false })
    await expect(knowledge().changeTechnique({ ...fields, techniqueId: made.id, version: 1 })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
    expect((await knowledge(agent).suggestTechniques({ customerType: 'expert' })).items).toHaveLength(1)
    expect((await knowledge().techniques({})).items).toHaveLength(3)
    expect((await knowledge().techniques({ retired: true })).items).toHaveLength(4)
    expect(await app.transaction(({ db }) => techniques(db))).toHaveLength(3)
  })

  test('a rule without conditions and a point twice are refused at their fields', async () => {
    const { key: _, id: _id, version: _v, changedAt: _c, changedBy: _b, use: _u, ...fields } = (await knowledge().techniques({})).items[0]!
    const wrong = { ...fields, points: [fields.points[0]!, fields.points[0]!], rules: [{ when: { mood: [] }, against: false }] }
    await expect(knowledge().addTechnique(wrong)).rejects.toMatchObject({
      status: 422,
      fields: [{ field: 'points[1].key' }, { field: 'rules[0]', reason: 'rule-without-conditions' }],
    })
    const unwritten = JSON.stringify({ ...fields, name: { en: '', 'zh-CN': ' ', 'zh-TW': '' } })
    const headers = { 'content-type': 'application/json' }
    expect((await app.request('/api/v1/knowledge/techniques', { method: 'POST', body: unwritten, headers })).status).toBe(422)
  })
})

test('another start brings nothing twice, and leaves alone what was changed', async () => {
  const before = (await knowledge().techniques({ retired: true })).items
  const { use: _, id, key: _key, changedAt: _c, changedBy: _b, ...calmed } = before[0]!
  await knowledge().changeTechnique({ ...calmed, techniqueId: id, name: { ...calmed.name, en: 'Our own way' } })
  await app.transaction(({ db }) => bringContents(db))
  const after = (await knowledge().techniques({ retired: true })).items
  expect(after.map((one) => one.id)).toEqual(before.map((one) => one.id))
  expect(after[0]!.name.en).toBe('Our own way')
})

test('the rules for phrases can be changed, by whoever has seen the newest', async () => {
  const { rules, version } = await knowledge(agent).phraseRules({})
  expect(version).toBe(0)
  expect((await knowledge(agent).findPhrases({ text: '是的，但是不行', language: 'zh-CN' })).hints).toMatchObject([
    { start: 0, end: 5, message: 'phrase.contradiction', proposals: ['是…而…', '除非…'] },
  ])
  const own = {
    key: 'own',
    language: 'en' as const,
    kind: 'argument' as const,
    parts: [['with respect']],
    gap: 0,
    proposals: ['as I see it'],
  }
  expect(await knowledge().changePhraseRules({ version: 0, rules: [...rules, own] })).toEqual({ version: 1 })
  expect((await knowledge(agent).findPhrases({ text: 'With respect, no', language: 'en' })).hints).toMatchObject([{ rule: 'own' }])
  await expect(knowledge().changePhraseRules({ version: 0, rules })).rejects.toMatchObject({ status: 409 })
  await expect(knowledge().changePhraseRules({ version: 1, rules: [own, own] })).rejects.toMatchObject({
    status: 422,
    reason: 'taken-twice',
  })
  expect(await app.transaction(({ db }) => phraseRules(db))).toHaveLength(rules.length + 1)
})

test('what fits is also told to other modules, for whoever acts or somebody else', async () => {
  const found = await app.transaction((context) => suggestTechniques(context, { mood: 'mistaken' }, agent.id))
  expect(found[0]).toMatchObject({ technique: { key: 'transformation' }, disabled: null })
})
