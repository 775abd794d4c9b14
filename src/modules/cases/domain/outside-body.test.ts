import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bodiesFor, isWebAddress, lastDay, type OutsideBody, shippedBodies, withShippedBodies } from './outside-body.ts'

const body = (id: string, more: Partial<OutsideBody> = {}): OutsideBody => ({
  ...{ id, names: { en: id }, about: {}, url: null, kinds: [], categories: [], regimes: [], deadline: null },
  ...{ binding: 'never', retired: false, version: 1 },
  ...more,
})
const matter = { kind: 'complaint', category: 'freight', regimes: ['uk-fca', 'own-market@2'] } as const
const fits = (bodies: readonly OutsideBody[], of: Parameters<typeof bodiesFor>[1] = matter) => bodiesFor(bodies, of).map(({ id }) => id)

describe('to whom a customer can turn', () => {
  test('is whoever hears such a case, those of its rules first', () => {
    const all = [
      body('anything'),
      body('market', { regimes: ['own-market'] }),
      body('elsewhere', { regimes: ['us-cfpb'] }),
      body('claims', { kinds: ['claim'] }),
      body('freight', { categories: ['freight'] }),
      body('service', { categories: ['service'] }),
      body('gone', { retired: true }),
    ]
    expect(fits(all)).toEqual(['market', 'anything', 'freight'])
    // What nobody has said shuts nobody out.
    expect(fits(all, { ...matter, category: null })).toEqual(['market', 'anything', 'freight', 'service'])
    expect(fits(all, { ...matter, kind: 'claim', regimes: [] })).toEqual(['anything', 'claims', 'freight'])
  })

  test('ships with rules of each body, and is as the company left it', () => {
    for (const shipped of shippedBodies) expect(shipped.regimes.length).toBeGreaterThan(0)
    for (const { url } of shippedBodies) expect(url === null || isWebAddress(url)).toBe(true)
    const [first] = shippedBodies
    const own = { ...body(first!.id), retired: true }
    expect(withShippedBodies([own, body('own')]).map(({ id, retired }) => [id, retired])).toEqual([
      [first!.id, true],
      ...shippedBodies.slice(1).map(({ id }) => [id, false]),
      ['own', false],
    ])
  })
})

test.each([
  ['2026-07-14', { unit: 'months', amount: 6 }, '2027-01-14'],
  ['2026-08-31', { unit: 'months', amount: 6 }, '2027-02-28'],
  ['2027-08-31', { unit: 'months', amount: 6 }, '2028-02-29'],
  ['2026-12-31', { unit: 'months', amount: 12 }, '2027-12-31'],
  ['2026-02-27', { unit: 'days', amount: 2 }, '2026-03-01'],
  ['2026-01-01', { unit: 'days', amount: 30 }, '2026-01-31'],
] as const)('answered on %s the last day of %j is %s', (answered, deadline, last) => {
  expect(lastDay(answered, deadline)).toBe(last)
})

test('a longer deadline never ends earlier, and none before the answer', () => {
  const day = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, fc.constantFrom('days' as const, 'months' as const), fc.integer({ min: 1, max: 60 }), (answered, unit, amount) => {
      const last = lastDay(answered, { unit, amount })
      expect(last > answered).toBe(true)
      expect(lastDay(answered, { unit, amount: amount + 1 }) > last).toBe(true)
    }),
  )
})

test.each([
  ['https://www.example.org/complain?x=1', true],
  ['http://example.org', true],
  ['javascript:alert(1)', false],
  ['https://', false],
  ['www.example.org', false],
  ['https://exa mple.org', false],
  ['https://example.org/"><script>', false],
])('%s is an address of the web: %s', (text, is) => {
  expect(isWebAddress(text)).toBe(is)
})
