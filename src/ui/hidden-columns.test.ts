import { expect, test } from 'vitest'
import { hiddenBy } from './hidden-columns.ts'

const columns = [{ key: 'subject' }, { key: 'due' }, { key: 'received', optional: true }]

test('a view shows the columns that it kept, and one from before columns were kept the usual ones', () => {
  expect(hiddenBy(['subject', 'received'], columns)).toEqual(['due'])
  expect(hiddenBy([], columns)).toEqual(['received'])
  // A column that came later is not shown by an older view.
  expect(hiddenBy(['subject'], columns)).toEqual(['due', 'received'])
})
