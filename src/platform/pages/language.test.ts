import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Language, languageOf, languages } from './language.ts'

const of = (accepted: string | null, usual: Language = 'en') => languageOf({ asked: null, remembered: null, accepted, usual })

describe('what a browser accepts', () => {
  test.each<[string, Language]>([
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7', 'zh-TW'],
    ['zh', 'zh-CN'],
    ['zh-SG', 'zh-CN'],
    ['zh-HK', 'zh-TW'],
    ['zh-MO', 'zh-TW'],
    ['zh-Hant', 'zh-TW'],
    ['zh-Hans', 'zh-CN'],
    ['zh-Hans-HK', 'zh-CN'],
    ['zh-Hant-CN', 'zh-TW'],
    ['ZH-hant-hk', 'zh-TW'],
    ['yue', 'zh-TW'],
    ['cmn-Hans-CN', 'zh-CN'],
    ['de-DE,de;q=0.9,zh-TW;q=0.5,en;q=0.4', 'zh-TW'],
    ['fr;q=1,en;q=0.2,zh-CN;q=0.3', 'zh-CN'],
    ['en;q=0,zh-CN;q=0.1', 'zh-CN'],
    ['en;q=0.5 , zh-TW ; q=0.5', 'en'],
  ])('%s', (accepted, language) => expect(of(accepted)).toBe(language))
  test.each([null, '', 'de', 'de, fr;q=0.3', 'en;q=0', ';;;,,,', 'q=1', 'english', 'zhx'])(
    '%s knows none of ours, so the company’s own holds',
    (accepted) => expect(of(accepted, 'zh-TW')).toBe('zh-TW'),
  )
  test('anything is as good as the company’s own, but what is named is wanted more', () => {
    expect(of('*', 'zh-CN')).toBe('zh-CN')
    expect(of('*;q=0.1,en;q=0.9', 'zh-CN')).toBe('en')
  })
})

test('the address is heard before what was remembered, and that before the browser', () => {
  const wishes = { asked: 'zh-TW', remembered: 'zh-CN', accepted: 'en', usual: 'en' } as const
  expect(languageOf(wishes)).toBe('zh-TW')
  expect(languageOf({ ...wishes, asked: 'zh-tw' })).toBe('zh-TW')
  expect(languageOf({ ...wishes, asked: null })).toBe('zh-CN')
  expect(languageOf({ ...wishes, asked: 'xx', remembered: '<script>' })).toBe('en')
})

test('whatever a header holds, one of our languages comes of it', () => {
  const part = fc.oneof(fc.string(), fc.constantFrom('zh-TW;q=0.5', 'en;q=x', '*', 'zh-;q=1.0000', 'zh-TW;q=-1'))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), fc.constantFrom(...languages), (parts, usual) =>
      languages.includes(of(parts.join(','), usual)),
    ),
  )
})
