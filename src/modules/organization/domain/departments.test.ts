import { expect, test } from 'vitest'
import { placesOf, succeeded } from './departments.ts'

const departments = [
  { id: 'sales', headId: 'leaver', deputyIds: ['heir', 'other'] },
  { id: 'service', headId: 'other', deputyIds: ['leaver'] },
  { id: 'stock', headId: null, deputyIds: [] },
]
const teams = [
  { id: 'east', memberIds: ['other', 'leaver', 'heir'] },
  { id: 'west', memberIds: ['other'] },
]
const all = { departments, teams }

test('a successor takes every place of whoever leaves, and stands nowhere twice', () => {
  expect(succeeded(all, 'leaver', 'heir')).toEqual({
    departments: [
      { id: 'sales', headId: 'heir', deputyIds: ['other'] },
      { id: 'service', headId: 'other', deputyIds: ['heir'] },
    ],
    teams: [{ id: 'east', memberIds: ['other', 'heir'] }],
  })
  expect(succeeded(all, 'leaver', 'other').departments[1]).toEqual({ id: 'service', headId: 'other', deputyIds: [] })
})

test('without a successor the places are empty', () => {
  const after = succeeded(all, 'leaver', null)
  expect(after.departments.map(({ headId, deputyIds }) => [headId, deputyIds])).toEqual([
    [null, ['heir', 'other']],
    ['other', []],
  ])
  expect(placesOf({ departments: after.departments, teams: after.teams }, 'leaver')).toEqual({ departments: [], teams: [] })
})
