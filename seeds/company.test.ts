import { expect, test } from 'vitest'
import { demoCompany } from './company.ts'

const company = demoCompany(7, 800, '2026-06-30')

test('the same seed gives the same company, another seed another', () => {
  expect(demoCompany(7, 60, '2026-06-30')).toEqual(demoCompany(7, 60, '2026-06-30'))
  expect(demoCompany(8, 60, '2026-06-30').lines).not.toEqual(demoCompany(7, 60, '2026-06-30').lines)
})
test('nobody in it is real: every address is at example.com', () => {
  for (const { email } of company.customers) expect(email).toMatch(/^$|@example\.com$/)
})
test('nothing happens before the history begins or after yesterday', () => {
  for (const { day } of [...company.lines, ...company.touches]) expect(day >= '2023-12-01' && day < '2026-06-30').toBe(true)
})
test('it has what the screens show: repeat buyers, refunds, discounts, three scripts', () => {
  const orders = new Map<string, Set<string>>()
  for (const line of company.lines)
    if (line.quantity > 0) orders.set(line.customer, (orders.get(line.customer) ?? new Set()).add(line.order))
  const repeaters = [...orders.values()].filter((set) => set.size > 1).length
  expect(repeaters).toBeGreaterThan(200)
  expect(company.lines.some((line) => line.quantity < 0)).toBe(true)
  expect(company.lines.some((line) => line.discountMinor > 0)).toBe(true)
  expect(new Set(company.customers.map((c) => c.language))).toEqual(new Set(['en', 'zh-CN', 'zh-TW']))
})
