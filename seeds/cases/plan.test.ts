import { expect, test } from 'vitest'
import { consequences, numbered, refusedFor, refusedHere } from '#modules/cases/domain/decide.ts'
import type { CaseEvent } from '#modules/cases/domain/event.ts'
import { fold } from '#modules/cases/domain/fold.ts'
import { shippedOf } from '#modules/cases/domain/shipped.ts'
import { kinds } from '#modules/cases/domain/taxonomy.ts'
import { complaintReasons, happened, type NewEvent } from '#modules/cases/public.ts'
import { derivedId } from '#platform/identifier.ts'
import { demoCompany } from '../company.ts'
import { demoDeliveries } from '../deliveries.ts'
import { demoDesertions } from './around.ts'
import { type Cast, said } from './cast.ts'
import { demoDeeds } from './live.ts'
import { finderOf } from './matters.ts'
import { demoCases } from './plan.ts'
import { seedRoutes, supervisorMostMinor } from './setup.ts'
import type { SeedCase } from './story.ts'

const today = '2026-06-30'
const now = new Date(`${today}T15:20:00Z`)
const company = demoCompany(7, 1_500, today)
const deliveries = demoDeliveries(7, company, today)
const cast: Cast = {
  person: (staff) => staff,
  department: (key) => derivedId('department', 'test', key),
  cause: (key) => derivedId('cause', 'test', key),
  offer: (key) => derivedId('offer', 'test', key),
  customer: (key) => key,
  order: (key) => key,
  id: (kind, key) => derivedId(kind, 'test', key),
}
const cases = demoCases(7, company, deliveries, now, cast)
const complaints = cases.filter(({ kind }) => kind === 'complaint')
const acted = (one: SeedCase, kind: string) => one.acts.filter(({ event }) => event.kind === kind)

test('the same seed gives the same cases, another seed others', () => {
  expect(demoCases(7, company, deliveries, now, cast)).toEqual(cases)
  expect(demoCases(8, company, deliveries, now, cast)).not.toEqual(cases)
})

test('they lie in the order of time, within eighteen months, and nothing in the future', () => {
  for (const [n, { openedAt, acts, record }] of cases.entries()) {
    const times = [...(n === 0 ? [] : [cases[n - 1]!.openedAt]), openedAt, ...acts.map(({ at }) => at), now].slice(n === 0 ? 0 : 1)
    expect(times).toEqual(times.toSorted((a, b) => a.getTime() - b.getTime()))
    expect(record.receivedAt <= openedAt && openedAt.getTime() > now.getTime() - 550 * 86_400_000).toBe(true)
    if (n > 0) expect(openedAt >= cases[n - 1]!.openedAt).toBe(true)
  }
})

test('whenever the demo is begun no rule refuses what is told, and nothing lies in the future', () => {
  for (const begun of ['2026-06-28T22:10', '2026-06-29T00:30', '2026-06-29T09:03', '2026-06-26T12:30', '2026-06-27T16:00']) {
    const moment = new Date(`${begun}:00Z`)
    const told = demoCases(7, company, deliveries, moment, cast)
    expect(told.length).toBeGreaterThan(200)
    for (const one of told) {
      const times = [one.record.receivedAt, one.openedAt, ...one.acts.map(({ at }) => at), moment]
      expect(times, one.key).toEqual(times.toSorted((a, b) => a.getTime() - b.getTime()))
      expect(replayed(one), `${one.key} at ${begun}`).toBe(one.acts.length)
    }
  }
})

/** How many of the acts the rules of the shipped processes take. */
function replayed({ kind, record, openedAt, acts, key }: SeedCase): number {
  const process = shippedOf(kind)
  const named = { key: process.key, version: process.version }
  const data = { kind, process: named, step: process.steps[0]!.key, number: key, record, policy: null, ownerId: null, departmentId: null }
  const first = {
    seq: 1,
    kind: 'opened',
    data: { ...data, repeatOf: null, proactive: false, from: null, regimes: [] },
    at: openedAt,
    by: 'agent',
  } as const
  let events: readonly CaseEvent[] = [first]
  const goOn = (event: NewEvent | null, at: Date, by: string) => {
    events = [...events, ...numbered(consequences(process, fold(process, events), events, event, at, by), events.length, at, by)]
  }
  goOn(null, openedAt, 'agent')
  for (const [n, { event, at, by }] of acts.entries()) {
    const state = fold(process, events)
    if (refusedHere(process, state, event.kind) ?? refusedFor(state, event.kind, by)) return n
    goOn(event, at, by)
    const { step, departmentId } = fold(process, events)
    const routed = { departmentId: cast.department('freight'), personId: null, note: null, shares: [] }
    if (step === 'department' && departmentId === null) goOn(happened('routed', routed), at, 'system')
  }
  return acts.length
}

