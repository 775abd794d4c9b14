import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseDateForm, type DateForm, parseDate } from './cell-date.ts'
import { chooseSeparator, decimalText, parseDecimal, roundedUnits, unitsAt } from './cell-decimal.ts'
import { foldCell, parseEmail, parseFlag, parsePhone, trimCell } from './cells.ts'

const decimal = (text: string, separator: '.' | ',' = '.'): string => {
  const parsed = parseDecimal(text, separator)
  return parsed.ok ? decimalText(parsed.value) + (parsed.value.currency ? ` ${parsed.value.currency}` : '') : parsed.problem.code
}

describe('parseDecimal', () => {
  test.each([
    ['1,234.56', '1234.56'],
    ['1 234.56', '1234.56'],
    ['1\u202f234\u202f567', '1234567'],
    ["1'234.5", '1234.5'],
    ['12,34,567.00', '1234567.00'],
    ['(12.50)', '-12.50'],
    ['12.50-', '-12.50'],
    ['-12.50', '-12.50'],
    ['−12.50', '-12.50'],
    ['+3', '3'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['０１２．５０', '12.50'],
    ['－１，２３４', '-1234'],
    ['¥1,234', '1234 ¥'],
    ['￥1,234', '1234 ¥'],
    ['-¥5', '-5 ¥'],
    ['¥-5', '-5 ¥'],
    ['(US$ 5.10)', '-5.10 US$'],
    ['NT$1,200', '1200 NT$'],
    ['1,200元', '1200 元'],
    ['12.5 USD', '12.5 USD'],
    ['RMB 3', '3 RMB'],
    ['1e+05', '100000'],
    ['1E-05', '0.00001'],
    ['1.5e3', '1500'],
    ['0.002', '0.002'],
    ['', 'empty'],
    [' \u3000', 'empty'],
    ['12%', 'percent'],
    ['1,23', 'groupingUnclear'],
    ['1,2345', 'groupingUnclear'],
    ['1.2.3', 'groupingUnclear'],
    ['1,234,56', 'groupingUnclear'],
    ['8.61381E+12', 'digitsShortened'],
    ['1e300', 'tooManyDigits'],
    ['9'.repeat(41), 'tooManyDigits'],
    ['inf', 'notANumber'],
    ['NaN', 'notANumber'],
    ['Infinity', 'notANumber'],
    ['-', 'notANumber'],
    ['--5', 'notANumber'],
    ['(5', 'notANumber'],
    ['0x10', 'notANumber'],
    ['12 abc', 'notANumber'],
    ['#N/A', 'notANumber'],
    ['12:30', 'notANumber'],
    ['2010-12-01', 'notANumber'],
  ])('%j with a decimal point is %s', (text, expected) => expect(decimal(text)).toBe(expected))

  test.each([
    ['1.234,56', '1234.56'],
    ['1 234,56', '1234.56'],
    ['12,5', '12.5'],
    ['12,50 €', '12.50 €'],
    ['1.5', 'groupingUnclear'],
  ])('%j with a decimal comma is %s', (text, expected) => expect(decimal(text, ',')).toBe(expected))

  test('reads back every decimal exactly, in both spellings', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 8 }), (units, scale) => {
        const text = decimalText({ units, scale })
        expect(parseDecimal(text, '.')).toEqual({ ok: true, value: { units, scale } })
        expect(parseDecimal(text.replace('.', ','), ',')).toEqual({ ok: true, value: { units, scale } })
      }),
    ))

  test('scales without loss, or says so, and rounds half away from zero', () => {
    expect(unitsAt({ units: 1250n, scale: 3 }, 2)).toBe(125n)
    expect(unitsAt({ units: 1255n, scale: 3 }, 2)).toBeUndefined()
    expect(unitsAt({ units: 5n, scale: 0 }, 2)).toBe(500n)
    expect([1255n, -1255n, 1254n, -1254n].map((units) => roundedUnits({ units, scale: 3 }, 2))).toEqual([126n, -126n, 125n, -125n])
  })
})

describe('chooseSeparator', () => {
  test.each([
    [['1,234.5', '12'], '.', 'clear'],
    [['1.234,5', '12'], ',', 'clear'],
    [['12,5', '1.000'], ',', 'clear'],
    [['0,125'], ',', 'clear'],
    [['1,234,567'], '.', 'clear'],
    [['1.234.567'], ',', 'clear'],
    [['1,234', '5'], '.', 'ambiguous'],
    [['1.234', '5'], '.', 'ambiguous'],
    [['5', '', 'x'], '.', 'none'],
    [['1.5', '2.5', '3,5'], '.', 'mixed'],
    [['¥1,5 ', '（２，５）'], ',', 'clear'],
  ] as const)('%j', (samples, separator, evidence) => expect(chooseSeparator(samples)).toMatchObject({ separator, evidence }))

  test('names a cell that can be read both ways', () => expect(chooseSeparator(['7', '1,234']).example).toBe('1,234'))
})

