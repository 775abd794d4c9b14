import fc from 'fast-check'
import { expect, test } from 'vitest'
import { iceberg } from './iceberg.ts'

test('ten who complained until the top heard stand for 200, of whom 190 are silent', () =>
  expect(iceberg(10)).toEqual({ persistent: 10, dissatisfied: 200, silent: 190, source: 'why-complaints-matter' }))
test('none stands for none, and half a complaint is a mistake', () => {
  expect(iceberg(0)).toMatchObject({ dissatisfied: 0, silent: 0 })
  expect(() => iceberg(0.5)).toThrow(RangeError)
  expect(() => iceberg(-1)).toThrow(RangeError)
})
test('the visible and the silent are all', () =>
  fc.assert(
    fc.property(fc.nat(1e6), (persistent) => {
      const { dissatisfied, silent } = iceberg(persistent)
      expect(persistent + silent).toBe(dissatisfied)
      expect(dissatisfied).toBe(20 * persistent)
    }),
  ))
