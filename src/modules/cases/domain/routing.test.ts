import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { personFor, type Route, routeFor, type Staffing, usualDepartment } from './routing.ts'

const route = (id: string, more: Partial<Route>): Route => ({
  id,
  category: 'freight',
  reason: null,
  productCategory: null,
  departmentId: `department of ${id}`,
  personId: null,
  deputyId: null,
  ...more,
})

describe('the line that holds', () => {
  const whole = route('whole', {})
  const loss = route('loss', { reason: 'loss' })
  const tea = route('tea', { productCategory: 'tea' })
  const lossOfTea = route('loss of tea', { reason: 'loss', productCategory: 'tea' })
  const quality = route('quality', { category: 'product-quality' })
  const all = [quality, whole, tea, loss, lossOfTea]
  test.each([
    ['freight', 'loss', 'tea', 'loss of tea'],
    ['freight', 'loss', 'pots', 'loss'],
    ['freight', 'damage', 'tea', 'tea'],
    ['freight', 'damage', null, 'whole'],
    ['freight', null, null, 'whole'],
    ['product-quality', 'defect', 'tea', 'quality'],
    ['contract', 'quantity', null, null],
    [null, null, 'tea', null],
  ])('%s, %s, %s: %s', (category, reason, productCategory, id) =>
    expect(routeFor(all, { category, reason, productCategory })?.id ?? null).toBe(id),
  )
  test('is the same whatever the order of the table', () => {
    const names = fc.constantFrom('loss', 'damage', null)
    const goods = fc.constantFrom('tea', 'pots', null)
    const table = fc.uniqueArray(fc.record({ reason: names, productCategory: goods }), {
      selector: ({ reason, productCategory }) => `${reason} ${productCategory}`,
    })
    fc.assert(
      fc.property(table, names, goods, (lines, reason, productCategory) => {
        const routes = lines.map((line, i) => route(`r${i}`, line))
        const matter = { category: 'freight', reason, productCategory }
        expect(routeFor(routes.toReversed(), matter)).toEqual(routeFor(routes, matter))
      }),
    )
  })
})

describe('who is given it', () => {
  const staffing: Staffing = {
    about: [],
    working: new Set(['p', 'd', 'h', 's', 'stand-in']),
    away: new Map(),
    headId: 'h',
    deputyIds: ['s'],
  }
  const line = { personId: 'p', deputyId: 'd' }
  test('the person of the line, where they can', () => expect(personFor(line, staffing)).toEqual({ personId: 'p', passed: [] }))
  test('where it is about them, whoever comes next', () =>
    expect(personFor(line, { ...staffing, about: ['p'] })).toEqual({ personId: 'd', passed: [{ userId: 'p', why: 'about-them' }] }))
  test('where they are away, whoever stands in, before the deputy of the line', () =>
    expect(personFor(line, { ...staffing, away: new Map([['p', 'stand-in']]) })).toEqual({
      personId: 'stand-in',
      passed: [{ userId: 'p', why: 'away' }],
    }))
  test('where they have left and the deputy is away, the head of the department', () =>
    expect(personFor(line, { ...staffing, working: new Set(['d', 'h', 's']), away: new Map([['d', null]]) })).toEqual({
      personId: 'h',
      passed: [
        { userId: 'p', why: 'left' },
        { userId: 'd', why: 'away' },
      ],
    }))
  test('where nobody is left, nobody', () => expect(personFor(line, { ...staffing, about: ['p', 'd', 'h', 's'] }).personId).toBeNull())
  test('where the line names nobody, whoever of the department takes it', () =>
    expect(personFor({ personId: null, deputyId: null }, staffing)).toEqual({ personId: null, passed: [] }))
  test('never anybody whom it is about, who is away or who has left', () => {
    const some = fc.subarray(['p', 'd', 'h', 's', 'stand-in'])
    fc.assert(
      fc.property(some, some, some, (about, working, away) => {
        const { personId } = personFor(line, {
          ...staffing,
          about,
          working: new Set(working),
          away: new Map(away.map((id) => [id, 'stand-in'])),
        })
        if (personId === null) return
        expect(about).not.toContain(personId)
        expect(away).not.toContain(personId)
        expect(working).toContain(personId)
      }),
    )
  })
})

test('departments are proposed by what they are usually called, in three languages', () => {
  const departments = ['销售部', '儲運部', 'Quality management', '客服中心'].map((name) => ({ id: name, name }))
  expect(usualDepartment('freight', departments)?.name).toBe('儲運部')
  expect(usualDepartment('product-quality', departments)?.name).toBe('Quality management')
  expect(usualDepartment('contract', departments)?.name).toBe('销售部')
  expect(usualDepartment('service', departments)?.name).toBe('客服中心')
  expect(usualDepartment('freight', [{ id: '1', name: 'Finance' }])).toBeNull()
})