const clock = (text: string, order: DateForm['order'] = 'dayFirst', digits: DateForm['digits'] = 'calendar'): string => {
  const parsed = parseDate(text, { order, digits })
  if (!parsed.ok) return parsed.problem.code
  const { milliseconds, hasTime, offset } = parsed.value
  const iso = new Date(milliseconds).toISOString()
  return (hasTime ? iso.slice(0, 19) : iso.slice(0, 10)) + (offset === undefined ? '' : ` ${offset}`)
}

describe('parseDate', () => {
  test.each([
    ['2010-12-01', '2010-12-01'],
    ['2010-12-01 08:26:00', '2010-12-01T08:26:00'],
    ['2010-12-01T08:26', '2010-12-01T08:26:00'],
    ['2010-12-01T08:26:00.123Z', '2010-12-01T08:26:00 0'],
    ['2010-12-01T08:26:00+08:00', '2010-12-01T08:26:00 480'],
    ['2010-12-01 08:26:00-0330', '2010-12-01T08:26:00 -210'],
    ['2011/12/9', '2011-12-09'],
    ['9.12.2011', '2011-12-09'],
    ['9/12/11', '2011-12-09'],
    ['1/2/69', '1969-02-01'],
    ['2010年12月1日', '2010-12-01'],
    ['2010年12月1日 8:26', '2010-12-01T08:26:00'],
    ['2010年12月1日8:26', '2010-12-01T08:26:00'],
    ['２０１０／１２／１', '2010-12-01'],
    ['2010/12/1 上午 08:26:00', '2010-12-01T08:26:00'],
    ['2010/12/1 下午 08:26:00', '2010-12-01T20:26:00'],
    ['民國99年12月1日', '2010-12-01'],
    ['1 Dec 2010', '2010-12-01'],
    ['01-Dec-10', '2010-12-01'],
    ['Dec 1, 2010', '2010-12-01'],
    ['1 Sept 2010 3:05 PM', '2010-09-01T15:05:00'],
    ['1/12/2010 12:00 AM', '2010-12-01T00:00:00'],
    ['20101201', '2010-12-01'],
    ['20101201082600', '2010-12-01T08:26:00'],
    ['20101201T0826', '2010-12-01T08:26:00'],
    ['2024-02-29', '2024-02-29'],
    ['', 'empty'],
    ['2011-02-31', 'noSuchDay'],
    ['31 February 2011', 'noSuchDay'],
    ['2023-02-29', 'noSuchDay'],
    ['1900-02-29', 'noSuchDay'],
    ['2011-13-01', 'noSuchDay'],
    ['0000-00-00', 'noSuchDay'],
    ['1 Foo 2010', 'noSuchDay'],
    ['0001-01-01', 'yearOutOfRange'],
    ['9999-12-31', 'yearOutOfRange'],
    ['2010-12-01 24:00', 'noSuchTime'],
    ['2010-12-01 08:61', 'noSuchTime'],
    ['2010-12-01 13:00 PM', 'noSuchTime'],
    ['2010-12-01 00:00+99:00', 'noSuchTime'],
    ['2010-12-01 noon', 'notADate'],
    ['yesterday', 'notADate'],
    ['12.5', 'notADate'],
    ['40513', 'notADate'],
  ])('%j is %s', (text, expected) => expect(clock(text)).toBe(expected))

  test('the order of the column decides', () => {
    expect(clock('12/1/2010 8:26', 'monthFirst')).toBe('2010-12-01T08:26:00')
    expect(clock('12/1/2010 8:26', 'dayFirst')).toBe('2010-01-12T08:26:00')
    expect(clock('13/1/2010', 'monthFirst')).toBe('noSuchDay')
    expect(clock('10/12/01', 'yearFirst')).toBe('2010-12-01')
    expect(clock('12/1/2010', 'yearFirst')).toBe('orderUnclear')
    expect(clock('25/12/2010', 'yearFirst')).toBe('2010-12-25')
  })

  test('serial numbers of both systems', () => {
    expect(clock('40513', 'dayFirst', 1900)).toBe('2010-12-01')
    expect(clock('40513.351388888885', 'dayFirst', 1900)).toBe('2010-12-01T08:26:00')
    expect(clock('39051', 'dayFirst', 1904)).toBe('2010-12-01')
    expect(clock('60', 'dayFirst', 1900)).toBe('noSuchDay')
    expect(clock('59', 'dayFirst', 1900)).toBe('1900-02-28')
    expect(clock('61', 'dayFirst', 1900)).toBe('1900-03-01')
    expect(clock('2958465', 'dayFirst', 1900)).toBe('yearOutOfRange')
    expect(clock('99999999999', 'dayFirst', 1900)).toBe('noSuchDay')
  })

  test('every day of the range is read back, in every form', () =>
    fc.assert(
      fc.property(fc.integer({ min: -25_567, max: 84_000 }), (days) => {
        const milliseconds = days * 86_400_000
        const [year, month, day] = new Date(milliseconds).toISOString().slice(0, 10).split('-') as [string, string, string]
        const value = { milliseconds, hasTime: false }
        expect(parseDate(`${year}-${month}-${day}`, { order: 'dayFirst', digits: 'calendar' })).toEqual({ ok: true, value })
        expect(parseDate(`${Number(day)}.${Number(month)}.${year}`, { order: 'dayFirst', digits: 'calendar' })).toEqual({ ok: true, value })
        expect(parseDate(`${month}/${day}/${year}`, { order: 'monthFirst', digits: 'calendar' })).toEqual({ ok: true, value })
        expect(parseDate(`${year}年${Number(month)}月${Number(day)}日`, { order: 'yearFirst', digits: 'calendar' })).toEqual({
          ok: true,
          value,
        })
        expect(parseDate(year + month + day, { order: 'dayFirst', digits: 'calendar' })).toEqual({ ok: true, value })
        if (days > -25_509) expect(parseDate(String(days + 25_569), { order: 'dayFirst', digits: 1900 })).toEqual({ ok: true, value })
      }),
    ))
})

