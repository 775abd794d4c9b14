import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Agent, assign, assignAmong, type CaseToAssign, type Group, type Want } from './assignment.ts'

const agent = (userId: string, change: Partial<Agent> = {}): Agent => ({
  userId,
  skills: { freight: 2 },
  experience: 2,
  openCases: 2,
  capacity: 10,
  absent: false,
  lastAssignedAt: null,
  ...change,
})
const want = (skill: string, level = 1): Want => ({ what: 'category', of: skill, any: [skill], level })
const work = (change: Partial<CaseToAssign> = {}): CaseToAssign => ({
  wants: [want('freight')],
  experience: 1,
  accountManager: null,
  about: [],
  recused: [],
  ...change,
})

test('capacity 5, five open: the sixth waits; with capacity 6 it does not', () => {
  expect(assign(work(), [agent('a', { openCases: 5, capacity: 5 })])).toEqual({
    kind: 'queued',
    because: 'all-at-capacity',
    excluded: [{ userId: 'a', why: 'at-capacity' }],
  })
  expect(assign(work(), [agent('a', { openCases: 5, capacity: 6 })])).toMatchObject({
    kind: 'assigned',
    userId: 'a',
    because: 'only-one',
    openCases: 5,
  })
  expect(assign(work(), [agent('a', { openCases: 0, capacity: 0 })])).toMatchObject({ because: 'all-at-capacity' })
})
test('the account manager comes first, however loaded, as long as there is room', () => {
  const people = [agent('free', { openCases: 0 }), agent('manager', { openCases: 9 })]
  expect(assign(work({ accountManager: 'manager' }), people)).toMatchObject({ userId: 'manager', because: 'account-manager' })
  expect(assign(work({ accountManager: 'manager' }), [people[0]!, agent('manager', { openCases: 10 })])).toMatchObject({ userId: 'free' })
  expect(assign(work({ accountManager: 'manager', about: ['manager'] }), people)).toMatchObject({ userId: 'free' })
  expect(assign(work({ accountManager: 'gone' }), people)).toMatchObject({ userId: 'free', because: 'least-loaded' })
})
test('load is a share of capacity; without a limit it is measured against twenty', () => {
  expect(assign(work(), [agent('a', { openCases: 4, capacity: 5 }), agent('b', { openCases: 10, capacity: 20 })])).toMatchObject({
    userId: 'b',
    because: 'least-loaded',
  })
  expect(assign(work(), [agent('a', { openCases: 3, capacity: 10 }), agent('b', { openCases: 5, capacity: null })])).toMatchObject({
    userId: 'b',
  })
  expect(assign(work(), [agent('a', { openCases: 2, capacity: 10 }), agent('b', { openCases: 5, capacity: null })])).toMatchObject({
    userId: 'a',
  })
})
test('of equally loaded ones the nearest to what is needed, then whose turn it is, then by id', () => {
  expect(assign(work(), [agent('expert', { skills: { freight: 3 } }), agent('fit', { skills: { freight: 1 } })])).toMatchObject({
    userId: 'fit',
    because: 'best-fit',
  })
  expect(assign(work(), [agent('senior', { experience: 3 }), agent('junior', { experience: 1 })])).toMatchObject({
    userId: 'junior',
    because: 'best-fit',
  })
  const at = (day: string) => ({ lastAssignedAt: new Date(`2026-09-${day}T09:00:00Z`) })
  expect(assign(work(), [agent('a', at('02')), agent('b', at('01'))])).toMatchObject({ userId: 'b', because: 'longest-waiting' })
  expect(assign(work(), [agent('a', at('02')), agent('b')])).toMatchObject({ userId: 'b', because: 'longest-waiting' })
  expect(assign(work(), [agent('b'), agent('a')])).toMatchObject({ userId: 'a', because: 'by-id' })
})
test('nobody handles a complaint about himself, and each exclusion is explained', () =>
  expect(
    assign(work({ about: ['self'], recused: ['kin'], experience: 2 }), [
      agent('self'),
      agent('kin'),
      agent('away', { absent: true }),
      agent('new', { experience: 1 }),
      agent('full', { openCases: 10 }),
      agent('ok'),
    ]),
  ).toEqual({
    kind: 'assigned',
    userId: 'ok',
    because: 'only-one',
    openCases: 2,
    met: [want('freight')],
    waived: [],
    excluded: [
      { userId: 'away', why: 'absent' },
      { userId: 'full', why: 'at-capacity' },
      { userId: 'kin', why: 'recused' },
      { userId: 'new', why: 'lacks-experience' },
      { userId: 'self', why: 'about-himself' },
    ],
  }))
