import { expect, test } from 'vitest'
import { mixed } from './ant-theme.ts'
import { type Colours, inkOn, palettes, tierShape, tiers } from './theme.ts'

const luminance = (colour: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
/** WCAG 2.2, 1.4.3: from 1 (the same) to 21 (black on white). */
const contrast = (a: string, b: string) => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

test.each(Object.entries(palettes))('in %s mode text is readable on every ground it stands on', (_, c: Colours) => {
  for (const ground of [c.paper, c.surface, c.sunken, c.accentSoft])
    for (const text of [c.ink, c.muted, c.accent]) expect([text, ground, contrast(text, ground) >= 4.5]).toEqual([text, ground, true])
  for (const text of [c.good, c.warn, c.bad, c.info]) expect([text, contrast(text, c.surface) >= 4.5]).toEqual([text, true])
  expect(contrast(c.accentInk, c.accent)).toBeGreaterThanOrEqual(4.5)
})

test.each(Object.entries(palettes))('in %s mode outlines, tiers, series and the focus are seen against the ground', (_, c: Colours) => {
  for (const sign of [c.edge, c.focus, ...Object.values(c.tier)]) expect([sign, contrast(sign, c.surface) >= 3]).toEqual([sign, true])
  for (const line of c.series) expect([line, contrast(line, c.surface) >= 3]).toEqual([line, true])
})

test('heat goes one way from little to much', () => {
  for (const { scale } of Object.values(palettes)) {
    const steps = scale.map(luminance)
    const sorted = [...steps].sort((a, b) => a - b)
    expect([sorted.join(), sorted.reverse().join()]).toContain(steps.join())
  }
})

test('what is written on a cell of a heat map is read on every colour of the scale', () => {
  for (const { scale } of Object.values(palettes))
    for (const [step, colour] of scale.entries()) {
      const ink = { '#000': '#000000', '#fff': '#ffffff' }[inkOn(scale, step / (scale.length - 1))]
      expect([colour, ink, contrast(ink, colour) >= 4.5]).toEqual([colour, ink, true])
    }
})

test('every tier has a shape of its own', () => {
  expect(new Set(tiers.map((tier) => tierShape[tier])).size).toBe(tiers.length)
})

test('a mixture lies between its parts', () => {
  expect(mixed('#000000', '#ffffff', 0)).toBe('#ffffff')
  expect(mixed('#000000', '#ffffff', 1)).toBe('#000000')
  expect(mixed('#ff0000', '#0000ff', 0.5)).toBe('#800080')
})
