import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guessedLanguage } from './language.ts'

test.each([
  ['The kettle that you sent me is broken. Please exchange it.', 'en'],
  ['我上个月买的茶壶漏水，请尽快处理。', 'zh-CN'],
  ['我上個月買的茶壺漏水，請盡快處理。', 'zh-TW'],
  // What is written alike in both is taken for the one that more people write.
  ['水好冷', 'zh-CN'],
  // A name in another script, an address or an order number changes nothing.
  ['Hello, this is 王小明. My order TX-99812 has not arrived yet.', 'en'],
  ['订单 TX-99812 还没有收到 https://shop.example.com/a/very/long/address/that/says/nothing care@example.com', 'zh-CN'],
  ['訂單 TX-99812 (Oolong Tea Premium) 還沒有收到，麻煩您確認一下，謝謝', 'zh-TW'],
  ['お茶が届きません。どうなっていますか。', null],
  ['Чай не пришёл, где он?', null],
  ['123', null],
  ['', null],
])('%j is taken for %s', (text, language) => {
  expect(guessedLanguage(text)).toBe(language)
})

test('any text gets an answer, and the same whatever figures stand around it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const guess = guessedLanguage(text)
      expect([null, 'en', 'zh-CN', 'zh-TW']).toContain(guess)
      expect(guessedLanguage(`12 ${text} 34`)).toBe(guess)
    }),
  )
})
