import { expect, test } from 'vitest'
import en from '#platform/trail/texts/en.json' with { type: 'json' }
import simplified from '#platform/trail/texts/zh-CN.json' with { type: 'json' }
import traditional from '#platform/trail/texts/zh-TW.json' with { type: 'json' }
import { modules } from '../src/modules.ts'

/** `<module>.<endpoint>` of every write: the trail names what it cannot tell by a fact of its own. */
const writes = modules
  .flatMap(({ name, api }) => Object.entries(api).flatMap(([endpoint, { method }]) => (method === 'GET' ? [] : [`${name}.${endpoint}`])))
  .toSorted()

test.each([
  ['en', en],
  ['zh-CN', simplified],
  ['zh-TW', traditional],
])('in the trail every write is called by what was done, in words of %s', (_, { act }) => {
  const named = Object.entries(act).flatMap(([module, acts]) => Object.keys(acts).map((endpoint) => `${module}.${endpoint}`))
  expect(named.toSorted()).toEqual(writes)
})
