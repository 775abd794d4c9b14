import { expect, test } from 'vitest'
import { flatValue, nestedValue } from './flat-value.ts'

const value = { automatic: false, departmentId: null, days: [30, 60], experience: { 1: 3, 2: 0 } }

test('a value in a value gets a name with a dot; what is nothing and what is a list stay whole', () => {
  expect(flatValue(value)).toEqual({ automatic: false, departmentId: null, days: [30, 60], 'experience.1': 3, 'experience.2': 0 })
})

test('and comes back as it was', () => {
  expect(nestedValue(flatValue(value))).toEqual(value)
})
