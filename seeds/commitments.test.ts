import { expect, test } from 'vitest'
import { demoCare } from './commitments.ts'
import { demoCompany } from './company.ts'

const { customers } = demoCompany(7, 200, '2026-06-30')

test('the same seed promises the same, relative to the day', () => {
  const care = demoCare(7, customers, '2026-06-30')
  expect(demoCare(7, customers, '2026-06-30')).toEqual(care)
  const later = demoCare(7, customers, '2026-07-10')
  expect(later.commitments.map(({ day }) => day)).not.toEqual(care.commitments.map(({ day }) => day))
  expect(later.commitments.map(({ title }) => title)).toEqual(care.commitments.map(({ title }) => title))
})

test('it names only customers who are there, and gives a day something to do', () => {
  const care = demoCare(7, customers, '2026-06-30')
  const known = new Set(customers.map(({ id }) => id))
  for (const id of [
    ...care.accounts,
    ...[...care.commitments, ...care.contacts, ...care.signals].flatMap(({ customer }) => customer ?? []),
  ])
    expect(known).toContain(id)
  expect(care.commitments.filter(({ kind, purpose }) => kind === 'visit' && !purpose)).toEqual([])
  expect(care.commitments.some(({ day }) => day === '2026-06-30')).toBe(true)
  expect(care.commitments.some(({ day }) => day !== null && day < '2026-06-30')).toBe(true)
  expect(care.contacts.every(({ day }) => day < '2026-06-30')).toBe(true)
})
