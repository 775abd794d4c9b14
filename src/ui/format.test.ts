import { expect, test } from 'vitest'
import { decimalsOf, formatAgo, formatMoney, formatOf, nothingKnown } from './format.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('minor units become whole units with as many decimals as the currency has', () => {
  expect([decimalsOf('USD'), decimalsOf('JPY'), decimalsOf('KWD')]).toEqual([2, 0, 3])
  expect(formatMoney(129_900, 'USD', 'en')).toBe('$1,299.00')
  expect(formatMoney(1299, 'JPY', 'en')).toBe('¥1,299')
  expect(plain(formatMoney(1_299_000, 'KWD', 'en'))).toBe('KWD 1,299.000')
  expect(formatMoney(-5, 'USD', 'en')).toBe('-$0.05')
  expect(formatMoney(129_900, 'USD', 'en', { signed: true })).toBe('+$1,299.00')
})

test('short sums are written as each language counts', () => {
  expect(formatMoney(123_456_700, 'USD', 'en', { short: true })).toBe('$1.2M')
  expect(formatMoney(123_456_700, 'CNY', 'zh-CN', { short: true })).toBe('¥123.5万')
})

test('nothing known is never written as zero', () => {
  const format = formatOf('en', 'USD', 'UTC')
  for (const text of [
    format.money(null),
    format.number(undefined),
    format.percent(null),
    format.day(null),
    format.instant(undefined),
    format.ago(null),
  ])
    expect(text).toBe(nothingKnown)
  expect(format.money(0)).toBe('$0.00')
})

test('a moment is written in the organization’s zone, a day in none', () => {
  const at = new Date('2011-12-09T23:30:00Z')
  expect(formatOf('en', 'USD', 'UTC').instant(at)).toContain('Dec 9, 2011')
  expect(formatOf('en', 'USD', 'Asia/Shanghai').instant(at)).toContain('Dec 10, 2011')
  expect(formatOf('en', 'USD', 'Pacific/Auckland').day('2011-12-09')).toBe('Dec 9, 2011')
  expect(formatOf('zh-TW', 'TWD', 'Asia/Taipei').day('2011-12-09')).toBe('2011年12月9日')
})

test('time that has passed is told in the largest unit that fits', () => {
  const now = new Date('2024-06-15T12:00:00Z')
  expect(formatAgo(new Date('2024-06-15T09:00:00Z'), now, 'en')).toBe('3 hours ago')
  expect(formatAgo(new Date('2024-06-14T12:00:00Z'), now, 'en')).toBe('yesterday')
  expect(formatAgo(new Date('2024-06-15T11:59:30Z'), now, 'en')).toBe('30 seconds ago')
  expect(formatAgo(new Date('2022-06-15T12:00:00Z'), now, 'zh-CN')).toBe('2年前')
})

test('percents are shares, numbers have the asked-for decimals', () => {
  const format = formatOf('en', 'USD', 'UTC')
  expect(format.percent(0.256, 1)).toBe('25.6%')
  expect(format.number(1234.5678, 2)).toBe('1,234.57')
  expect(format.bytes(48_120_000)).toBe('48.1 MB')
})
