import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { ownFieldSetting } from '#modules/customers/settings.ts'
import { writeSetting } from '#modules/organization/public.ts'
import { exportedTables } from '#platform/subject/export.ts'
import { subjectTables } from '#platform/subject/subject.ts'
import en from '#platform/subject/texts/en.json' with { type: 'json' }
import simplified from '#platform/subject/texts/zh-CN.json' with { type: 'json' }
import traditional from '#platform/subject/texts/zh-TW.json' with { type: 'json' }
import { openZip } from '#platform/tabular/zip-reader.ts'
import { readCatalog } from '../scripts/catalog.ts'
import { modules } from '../src/modules.ts'
import { type App, startApp } from './app.ts'
import { colleague } from './colleague.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const names = (en: string) => ({ en, 'zh-CN': '', 'zh-TW': '' })

test('a person’s export has the files that were attached, and names where the tables have ids', async () => {
  const anna = await colleague(app, 'Anna')
  const call = app.as(customersApi, anna)
  const field = {
    id: randomUUID(),
    names: names('Favourite tea'),
    type: 'text' as const,
    required: false,
    inList: false,
    choices: [],
    removed: false,
  }
  await app.transaction((context) => writeSetting(context, ownFieldSetting, { fields: [field] }, 0))
  const { id } = await call.create({ values: { name: 'Exported Ella', ownerId: anna.id } })
  const other = await call.create({ values: { name: 'Somebody Else' } })
  const attach = (to: string, fileName: string, file: string | Uint8Array) =>
    call.addAttachment({ id: to, fileName, fileId: randomUUID() }, { file })
  const large = Buffer.alloc(2_500_000, 'Quokka')
  const files = [await attach(id, 'plan.txt', 'CanaryAttachmentQuokka'), await attach(id, 'plan.txt', large)]
  const elsewhere = await attach(other.id, 'other.txt', 'nobody else’s business')
  const touch = { channel: 'call', direction: 'in', stage: 'before', summary: 'asked' } as const
  const { id: touchId } = await call.logInteraction({ id, ...touch, needs: ['Smaller packs'], fileIds: files.map(({ fileId }) => fileId) })
  await call.logInteraction({ id: other.id, ...touch, fileIds: [elsewhere.fileId] })
  await call.setOwnValues({ id, before: {}, values: { [field.id]: 'Longjing' } })

  const response = await app.request(`/api/v1/customers/${id}/personal-data`)
  const bytes = Buffer.from(await response.arrayBuffer())
  const zip = await openZip({
    size: bytes.length,
    read: async function* (from, to) {
      yield bytes.subarray(from, to)
    },
  })
  const content = async (name: string) => {
    const pieces: Uint8Array[] = []
    for await (const piece of zip.read(name)) pieces.push(piece)
    return Buffer.concat(pieces)
  }
  expect(zip.names.filter((name) => name.startsWith('files/'))).toEqual(['files/1-plan.txt', 'files/2-plan.txt'])
  const attached = [await content('files/1-plan.txt'), await content('files/2-plan.txt')]
  expect(attached.map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([22, 2_500_000])
  expect(attached.map(String)).toContain('CanaryAttachmentQuokka')
  expect(attached.some((one) => one.equals(large))).toBe(true)
  const html = String(await content('index.html'))
  for (const word of ['Favourite tea', 'Smaller packs', 'Anna', 'Longjing', 'href="files/1-plan.txt"']) expect(html).toContain(word)
  for (const unnamed of [field.id, anna.id]) expect(html).not.toContain(unnamed)
  // Where nobody has a name for it, the id stays; programs get ids as they are.
  expect(html).toContain(touchId)
  expect(String(await content('person.json'))).toContain(field.id)
})

test('its headings are in the language that is asked for, or the organization’s, and every table and column has words; programs get names that never change', async () => {
  const tables = exportedTables(subjectTables({ modules }))
  const catalog = await readCatalog(app.db)
  const columnsOf = ({ table, unexported }: (typeof tables)[number]) =>
    catalog.tables
      .find(({ schema, name }) => `${schema}.${name}` === table)!
      .columns.map(({ name }) => name)
      .filter((name) => unexported?.[name] === undefined)
  const columns = new Set(tables.flatMap(columnsOf))
  for (const texts of [en, simplified, traditional]) {
    expect(Object.keys(texts.table).toSorted()).toEqual(tables.map(({ table }) => table).toSorted())
    expect(Object.keys(texts.column).toSorted()).toEqual([...columns].toSorted())
    // Within one table no two columns carry the same heading.
    const words: Readonly<Record<string, string>> = texts.column
    const headings = tables.map((one) => ({ table: one.table, words: columnsOf(one).map((name) => words[name]) }))
    expect(headings.filter((one) => new Set(one.words).size < one.words.length)).toEqual([])
  }
  const { id } = await app.as(customersApi).create({ values: { name: 'Translated Tia' } })
  const taken = async (query: string) => {
    const bytes = Buffer.from(await (await app.request(`/api/v1/customers/${id}/personal-data${query}`)).arrayBuffer())
    const zip = await openZip({
      size: bytes.length,
      read: async function* (from, to) {
        yield bytes.subarray(from, to)
      },
    })
    const text = async (name: string) => {
      let all = ''
      for await (const piece of zip.read(name)) all += Buffer.from(piece).toString('utf8')
      return all
    }
    return { html: await text('index.html'), csv: await text('customers.customer.csv'), json: await text('person.json') }
  }
  const [usual, chosen] = [await taken(''), await taken('?language=zh-TW')]
  expect(usual.html).toContain('<h2>Archive</h2>')
  for (const word of ['<html lang="zh-TW">', '<h2>客戶檔案</h2>', '<th>電子郵件</th>']) expect(chosen.html).toContain(word)
  expect(chosen.csv).toContain('電子郵件')
  const archive = ({ json }: typeof usual) => JSON.parse(json).tables['customers.customer'] as unknown
  expect(archive(chosen)).toEqual(archive(usual))
})
