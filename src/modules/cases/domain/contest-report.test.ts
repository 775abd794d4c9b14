import { expect, test } from 'vitest'
import { type ContestCell, contestFigures, contestsBy } from './contest-report.ts'

const cell = (more: Partial<ContestCell>): ContestCell => ({
  ...{ way: 'inside', month: 1, bodyId: null, category: null, opened: 0, decided: 0, forCustomer: 0 },
  ...more,
})
const cells = [
  cell({ opened: 5, category: 'freight' }),
  cell({ month: 2, decided: 4, forCustomer: 1, category: 'freight' }),
  cell({ way: 'outside', bodyId: 'b', opened: 3, decided: 2, forCustomer: 1 }),
  cell({ way: 'outside', bodyId: 'a', month: 2, decided: 2, forCustomer: 2 }),
]

test('appeals and what bodies outside decided are counted apart, shares of what was decided', () => {
  expect(contestFigures(cells)).toMatchObject({
    ...{ appeals: 5, appealsDecided: 4, appealsUpheld: { part: 1, whole: 4 } },
    ...{ referrals: 3, referralsDecided: 4, overturned: { part: 3, whole: 4, share: 0.75 } },
  })
  expect(contestFigures([])).toMatchObject({ appeals: 0, overturned: { whole: 0, share: null } })
})

test('by what they have in common, what says nothing last', () => {
  expect(contestsBy(cells, ({ bodyId }) => bodyId).map(({ key, referrals }) => [key, referrals])).toEqual([
    ['a', 0],
    ['b', 3],
    [null, 0],
  ])
  expect(contestsBy(cells, ({ category }) => category).map(({ key }) => key)).toEqual(['freight', null])
  expect(contestsBy(cells, ({ month }) => month).map(({ key, appeals }) => [key, appeals])).toEqual([
    [1, 5],
    [2, 0],
  ])
})
