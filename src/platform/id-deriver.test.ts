import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idDeriver } from './id-deriver.ts'
import { derivedBytes } from './identifier.ts'

test('gives the same id as derivedBytes for every kind, source and key, short and long', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string({ maxLength: 90, unit: 'grapheme' }), (kind, source, key) => {
      const derive = idDeriver(kind, source)
      // The key, a short one, which must not see what is left of it, and the key again.
      for (const each of [key, key.slice(0, 2), key]) {
        const bytes = Buffer.from(`--${each}--`)
        const target = new Uint8Array(20)
        derive(bytes, 2, bytes.length - 2, target, 3)
        expect(Buffer.from(target.subarray(3, 19)).toString('hex')).toBe(derivedBytes(kind, source, each).toString('hex'))
      }
    }),
    { numRuns: 2000 },
  )
})
