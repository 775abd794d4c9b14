import { expect, test } from 'vitest'
import { timeOrderedId } from './identifier.ts'

const moment = new Date('2026-03-10T02:00:00.123Z')

test('an id is a uuid v7 that begins with its moment', () => {
  const id = timeOrderedId(moment)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(moment.getTime())
})

test('of one millisecond the ids stand in the order in which they were made, and none comes twice', () => {
  const ids = Array.from({ length: 20_000 }, () => timeOrderedId(moment))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
  expect(timeOrderedId(new Date(moment.getTime() + 1)) > ids.at(-1)!).toBe(true)
})

test('they stand so also where others are made between them, at other moments', () => {
  const first = timeOrderedId(moment)
  timeOrderedId(new Date(moment.getTime() + 5))
  expect(timeOrderedId(moment) > first).toBe(true)
})