describe('what the case asks for', () => {
  const [chinese, freight] = [want('language:zh-CN'), want('freight', 2)]
  const wants = [chinese, freight]
  const both = agent('both', { skills: { 'language:zh-CN': 1, freight: 3 }, openCases: 9 })
  const speaks = agent('speaks', { skills: { 'language:zh-CN': 1 }, openCases: 5 })
  const knows = agent('knows', { skills: { freight: 5 }, openCases: 0 })
  test('goes before load: whoever can all of it is chosen however much they have', () =>
    expect(assign(work({ wants }), [both, speaks, knows])).toMatchObject({ userId: 'both', because: 'best-skilled', met: wants }))
  test('the weightier goes before the lighter', () =>
    expect(assign(work({ wants }), [speaks, knows])).toMatchObject({
      userId: 'speaks',
      because: 'best-skilled',
      met: [chinese],
      waived: [freight],
    }))
  test('what nobody here can keeps nothing waiting, and is said where somebody who is not here can', () => {
    const away = agent('away', { skills: { 'language:zh-CN': 1 }, absent: true })
    expect(assign(work({ wants }), [away, knows])).toMatchObject({ userId: 'knows', met: [freight], waived: [chinese] })
    expect(assign(work({ wants }), [knows])).toMatchObject({ userId: 'knows', because: 'only-one', met: [freight], waived: [] })
  })
  test('the account manager comes before skill, skill before load', () => {
    expect(assign(work({ wants, accountManager: 'knows' }), [both, knows])).toMatchObject({ userId: 'knows', because: 'account-manager' })
    expect(assign(work({ wants: [freight] }), [both, agent('idle', { skills: {}, openCases: 0 })])).toMatchObject({ userId: 'both' })
    expect(assign(work({ wants: [] }), [both, agent('idle', { skills: {}, openCases: 0 })])).toMatchObject({ userId: 'idle' })
  })
  test('any of several words for the same thing serves', () => {
    const called: Want = { what: 'category', of: 'freight', any: ['field:freight', 'field:货物运输'], level: 1 }
    const list = [agent('a', { skills: {} }), agent('b', { skills: { 'field:货物运输': 1 }, openCases: 9 })]
    expect(assign(work({ wants: [called] }), list)).toMatchObject({ userId: 'b', met: [called] })
  })
})
describe('one group after the other', () => {
  const team = (...agents: Agent[]): Group => ({ from: 'team', id: 't', agents })
  const department = (...agents: Agent[]): Group => ({ from: 'department', id: 'd', agents })
  test('the team that serves is asked first', () =>
    expect(assignAmong(work(), [team(agent('mine', { openCases: 9 })), department(agent('idle', { openCases: 0 }))])).toMatchObject({
      ...{ kind: 'assigned', userId: 'mine', group: { from: 'team', id: 't' }, passed: [] },
    }))
  test('where nobody of it is here, or there is nobody, the next is asked, and it is said why', () => {
    const next = department(agent('b'))
    const passed = (why: string) => ({ userId: 'b', group: { from: 'department', id: 'd' }, passed: [{ from: 'team', id: 't', why }] })
    expect(assignAmong(work(), [team(agent('a', { absent: true })), next])).toMatchObject(passed('nobody-here'))
    expect(assignAmong(work(), [team(), next])).toMatchObject(passed('nobody-fits'))
    expect(assignAmong(work({ recused: ['a'] }), [team(agent('a')), next])).toMatchObject(passed('nobody-fits'))
  })
  test('where those who are here have no room, it waits for them', () =>
    expect(assignAmong(work(), [team(agent('a', { openCases: 10 })), department(agent('b'))])).toMatchObject({
      ...{ kind: 'queued', because: 'all-at-capacity', group: { from: 'team', id: 't' }, passed: [] },
    }))
  test('where nobody is asked, or nobody anywhere can, it waits', () => {
    expect(assignAmong(work(), [])).toMatchObject({ kind: 'queued', because: 'nobody-fits', group: null })
    expect(assignAmong(work(), [team(), department(agent('b', { absent: true }))])).toMatchObject({
      ...{
        kind: 'queued',
        because: 'nobody-here',
        group: { from: 'department', id: 'd' },
        passed: [{ from: 'team', id: 't', why: 'nobody-fits' }],
      },
    })
  })
})
describe('why it waits', () => {
  test.each<[string, Agent[], string]>([
    ['nobody at all', [], 'nobody-fits'],
    ['those who could are away', [agent('a', { absent: true }), agent('b', { experience: 0 })], 'nobody-here'],
    ['one is full, another away', [agent('a', { absent: true }), agent('b', { openCases: 10 })], 'all-at-capacity'],
  ])('%s', (_what, people, because) => expect(assign(work(), people)).toMatchObject({ kind: 'queued', because }))
  test('a word that every object knows is no skill', () =>
    expect(assign(work({ wants: [want('constructor')] }), [agent('a')])).toMatchObject({ userId: 'a', met: [] }))
})

const people = fc.uniqueArray(
  fc.record({
    userId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    skills: fc.record({ freight: fc.nat(3), law: fc.nat(3) }),
    experience: fc.integer({ min: 1, max: 3 }),
    openCases: fc.nat(12),
    capacity: fc.option(fc.nat(12)),
    absent: fc.boolean(),
    lastAssignedAt: fc.option(fc.date({ min: new Date(0), max: new Date(1e12), noInvalidDate: true })),
  }),
  { selector: ({ userId }) => userId },
)
const works = fc.record({
  wants: fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
    .map(([freight, law]) => [want('law', law), want('freight', freight)]),
  experience: fc.integer({ min: 1, max: 3 }),
  accountManager: fc.option(fc.constantFrom('a', 'b', 'z')),
  about: fc.subarray(['a', 'b', 'c']),
  recused: fc.subarray(['c', 'd']),
})
test('the same answer in whatever order people come; never somebody who may not or cannot; and it waits only where nobody can', () =>
  fc.assert(
    fc.property(works, people, (asked, list) => {
      const found = assign(asked, list)
      expect(assign(asked, list.toReversed())).toEqual(found)
      const able = list.filter(
        (one) =>
          ![...asked.about, ...asked.recused].includes(one.userId) &&
          !one.absent &&
          (one.capacity === null || one.openCases < one.capacity) &&
          one.experience >= asked.experience,
      )
      expect(found.kind === 'assigned').toBe(able.length > 0)
      if (found.kind === 'assigned') {
        expect(able.map(({ userId }) => userId)).toContain(found.userId)
        // Whoever knows the weightier matter is never passed over for somebody who does not, the account manager apart.
        const law = asked.wants[0]!.level
        if (found.because !== 'account-manager' && able.some(({ skills }) => skills.law >= law)) expect(found.met).toContain(asked.wants[0])
      }
      expect(found.excluded).toHaveLength(list.length - able.length)
    }),
    { numRuns: 500 },
  ))
