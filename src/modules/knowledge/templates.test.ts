import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { knowledgeApi } from './api.ts'
import { templateKinds } from './domain/template.ts'
import { renderTemplate, templateAsOf, templateOf, templates } from './public.ts'

let app: App
let writer: Actor
beforeAll(async () => {
  app = await startApp()
  writer = await colleague(app, 'Writer')
})
afterAll(() => app.close())

const knowledge = () => app.as(knowledgeApi, writer)
const empty = { subject: '', body: '' }
const name = { en: 'Thanks', 'zh-CN': '', 'zh-TW': '' }
const fields = {
  kind: 'other' as const,
  name,
  active: true,
  texts: { en: { subject: 'Thanks', body: 'Dear {{customerName}}' }, 'zh-CN': empty, 'zh-TW': empty },
}

test('there is one of the product for each kind, in every language', async () => {
  const { items } = await knowledge().templates({})
  expect(items.map(({ kind }) => kind).toSorted()).toEqual([...templateKinds].toSorted())
  for (const { texts } of items) for (const { subject, body } of Object.values(texts)) expect(subject !== '' && body !== '').toBe(true)
})

test('a template has versions, and a letter that was sent can be read by the words of its time', async () => {
  const made = await knowledge().addTemplate(fields)
  const next = { ...fields, texts: { ...fields.texts, en: { subject: 'Thank you', body: 'Hello {{customerName}}' } } }
  const changed = await knowledge().changeTemplate({ ...next, templateId: made.id, version: 1 })
  expect(changed).toMatchObject({ version: 2, texts: { en: { subject: 'Thank you' } } })
  await expect(knowledge().changeTemplate({ ...next, templateId: made.id, version: 1 })).rejects.toMatchObject({
    reason: 'changed-meanwhile',
  })
  const versions = (await knowledge().templateVersions({ templateId: made.id })).items
  expect(versions.map(({ version, texts }) => [version, texts.en.subject])).toEqual([
    [2, 'Thank you'],
    [1, 'Thanks'],
  ])
  const [now, then] = await app.transaction(async ({ db }) => [await templateOf(db, made.id), await templateAsOf(db, made.id, 1)])
  expect(renderTemplate(now!.texts, { customerName: 'Li' }, 'zh-TW')).toMatchObject({ language: 'en', body: 'Hello Li' })
  expect(renderTemplate(then!, { customerName: 'Li' }, 'en').body).toBe('Dear Li')
  await knowledge().changeTemplate({ ...next, templateId: made.id, version: 2, active: false })
  expect((await knowledge().templates({ kind: 'other' })).items.map(({ id }) => id)).not.toContain(made.id)
  expect((await knowledge().templates({ kind: 'other', retired: true })).items.map(({ id }) => id)).toContain(made.id)
  expect((await app.transaction(({ db }) => templates(db, 'other'))).map(({ id }) => id)).not.toContain(made.id)
})

test('what is not on the list, does not close, or has half a letter is refused at its language', async () => {
  const withBody = (body: string, subject = 'S') => ({ ...fields, texts: { ...fields.texts, 'zh-TW': { subject, body } } })
  for (const [body, reason] of [
    ['{{password}}', 'unknown-placeholder'],
    ['{{{customerName}}}', 'unescaped'],
    ['{{#promise}}', 'unclosed-section'],
  ] as const)
    await expect(knowledge().addTemplate(withBody(body))).rejects.toMatchObject({
      status: 422,
      reason,
      fields: [{ field: 'texts.zh-TW', reason }],
    })
  await expect(knowledge().addTemplate(withBody('text', ''))).rejects.toMatchObject({ reason: 'half-a-letter' })
  await expect(knowledge().addTemplate({ ...fields, texts: { en: empty, 'zh-CN': empty, 'zh-TW': empty } })).rejects.toMatchObject({
    reason: 'required',
  })
})

test('it is filled in for programs, too, with what nobody has said', async () => {
  const apology = (await knowledge().templates({ kind: 'apology' })).items[0]!
  const values = { customerName: '<Li>', caseNumber: 'C-1', amount: { minor: 5000, currency: 'CNY' }, remedy: '退款' }
  const filled = await knowledge().renderTemplate({ templateId: apology.id, language: 'zh-CN', values })
  expect(filled.subject).toBe('向您致歉（C-1）')
  expect(filled.body).toContain('我们这样弥补：退款（¥50.00）')
  expect(filled.html).toContain('&lt;Li&gt;')
  expect(filled.missing).toEqual(expect.arrayContaining(['caseSubject', 'finding']))
})
