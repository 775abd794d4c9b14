import { expect, test } from 'vitest'
import { jaroWinkler } from './jaro-winkler.ts'

test.each([
  ['martha', 'marhta', 0.961],
  ['dwayne', 'duane', 0.84],
  ['dixon', 'dicksonx', 0.813],
  ['', '', 1],
  ['abc', 'xyz', 0],
])('%s and %s', (a, b, expected) => {
  expect(jaroWinkler(a, b)).toBeCloseTo(expected, 3)
  expect(jaroWinkler(b, a)).toBeCloseTo(expected, 3)
})
