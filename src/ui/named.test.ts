import { expect, test } from 'vitest'
import { namedIn } from './named.ts'

test('what administrators named is read in one’s own language, else in English, else in whatever it was named in', () => {
  const names = { en: 'Market', 'zh-CN': '市场', 'zh-TW': '' }
  expect(['en', 'zh-CN', 'zh-TW'].map((language) => namedIn(language, names))).toEqual(['Market', '市场', 'Market'])
  expect(namedIn('zh-TW', { ...names, en: '' })).toBe('市场')
  expect(namedIn('en', { en: '', 'zh-CN': '', 'zh-TW': '市集' })).toBe('市集')
})
