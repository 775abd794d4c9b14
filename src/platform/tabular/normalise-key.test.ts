import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, searchKeys, searchPrefix } from './normalise-key.ts'

const finds = (query: string, text: string): boolean => {
  const keys = searchKeys(text)
  const parts = searchPrefix(query)
  return parts.length > 0 && parts.every((part) => keys.some((key) => key.startsWith(part)))
}

describe('search keys', () => {
  test.each([
    ['Brion Stark', ['brion stark', 'stark']],
    ['王小明', ['王小明', 'wangxiaoming', 'wxm', '小明', '明']],
    ['陳女士', ['陈女士', 'chennvshi', 'cns', '女士', '士']],
    ['單雄信', ['单雄信', 'shanxiongxin', 'sxx', '雄信', '信']],
    ['+86 138-0013-8000', ['8613800138000', '13800138000', '8000']],
    ['José  Núñez', ['jose nunez', 'nunez']],
    ['', []],
    [' \u3000', []],
  ])('%j', (text, keys) => expect(searchKeys(text)).toEqual(keys))

  test.each([
    ['stark brion', 'Brion Stark'],
    ['STA', 'Brion Stark'],
    ['nunez', 'José Núñez'],
    ['小明', '王小明'],
    ['明', '王小明'],
    ['wangxiao', '王小明'],
    ['wx', '王小明'],
    ['陈', '陳女士'],
    ['陳', '陈女士'],
    ['ａｂｃ', 'ABC公司'],
    ['abc 公司', 'ABC公司'],
    ["o'brien", "O'Brien"],
    ['138 0013', '13800138000'],
    ['+86 138 0013 8000', '+86 138-0013-8000'],
    ['stark@rf', 'brion_stark@rfmail.com'],
    ['strasse', 'Hauptstraße Straße'],
  ])('%j finds %j', (query, text) => expect(finds(query, text)).toBe(true))

  test.each([
    ['starks', 'Brion Stark'],
    ['大明', '王小明'],
    ['tark', 'Brion Stark'],
    ['', 'Brion Stark'],
  ])('%j does not find %j', (query, text) => expect(finds(query, text)).toBe(false))

  test('there are never more than twelve, of at most 64 characters, none the beginning of another, none with half a character', () =>
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(
            fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
            fc.constantFrom('王', '小', '明', '𠮷', 'a', '1', ' ', '-'),
          ),
          maxLength: 90,
        }),
        (text) => {
          const keys = searchKeys(text)
          expect(keys.length).toBeLessThanOrEqual(12)
          for (const key of keys) {
            expect(key.length).toBeLessThanOrEqual(64)
            expect(keys.some((other) => other !== key && other.startsWith(key))).toBe(false)
            expect(key.isWellFormed()).toBe(true)
          }
        },
      ),
    ))

  test('every part of a Han name of up to nine characters finds it', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'王小明李娜客户公司北京臺灣'), { minLength: 1, maxLength: 9 }),
        fc.nat(8),
        fc.integer({ min: 1, max: 9 }),
        (characters, from, length) => {
          const part = characters.slice(from % characters.length, (from % characters.length) + length).join('')
          expect(finds(part, characters.join(''))).toBe(true)
        },
      ),
    ))

  test('folding twice is folding once', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    ))
})
