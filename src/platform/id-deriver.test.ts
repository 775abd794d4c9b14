import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idDeriver } from './id-deriver.ts'
import { derivedBytes } from './identifier.ts'

test('gives the same id as derivedBytes for every kind, source and key, short and long', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string({ maxLength: 90, unit: 'grapheme' }), (kind, source, key) => {
      const bytes = Buffer.from(`--${key}--`)
      const target = new Uint8Array(20)
      idDeriver(kind, source)(bytes, 2, bytes.length - 2, target, 3)
      expect(Buffer.from(target.subarray(3, 19)).toString('hex')).toBe(derivedBytes(kind, source, key).toString('hex'))
    }),
    { numRuns: 2000 },
  )
})
