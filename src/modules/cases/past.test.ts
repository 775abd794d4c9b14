import { afterAll, beforeAll, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/complaints.ts'
import { emptyRecord } from './actions/opening.ts'
import { recordPast } from './actions/past.ts'
import { casesApi } from './api.ts'

let app: App
let above: Actor
let customerId: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-09T03:00:00Z') })
  above = await colleague(app, 'Zoe', ['supervisor'])
  customerId = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
})
afterAll(() => app.close())

const at = new Date('2026-03-02T03:00:00Z')
const past = async (kind: 'complaint' | 'enquiry', id: string, repeatOf: string | null) => {
  const said = { subject: 'The lid', description: 'It leaks', channel: 'phone', category: 'freight', reason: 'damage' } as const
  const target = { kind: 'company', name: null, userId: null, departmentId: null } as const
  const demand = { kind: 'exchange', text: null, amountMinor: null } as const
  const record = { ...emptyRecord(at), ...said, ...(kind === 'complaint' ? { target, demand } : { category: null, reason: null }) }
  const opening = { customerId, kind, id, record, ownerId: null, repeatOf, incomplete: true }
  await app.transaction((context) => recordPast(context, [{ opening, at, by: 'system', acts: [] }]))
  return app.as(casesApi).one({ caseId: id })
}
const ids = [
  '0198c0de-0000-7000-8000-0000000000a1',
  '0198c0de-0000-7000-8000-0000000000a2',
  '0198c0de-0000-7000-8000-0000000000a3',
] as const

test('a complaint of the past that repeats another is graver and went to those above; what else goes on from one is not', async () => {
  await past('enquiry', ids[0], null)
  const question = await past('enquiry', ids[1], ids[0])
  expect([question.record.severity, question.escalations.filter(({ because }) => because === 'repeated')]).toEqual([3, []])
  const again = await past('complaint', ids[2], ids[0])
  expect(again.record.severity).toBe(2)
  expect(again.escalations.find(({ because }) => because === 'repeated')?.to).toEqual([above.id])
})
