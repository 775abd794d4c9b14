import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wallClockOffset } from '#modules/organization/domain/wall-clock.ts'
import { fitsPattern } from './file-pattern.ts'
import { nextLook } from './plan-schedule.ts'

describe('when a plan looks', () => {
  const taipei = wallClockOffset('Asia/Taipei')
  const berlin = wallClockOffset('Europe/Berlin')
  const at = (text: string) => new Date(text)

  test('every so many minutes or hours', () => {
    expect(nextLook({ kind: 'minutes', every: 15 }, at('2026-03-01T10:00:00Z'), taipei)).toEqual(at('2026-03-01T10:15:00Z'))
    expect(nextLook({ kind: 'hours', every: 6 }, at('2026-03-01T10:00:00Z'), taipei)).toEqual(at('2026-03-01T16:00:00Z'))
  })

  test('at a time of day on the organization’s clock, also across a change of the clocks', () => {
    const two = { kind: 'day', at: 120 } as const
    expect(nextLook(two, at('2026-03-01T17:59:59Z'), taipei)).toEqual(at('2026-03-01T18:00:00Z'))
    expect(nextLook(two, at('2026-03-01T18:00:00Z'), taipei)).toEqual(at('2026-03-02T18:00:00Z'))
    expect(nextLook(two, at('2026-03-27T12:00:00Z'), berlin)).toEqual(at('2026-03-28T01:00:00Z'))
    // On the 29th the clock goes from 2 to 3, on 25 October it shows 2 twice.
    expect(nextLook(two, at('2026-03-28T12:00:00Z'), berlin)).toEqual(at('2026-03-29T01:00:00Z'))
    expect(nextLook(two, at('2026-10-24T12:00:00Z'), berlin)).toEqual(at('2026-10-25T00:00:00Z'))
    expect(nextLook(two, at('2026-10-25T00:00:00Z'), berlin)).toEqual(at('2026-10-26T01:00:00Z'))
  })

  test('the time of day comes within 25 hours and always later', () => {
    const moments = fc.date({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z'), noInvalidDate: true })
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 1439 }), (moment, minutes) => {
        const wait = nextLook({ kind: 'day', at: minutes }, moment, berlin).getTime() - moment.getTime()
        expect(wait).toBeGreaterThan(0)
        expect(wait).toBeLessThanOrEqual(25 * 3_600_000)
      }),
    )
  })
})

describe('the pattern of a file name', () => {
  test.each([
    ['orders-2026.csv', 'orders-*.csv', true],
    ['ORDERS-2026.CSV', 'orders-*.csv', true],
    ['orders-2026.csv.done', 'orders-*', false],
    ['.orders.csv', '*', false],
    ['a\u0007.csv', '*', false],
    ['orders.csv', 'order?.csv', true],
    ['order.csv', 'order?.csv', false],
    ['a.csv.tmp', '*.csv', false],
    ['訂單.csv', '訂?.csv', true],
    ['a+b(1).csv', 'a+b(1).csv', true],
    ['aab.csv', 'a+b.csv', false],
  ])('%s and %s', (name, pattern, fits) => expect(fitsPattern(name, pattern)).toBe(fits))

  test('means the same as the expression that it stands for', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 12 })
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*', '?'), maxLength: 10 })
    fc.assert(
      fc.property(letters, patterns, (name, pattern) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        expect(fitsPattern(name, pattern)).toBe(expression.test(name))
      }),
    )
  })

  test('takes no time for a name made to be slow', () => {
    const started = performance.now()
    expect(fitsPattern(`${'a'.repeat(199)}b`, `${'*a'.repeat(90)}*c`)).toBe(false)
    expect(performance.now() - started).toBeLessThan(200)
  })
})
