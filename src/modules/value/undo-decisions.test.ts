import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { derivedId } from '#platform/identifier.ts'
import { type App, startApp } from '#test/app.ts'
import { importFile, undoImport } from '#test/import-files.ts'
import { valueApi } from './api.ts'
import { saveServiceCost } from './store/service-costs.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ work: true })
})
afterAll(() => app.close())

test('undoing an import of customers leaves and names everybody about whom something was decided or noted since', async () => {
  const names = ['Tier', 'Ended', 'Exempt', 'Served', 'Person', 'Rival', 'Touch', 'Private', 'Noticed', 'Planned', 'Nobody']
  const made = await importFile(app, `id,name\n${names.map((name) => `${name},${name}`).join('\n')}\n`, { importer: 'customers' })
  const id = (name: string) => derivedId('customer', 'shop', name)
  const [value, customers] = [app.as(valueApi), app.as(customersApi)]
  const reason = 'A friend of the house'
  await value.setOverride({ customerId: id('Tier'), basedOn: null, tier: 'platinum', reason, lastDay: null })
  await value.setOverride({ customerId: id('Ended'), basedOn: null, tier: 'gold', reason, lastDay: '2026-01-01' })
  await value.exempt({ customerId: id('Exempt'), basedOn: null, reason: 'referral', note: null })
  await app.transaction(({ db }) =>
    saveServiceCost(db, { customerId: id('Served'), cause: 'case', causeId: made.id, day: '2026-01-01', amountMinor: 5 }),
  )
  await value.observe({ customerId: id('Noticed'), noticed: 'Hums', hypothesis: null })
  await value.saveGrowthPlan({ customerId: id('Planned'), version: 0, targetMinor: 1, byDay: null, plan: 'More tea' })
  await customers.addKeyPerson({ id: id('Person'), name: 'Their Uncle' })
  await customers.addUsedCompetitor({ id: id('Rival'), name: 'Next Door' })
  await customers.logInteraction({ id: id('Touch'), channel: 'call', direction: 'in', stage: 'before', summary: 'asked for a price' })
  await customers.setProfiling({ id: id('Private'), profiling: false })

  const undone = await undoImport(app, made.id)
  const kept = names.filter((name) => name !== 'Nobody')
  expect(undone.undo).toMatchObject({ counts: { removed: 1 }, leftCount: kept.length })
  expect(undone.undo!.left.map(({ name }) => name).sort()).toEqual([...kept].sort())
  expect(await value.customer({ customerId: id('Tier') })).toMatchObject({ override: { tier: 'platinum', reason } })
  expect(await value.customer({ customerId: id('Exempt') })).toMatchObject({ exemption: { reason: 'referral' } })
  const { rows } = await sql`select amount_minor from value.service_cost`.execute(app.db)
  expect(rows).toEqual([{ amount_minor: 5 }])
})
