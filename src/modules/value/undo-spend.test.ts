import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { importFile, undoImport } from '#test/import-files.ts'
import { valueApi } from './api.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
})
afterAll(() => app.close())

const file = (first: number, second: number) =>
  `campaign,from,to,amount\nLetters,2026-01-01,2026-01-31,${first}\nAdverts,2026-01-01,2026-01-31,${second}\n`
const amounts = async () =>
  Object.fromEntries((await app.as(valueApi).listSpend({})).items.map((row) => [row.campaign, [row.amountMinor, row.source]]))

test('undoing an import of spend restores what it changed, deletes what it made, and leaves and names what was changed by hand since', async () => {
  await importFile(app, file(100, 200), { importer: 'spend' })
  const second = await importFile(app, `${file(150, 250)}Fair,2026-02-01,2026-02-28,70\nGifts,2026-02-01,2026-02-28,80\n`, {
    importer: 'spend',
  })
  expect(second.outcome?.counts).toMatchObject({ new: 2, changed: 2 })
  for (const row of (await app.as(valueApi).listSpend({})).items) {
    const { source: _, ...change } = row
    if (row.campaign === 'Adverts' || row.campaign === 'Gifts') await app.as(valueApi).changeSpend({ ...change, amountMinor: 99 })
  }
  const undone = await undoImport(app, second.id)
  expect(await amounts()).toEqual({ Letters: [10_000, 'shop'], Adverts: [99, 'hand'], Gifts: [99, 'hand'] })
  expect(undone.undo).toMatchObject({ counts: { deleted: 1, restored: 1 }, leftCount: 2, left: [{ name: 'Adverts' }, { name: 'Gifts' }] })
})