test('there are some hundred, of every kind and every reason, about orders of those who complain', () => {
  expect(cases.length).toBeGreaterThan(200)
  // Who bought elsewhere is none of the company's customers.
  expect(new Set(cases.map(({ kind }) => kind))).toEqual(new Set(kinds.filter((kind) => kind !== 'goodwill')))
  const reasons = new Set(complaints.map(({ record: { category, reason } }) => `${category}/${reason}`))
  expect([...reasons].sort()).toEqual(
    Object.entries(complaintReasons)
      .flatMap(([category, list]) => list.map((reason) => `${category}/${reason}`))
      .sort(),
  )
  const owners = new Map(company.lines.map(({ order, customer }) => [order, customer]))
  for (const { customer, record } of complaints) expect(owners.get(record.orderId!)).toBe(customer)
  expect(new Set(cases.map(({ key }) => key)).size).toBe(cases.length)
})

test('four eyes: nobody decides on what they proposed or whose cause they found, nor reads their own judgement again, nor handles what is about them', () => {
  for (const one of cases) {
    const by = (kind: string) => acted(one, kind).map(({ by: who }) => who)
    for (const approver of by('instructed')) expect([...by('proposed'), ...by('cause-found')]).not.toContain(approver)
    for (const reader of by('read-again')) expect(by('judged')).not.toContain(reader)
    const about = one.record.target?.userId
    if (about) for (const kind of ['judged', 'accepted', 'cause-found', 'proposed', 'instructed']) expect(by(kind)).not.toContain(about)
  }
})

test('what departments say is said by whoever answers for the matter, and decided within the limits of approval', () => {
  for (const one of complaints) {
    const { category, reason } = one.record
    const route =
      seedRoutes.find((line) => line.category === category && line.reason === reason) ??
      seedRoutes.find((line) => line.category === category && line.reason === null)!
    const finder = one.key.includes('cause 350') ? 'manager' : finderOf[route.department]
    for (const kind of ['cause-found', 'proposed']) for (const { by } of acted(one, kind)) expect(by).toBe(finder)
    let cost = 0
    for (const { by, event } of one.acts) {
      if (event.kind === 'proposed') cost = event.data.remedies.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
      if (event.kind === 'instructed' && by === 'supervisor') expect(cost).toBeLessThanOrEqual(supervisorMostMinor)
    }
  }
})

test('customers speak their own language, and all three say the same things', () => {
  const keys = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(keys)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, keys(inner)]))
        : ''
  expect(keys(said['zh-CN'])).toEqual(keys(said.en))
  expect(keys(said['zh-TW'])).toEqual(keys(said.en))
  const languages = new Map(company.customers.map(({ id, language }) => [id, language]))
  for (const { customer, record } of cases) expect(/[\u4e00-\u9fff]/.test(record.description)).toBe(languages.get(customer) !== 'en')
})

test('some things are done by the product itself: proposals that wait, penalties, what is one and what becomes another', () => {
  const deeds = demoDeeds(cases, cast, now)
  for (const does of [
    'propose',
    'proposePenalties',
    'giveTask',
    'promise',
    'merge',
    'convert',
    'checkQuality',
    'appeal',
    'decideAppeal',
    'refer',
    'decideReferral',
  ])
    expect(deeds.map((deed) => deed.does)).toContain(does)
  for (const { by, does, said: what } of deeds) if (does === 'checkQuality') expect(what.agentId).not.toBe(by)
})

test('who left had bought often and then no more', () => {
  const gone = demoDesertions(7, company, today)
  expect(gone.length).toBeGreaterThan(5)
  for (const { customer, leftOn, backOn } of gone) {
    expect(company.lines.every((line) => line.customer !== customer || line.day < leftOn)).toBe(true)
    expect(backOn === null || backOn > leftOn).toBe(true)
  }
})
