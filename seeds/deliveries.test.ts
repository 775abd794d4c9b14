import { expect, test } from 'vitest'
import { demoCompany } from './company.ts'
import { demoDeliveries } from './deliveries.ts'
import { companyFiles } from './files.ts'

const today = '2026-06-30'
const company = demoCompany(7, 800, today)
const deliveries = demoDeliveries(7, company, today)
const all = [...deliveries.byOrder.values()]

test('the same seed gives the same deliveries', () => {
  expect(demoDeliveries(7, company, today)).toEqual(deliveries)
})
test('nothing comes before it was ordered or after yesterday, and most comes in time', () => {
  const days = new Map(company.lines.map((line) => [line.order, line.day]))
  for (const [order, { deliveredDay, promisedDay }] of deliveries.byOrder) {
    expect(promisedDay > days.get(order)!).toBe(true)
    if (deliveredDay !== '') expect(deliveredDay >= days.get(order)! && deliveredDay < today).toBe(true)
  }
  const came = all.filter(({ deliveredDay }) => deliveredDay !== '')
  const late = came.filter(({ deliveredDay, promisedDay }) => deliveredDay > promisedDay)
  expect(late.length / came.length).toBeGreaterThan(0.1)
  expect(late.length / came.length).toBeLessThan(0.3)
  expect(came.some(({ deliveredDay, promisedDay }) => deliveredDay < promisedDay)).toBe(true)
})
test('it has what the screens show: overdue parcels of the last weeks, shortages, freight damage, disputes', () => {
  const overdue = all.filter(({ deliveredDay, promisedDay }) => deliveredDay === '' && promisedDay < today)
  expect(overdue.length).toBeGreaterThan(2)
  expect(overdue.length).toBeLessThan(60)
  expect(all.some(({ missing }) => missing !== '')).toBe(true)
  expect(deliveries.freight.length).toBeGreaterThan(4)
  expect(deliveries.disputes.length).toBeGreaterThan(2)
})
test('only a share of the orders says anything, and refunds say nothing', () => {
  const file = companyFiles(company, deliveries, 2).find(({ importer }) => importer === 'orders')!
  const rows = file.content.trim().split('\r\n').slice(1)
  const said = rows.filter((row) => !row.endsWith(','.repeat(9)))
  expect(said.length / rows.length).toBeGreaterThan(0.3)
  expect(said.length / rows.length).toBeLessThan(0.9)
  for (const row of rows.filter((one) => one.startsWith('CL'))) expect(row.endsWith(','.repeat(9))).toBe(true)
})
