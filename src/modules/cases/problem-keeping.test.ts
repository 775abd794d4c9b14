import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/complaints.ts'
import { watchCauses } from './actions/watching.ts'
import { casesApi } from './api.ts'

let app: App
let ada: Actor
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-06-01T02:00:00Z') })
  ada = await colleague(app, 'Ada')
})
afterAll(() => app.close())
const as = () => app.as(casesApi, ada)
const terms = { description: null, ownerId: null, cause: null, category: 'freight', reason: 'damage', productCode: null }

test('an action that is finished while another is added leaves the problem open, whoever was faster', async () => {
  for (let round = 0; round < 5; round++) {
    const begun = await as().openProblem({ ...terms, title: `Boxes ${round}` })
    const more = (text: string) => as().addProblemAction({ problemId: begun.id, text, ownerId: ada.id, dueDay: '2026-06-02' })
    const [action] = (await more('Thicker boxes')).actions
    const finish = () => as().moveProblemAction({ problemId: begun.id, actionId: action!.id, version: action!.version, state: 'done' })
    await Promise.all([finish(), more('Train the packers')])
    expect(await as().problem({ problemId: begun.id })).toMatchObject({ state: 'open', curedOn: null })
  }
})

test('what was dismissed yesterday is not proposed tonight, however long ago it was raised', async () => {
  const { id: customerId } = await app.as(customersApi, ada).create({ values: { name: 'Harbour Tea' } })
  const past = async (day: string, count: number) => {
    for (let i = 0; i < count; i++) {
      const id = crypto.randomUUID()
      const at = new Date(`${day}T02:00:00Z`)
      const about = { customer_id: customerId, kind: 'complaint', state: 'closed', category: 'service', reason: 'skill' }
      await app.db
        .insertInto('cases.case')
        .values({
          ...{
            ...about,
            id,
            number: 'old',
            process_key: 'complaint',
            process_version: 1,
            step: 'review',
            subject: 'Old',
            channel: 'phone',
          },
          ...{ received_at: at, opened_at: at, opened_by: 'x', rank_at: at, version: 1 },
        })
        .execute()
      await app.db
        .insertInto('cases.figure')
        .values({
          ...{ ...about, case_id: id, received_on: day, late: false, reopened: 0, repeated: false },
          ...{ minutes: 0, remedy_minor: 0, goodwill_minor: 0, recovered_minor: 0 },
        })
        .execute()
    }
  }
  for (let week = 2; week <= 26; week++)
    await past(new Date(Date.parse('2026-11-29T00:00:00Z') - week * 7 * 86_400_000).toISOString().slice(0, 10), 1)
  await past('2026-11-27', 12)
  app.now = new Date('2026-11-30T00:00:00Z')
  const watch = () => app.transaction((context) => watchCauses(context))
  expect(await watch()).toBeGreaterThan(0)
  const drafts = (await as().problems({ state: ['draft'] })).items
  for (const { id, version } of drafts) await as().moveProblem({ problemId: id, version, state: 'dismissed', note: 'A bad week' })
  // Raised a month ago, dismissed just now.
  await app.db.updateTable('cases.problem').set({ alerted_on: '2026-10-25' }).where('state', '=', 'dismissed').execute()
  expect(await watch()).toBe(0)
})
