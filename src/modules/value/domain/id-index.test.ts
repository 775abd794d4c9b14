import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idBytes, idText, indexIds } from './id-index.ts'

test('every id is found at its place and no other one is', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 200 }), fc.uuid(), (texts, other) => {
      const ids = idBytes(texts)
      const find = indexIds(ids)
      texts.forEach((text, i) => {
        expect(idText(ids, i)).toBe(text.toLowerCase())
        expect(find(ids, i * 16)).toBe(i)
      })
      // In whatever order they are asked for.
      for (const i of [...texts.keys()].sort((a, b) => ((a * 7) % 11) - ((b * 7) % 11))) expect(find(ids, i * 16)).toBe(i)
      expect(find(idBytes([other]), 0)).toBe(texts.findIndex((text) => text.toLowerCase() === other.toLowerCase()))
    }),
  )
})

test('ids that differ in their first bytes only are told apart', () => {
  const texts = Array.from({ length: 300 }, (_, i) => `${i.toString(16).padStart(8, '0')}-0000-7000-8000-000000000000`)
  const find = indexIds(idBytes(texts))
  expect(texts.map((text) => find(idBytes([text]), 0))).toEqual(texts.map((_, i) => i))
})

test('what is no id is refused', () => expect(() => idBytes(['12'])).toThrow("'12' is not an id"))
