import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coloursOf, contrast } from './look.ts'

test('contrast is that of WCAG 2.2', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#ffffff', '#ffffff')).toBe(1)
  // The example that everybody knows: the lightest grey on white that passes AA.
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5)
})

test('a colour that can be read stays as it is', () => {
  expect(coloursOf('#1d5f52').light['--accent']).toBe('#1d5f52')
  expect(coloursOf('#6fc3aa').dark['--accent']).toBe('#6fc3aa')
})

test('whatever colour a company has, text in it and on it can be read in light and dark', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
  fc.assert(
    fc.property(colour, (given) => {
      const { light, dark } = coloursOf(given)
      for (const [{ '--accent': accent, '--accent-ink': ink, '--accent-soft': soft }, ...grounds] of [
        [light, '#f4f5f1', '#ffffff'],
        [dark, '#121614', '#1a201d'],
      ] as const) {
        expect(contrast(accent!, ink!)).toBeGreaterThanOrEqual(4.5)
        for (const ground of [...grounds, soft!]) expect(contrast(accent!, ground)).toBeGreaterThanOrEqual(4.5)
      }
    }),
    { numRuns: 300, examples: [['#ffff00'], ['#ffffff'], ['#000000'], ['#0000ff'], ['#ff0000']] },
  )
})
