import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixtureRows, hasFixture } from '#test/value-fixtures.ts'
import { affinity, type Baskets, defaultAffinityOptions } from './affinity.ts'
import { itemNeighbours, nextProducts } from './next-products.ts'

const basketsOf = (lists: readonly (readonly number[])[], itemCount: number): Baskets => {
  const start = [0]
  for (const list of lists) start.push(start.at(-1)! + list.length)
  return { itemCount, start, items: lists.flat() }
}
const all = { maxItems: 1_000, minTogether: 1, top: 100 }

test('support, confidence and lift of a small shop', () => {
  const report = affinity(basketsOf([[0, 1], [0, 1, 2], [0, 2], [1], [3]], 4), all)
  expect(report).toMatchObject({ baskets: 5, pairs: 3, skipped: 0 })
  expect(report.bySupport[0]).toEqual({
    a: 0,
    b: 1,
    together: 2,
    ofA: 3,
    ofB: 3,
    support: 0.4,
    confidenceAToB: 2 / 3,
    confidenceBToA: 2 / 3,
    lift: 10 / 9,
    cosine: 2 / 3,
  })
  expect(report.byLift.map(({ a, b }) => [a, b])).toEqual([
    [0, 2],
    [0, 1],
    [1, 2],
  ])
})

test('huge baskets are left out of the pairs and said so', () => {
  const report = affinity(
    basketsOf(
      [
        [0, 1],
        [0, 1, 2],
      ],
      3,
    ),
    { ...all, maxItems: 2 },
  )
  expect(report).toMatchObject({ baskets: 2, pairs: 1, skipped: 1 })
  expect(report.bySupport[0]).toMatchObject({ together: 1, ofA: 2 })
})

test('equals counting all pairs, and the best few are the best', () => {
  const basket = fc.uniqueArray(fc.nat(9), { maxLength: 6 })
  fc.assert(
    fc.property(fc.array(basket, { maxLength: 30 }), fc.integer({ min: 1, max: 5 }), (lists, top) => {
      const counts = new Map<string, number>()
      for (const list of lists)
        for (const a of list) for (const b of list) if (a < b) counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1)
      const full = affinity(basketsOf(lists, 10), all)
      expect(full.pairs).toBe(counts.size)
      for (const pair of full.bySupport) expect(pair.together).toBe(counts.get(`${pair.a} ${pair.b}`))
      expect(affinity(basketsOf(lists, 10), { ...all, top }).bySupport).toEqual(full.bySupport.slice(0, top))
      expect(affinity(basketsOf(lists, 10), { ...all, top }).byLift).toEqual(full.byLift.slice(0, top))
    }),
  )
})

test('"buy again" and "new for you" are two lists', () => {
  const people = basketsOf([[0, 1], [0, 1, 2], [0, 2, 3], [1, 2], [4]], 5)
  const near = itemNeighbours(people)
  const found = nextProducts(
    [
      { item: 0, times: 1 },
      { item: 1, times: 4 },
    ],
    near,
    10,
  )
  expect(found.buyAgain).toEqual([1, 0])
  // Cosine with 0 and 1: item 2 has 2/3 + 2/3, item 3 has 1/√3 with 0 alone.
  expect(found.newForYou).toEqual([2, 3])
  expect(nextProducts([{ item: 4, times: 2 }], near, 10)).toEqual({ buyAgain: [4], newForYou: [] })
})

const file = 'online_retail_2010_2011.csv.gz'
interface Line {
  readonly invoice: string
  readonly code: string
  readonly date: string
  readonly customer: string
}
const linesOf = (): Line[] =>
  fixtureRows(file)
    .filter(
      ([invoice, code, , quantity, , price, customer]) =>
        customer && !invoice!.startsWith('C') && Number(quantity) > 0 && Number(price) > 0 && /^\d{5}/.test(code!),
    )
    .map(([invoice, code, , , date, , customer]) => ({ invoice: invoice!, code: code!, date: date!.slice(0, 10), customer: customer! }))

