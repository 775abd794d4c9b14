import { expect, test } from 'vitest'
import { namedSave } from './named-save.ts'

const mine = { q: 'tea', shared: false }
const theirs = { q: 'coffee', shared: true }

test('what was decided for one name is saved under it, and differs no more', () => {
  const decisions = { name: 'Regulars', values: { q: 'coffee' } }
  expect(namedSave('Regulars', mine, theirs, decisions)).toEqual({
    values: { q: 'coffee', shared: false },
    compared: { taken: [], disputed: { shared: true } },
  })
})

test('nothing that was decided for one name is saved under another', () => {
  const decisions = { name: 'Regulars', values: { q: 'coffee' } }
  expect(namedSave('Newcomers', mine, null, decisions)).toEqual({ values: mine, compared: null })
  expect(namedSave('Newcomers', mine, theirs, decisions)).toEqual({ values: mine, compared: { taken: [], disputed: theirs } })
})
