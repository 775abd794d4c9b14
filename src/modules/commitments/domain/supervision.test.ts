import { expect, test } from 'vitest'
import { headsAbove } from './supervision.ts'

const tree = [
  { id: 'house', parentId: null, headId: 'eve' },
  { id: 'service', parentId: 'house', headId: 'sue' },
  { id: 'desk', parentId: 'service', headId: null },
  { id: 'shop', parentId: 'house', headId: 'sue' },
]

test('above somebody stands the head of their department, or the next one up the tree', () => {
  expect(headsAbove(tree, ['service'], 'ann')).toEqual(['sue'])
  expect(headsAbove(tree, ['desk'], 'ann')).toEqual(['sue'])
  // Nobody is above themselves.
  expect(headsAbove(tree, ['service'], 'sue')).toEqual(['eve'])
  expect(headsAbove(tree, ['service', 'shop'], 'sue')).toEqual(['eve'])
  expect(headsAbove(tree, ['house'], 'eve')).toEqual([])
  expect(headsAbove(tree, [], 'ann')).toEqual([])
  expect(headsAbove(tree, ['gone'], 'ann')).toEqual([])
})

test('a tree that bites its tail ends', () => {
  const circle = [
    { id: 'a', parentId: 'b', headId: null },
    { id: 'b', parentId: 'a', headId: 'ann' },
  ]
  expect(headsAbove(circle, ['a'], 'ann')).toEqual([])
})
