import { describe, expect, test } from 'vitest'
import { type Asking, fieldSkill, wantsOf } from './wants.ts'

const asking = (change: Partial<Asking> = {}): Asking => ({
  kind: 'complaint',
  language: 'zh-TW',
  category: 'freight',
  mood: null,
  severity: 3,
  productCategory: 'Tea',
  productWords: ['T-1', 'Oolong', 'Tea'],
  kindWords: ['Complaint', '投诉', '投訴'],
  categoryWords: ['Freight', '货物运输', '貨物運輸'],
  ...change,
})
const named = (change: Partial<Asking>) => wantsOf(asking(change)).map(({ what, of }) => (of === null ? what : `${what} ${of}`))

describe('what a case asks of its handler', () => {
  test('the language first, then goods, matter and kind', () =>
    expect(named({})).toEqual(['language zh-TW', 'product Tea', 'category freight', 'kind complaint']))
  test('of what is not known nothing is asked', () =>
    expect(named({ language: null, category: null, productCategory: null, kind: 'request' })).toEqual(['kind request']))
  test('whoever is upset, a grave matter and a complaint about service ask for somebody who is good with people', () => {
    for (const change of [{ mood: 'angry' }, { mood: 'conceited' }, { severity: 2 }, { severity: 1 }, { category: 'service' }] as const)
      expect(named(change).at(-1)).toBe('attitude')
  })
  test('a question asks for knowledge, something to be mended for skill', () => {
    expect(named({ kind: 'enquiry', category: null }).at(-1)).toBe('knowledge')
    expect(named({ kind: 'repair', category: null }).at(-1)).toBe('skill')
    expect(named({ category: 'product-quality' }).at(-1)).toBe('skill')
  })
  test('any word for it serves, whatever its case, width or language', () => {
    const category = wantsOf(asking()).find(({ what }) => what === 'category')!
    for (const typed of ['freight', ' Freight ', 'ＦＲＥＩＧＨＴ', '货物运输', '貨物運輸'])
      expect(category.any).toContain(fieldSkill(typed))
    expect(category.any).not.toContain(fieldSkill('Service'))
    expect(wantsOf(asking()).find(({ what }) => what === 'product')!.any).toContain(fieldSkill('t-1'))
  })
})