describe('chooseDateForm', () => {
  test.each([
    [['9/12/2011', '25/12/2011'], 'dayFirst', 'clear'],
    [['12/9/2010', '12/25/2010 8:26'], 'monthFirst', 'clear'],
    [['9.12.2011', '10.12.2011'], 'dayFirst', 'clear'],
    [['12/1/2010', '12/2/2010', '12/3/2010'], 'monthFirst', 'ambiguous'],
    [['1/12/2010', '2/12/2010'], 'dayFirst', 'ambiguous'],
    [['25/12/2010', '12/25/2010'], 'dayFirst', 'mixed'],
    [['99/12/01', '98/01/12'], 'yearFirst', 'clear'],
    [['2010-12-01'], 'yearFirst', 'clear'],
    [['', 'x'], 'yearFirst', 'none'],
  ] as const)('%j', (samples, order, evidence) => expect(chooseDateForm(samples)).toMatchObject({ form: { order }, evidence }))

  test('bare digits', () => {
    expect(chooseDateForm(['20101201', '20101202']).form.digits).toBe('calendar')
    expect(chooseDateForm(['40513', '40514.35']).form.digits).toBe(1900)
  })
})

describe('flags, addresses, numbers', () => {
  test.each([
    ['Yes', true],
    ['是', true],
    ['TRUE', true],
    ['１', true],
    ['no', false],
    ['否', false],
    ['無', false],
    ['0', false],
    ['maybe', 'notAFlag'],
    ['', 'empty'],
  ] as const)('flag %j', (text, expected) => {
    const parsed = parseFlag(text)
    expect(parsed.ok ? parsed.value : parsed.problem.code).toBe(expected)
  })

  test.each([
    [' Ann.Lee@Example.COM ', 'ann.lee@example.com'],
    ['Ann Lee <ann@example.com>', 'ann@example.com'],
    ['mailto:ann@example.com', 'ann@example.com'],
    ['ann＠example.com', 'ann@example.com'],
    ['王@例子.中国', '王@例子.中国'],
    ['ann@localhost', 'notAnEmail'],
    ['ann@@example.com', 'notAnEmail'],
    ['ann@example..com', 'notAnEmail'],
    ['a b@example.com', 'notAnEmail'],
    ['', 'empty'],
  ])('address %j', (text, expected) => {
    const parsed = parseEmail(text)
    expect(parsed.ok ? parsed.value : parsed.problem.code).toBe(expected)
  })

  test.each([
    [' +86 138 0013 8000 ', '+86 138 0013 8000'],
    ['（０２）２３４５－６７８９', '(02)2345-6789'],
    ["'0912345678", '0912345678'],
    ['010-12345678 转 12', '010-12345678 转 12'],
    ['8.61381E+12', 'digitsShortened'],
    ['call me', 'notAPhone'],
    ['12', 'notAPhone'],
    ['', 'empty'],
  ])('telephone %j', (text, expected) => {
    const parsed = parsePhone(text)
    expect(parsed.ok ? parsed.value : parsed.problem.code).toBe(expected)
  })

  test('blanks and unseen characters at the ends go, those inside stay', () => {
    expect(trimCell('\ufeff\u3000王 小明\u200b\t')).toBe('王 小明')
    expect(foldCell('\u00a0ＡＢ　１２ ')).toBe('AB　12')
  })
})