const grouped = (lines: readonly Line[], keyOf: (line: Line) => string, places: ReadonlyMap<string, number>): number[][] => {
  const sets = new Map<string, Set<number>>()
  for (const line of lines) {
    const key = keyOf(line)
    const set = sets.get(key) ?? new Set()
    sets.set(key, set)
    set.add(places.get(line.code)!)
  }
  return [...sets.values()].map((set) => [...set])
}

test.skipIf(!hasFixture(file))(`pairs of a real shop (skips where ${file} is missing)`, () => {
  const lines = linesOf()
  const codes = [...new Set(lines.map((line) => line.code))].sort()
  const places = new Map(codes.map((code, i) => [code, i]))
  const report = affinity(
    basketsOf(
      grouped(lines, (line) => line.invoice, places),
      codes.length,
    ),
    { ...defaultAffinityOptions, maxItems: 10_000, minTogether: 200 },
  )
  // golden/rfm_cohort_affinity.json, affinity_online_retail.
  expect([report.baskets, codes.length, report.pairs]).toEqual([18_402, 3_659, 2_213_237])
  const named = report.bySupport.slice(0, 3).map((pair) => [codes[pair.a], codes[pair.b], pair.together])
  expect(named).toEqual([
    ['22386', '85099B', 546],
    ['22697', '22699', 541],
    ['22726', '22727', 530],
  ])
  expect(report.bySupport[0]).toMatchObject({ ofA: 871, ofB: 1_600, confidenceBToA: 0.34125 })
  expect(report.bySupport[0]!.lift).toBeCloseTo(7.209738805970149, 10)
  expect(report.byLift.slice(0, 2).map((pair) => [codes[pair.a], codes[pair.b], pair.together])).toEqual([
    ['23171', '23172', 202],
    ['23174', '23175', 206],
  ])
  expect(report.byLift[0]!.lift).toBeCloseTo(61.46170634920635, 9)
})

test.skipIf(!hasFixture(file))(`next products of a real shop (skips where ${file} is missing)`, () => {
  const lines = linesOf()
  const training = lines.filter((line) => line.date <= '2011-09-09')
  const codes = [...new Set(training.map((line) => line.code))].sort()
  const places = new Map(codes.map((code, i) => [code, i]))
  const near = itemNeighbours(
    basketsOf(
      grouped(training, (line) => line.customer, places),
      codes.length,
    ),
    1_000_000,
    1_000_000,
  )
  const owned = new Map<string, Map<number, Set<string>>>()
  for (const line of training) {
    const mine = owned.get(line.customer) ?? new Map<number, Set<string>>()
    owned.set(line.customer, mine)
    const item = places.get(line.code)!
    mine.set(item, (mine.get(item) ?? new Set()).add(line.invoice))
  }
  const first = new Map<string, { date: string; items: Set<number> }>()
  for (const line of lines) {
    const item = places.get(line.code)
    if (line.date <= '2011-09-09' || !owned.has(line.customer)) continue
    const known = first.get(line.customer)
    if (!known || line.date < known.date) first.set(line.customer, { date: line.date, items: new Set(item === undefined ? [] : [item]) })
    else if (line.date === known.date && item !== undefined) known.items.add(item)
  }
  let users = 0
  let again = 0
  let fresh = 0
  let freshUsers = 0
  for (const [customer, { items }] of first) {
    if (items.size === 0) continue
    users++
    // Every fourth is enough to see that the lists are good; all of them take a minute.
    if (users % 4 !== 0) continue
    const mine = [...owned.get(customer)!].map(([item, invoices]) => ({ item, times: invoices.size }))
    const found = nextProducts(mine, near, 10)
    if (found.buyAgain.some((item) => items.has(item))) again += 4
    const unknown = [...items].filter((item) => !owned.get(customer)!.has(item))
    if (unknown.length === 0) continue
    freshUsers++
    if (found.newForYou.some((item) => unknown.includes(item))) fresh++
  }
  // golden/rfm_cohort_affinity.json, next_product_benchmark: of 1,916 customers own frequency meets 0.7625, of new items cosine meets 0.362; popularity 0.447 and 0.243.
  expect(users).toBe(1_916)
  expect(again / users).toBeGreaterThan(0.7)
  expect(fresh / freshUsers).toBeGreaterThan(0.3)
})
