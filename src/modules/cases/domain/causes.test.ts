import { describe, expect, test } from 'vitest'
import { type Cause, causePlaceProblem, fieldOfCause, inCauseTree, shippedCauses, withShipped } from './causes.ts'
import { causeFields } from './taxonomy.ts'

const cause = (id: string, parentId: string | null, more: Partial<Cause> = {}): Cause => ({
  id,
  parentId,
  kind: 'method',
  names: { en: id },
  retired: false,
  version: 1,
  ...more,
})

describe('the shipped first level', () => {
  test('holds the fields of the diagram and misunderstandings, each with an id of its own', () => {
    expect(shippedCauses.map(({ kind }) => kind)).toEqual([...causeFields, 'misunderstanding', 'use', 'outside'])
    expect(new Set(shippedCauses.map(({ id }) => id)).size).toBe(shippedCauses.length)
  })
  test('is what the company made of it, once it did', () => {
    const first = shippedCauses[0]!
    const changed = withShipped([{ ...first, names: { en: 'Staff' }, retired: true, version: 1 }, cause('own', first.id)])
    expect(changed.find(({ id }) => id === first.id)).toMatchObject({ names: { en: 'Staff' }, retired: true })
    expect(changed.at(-1)?.id).toBe('own')
    expect(changed.length).toBe(shippedCauses.length + 1)
  })
})

describe('the tree', () => {
  test('lists each behind the one above it, with its depth', () =>
    expect(
      inCauseTree([cause('b', 'a'), cause('a', null), cause('c', 'b'), cause('d', null)]).map(({ cause: { id }, depth }) => [id, depth]),
    ).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 0],
    ]))
  test('loses nothing that hangs in the air or stands in a circle', () =>
    expect(inCauseTree([cause('x', 'gone'), cause('y', 'z'), cause('z', 'y')]).length).toBe(3))
  test.each([
    ['a', 'b', 'below-itself'],
    ['a', 'a', 'below-itself'],
    ['new', 'nowhere', 'no-such-cause'],
    ['new', 'd', 'too-deep'],
    ['new', 'c', null],
    ['a', null, null],
  ] as const)('%s below %s: %s', (id, parentId, problem) => {
    const all = [cause('a', null), cause('b', 'a'), cause('c', 'b'), cause('d', 'c')]
    expect(causePlaceProblem(all, id, parentId)).toBe(problem)
  })
  test('a branch is moved only where all of it still fits', () => {
    const all = [cause('a', null), cause('b', 'a'), cause('c', 'b'), cause('p', null), cause('q', 'p')]
    expect(causePlaceProblem(all, 'a', 'p')).toBeNull()
    expect(causePlaceProblem(all, 'a', 'q')).toBe('too-deep')
  })
})

test('a cause says in which field of the diagram it stands, where it stands in one', () => {
  expect(fieldOfCause(cause('a', null, { kind: 'machine' }))).toBe('machine')
  expect(fieldOfCause(cause('a', null, { kind: 'misunderstanding' }))).toBeNull()
})
