import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bornUntil, comingDays, keptOn, lookedFor, monthDay } from './birthdays.ts'
import { wordOf } from './choice-words.ts'
import { needKey } from './need.ts'
import { cellsOf, type OwnField, type OwnFieldType, ownValueOf } from './own-fields.ts'
import { failures } from './qualification.ts'
import { relationProblem } from './relation.ts'

const field = (type: OwnFieldType, required = false): OwnField => ({
  id: 'f',
  type,
  required,
  choices: [{ key: 'red' }, { key: 'blue' }],
  removed: false,
})

describe('own fields', () => {
  test.each([
    ['text', 'ten'],
    ['long', `two\nlines ${'x'.repeat(4900)}`],
    ['link', 'https://example.com/产品?a=1#b'],
    ['number', -1.5],
    ['money', 12_900],
    ['day', '2026-02-28'],
    ['yes', false],
    ['choice', 'red'],
    ['choices', ['blue', 'red']],
  ] as const)('a %s is stored and read back as it was', (type, value) => {
    const cells = cellsOf(field(type), value)
    expect(typeof cells).toBe('object')
    expect(ownValueOf(field(type), cells as never)).toEqual(value)
  })
  test.each([
    ['text', 5, 'not-a-text'],
    ['long', 'x'.repeat(5001), 'not-a-long-text'],
    ['link', 'javascript:alert(1)', 'not-a-link'],
    ['link', ' javascript:alert(1)//https://example.com', 'not-a-link'],
    ['link', 'java\nscript:alert(1)', 'not-a-link'],
    ['link', 'data:text/html,x', 'not-a-link'],
    ['link', 'ftp://example.com', 'not-a-link'],
    ['link', 'www.example.com', 'not-a-link'],
    ['link', 'https://', 'not-a-link'],
    ['link', 'https://a b.example.com', 'not-a-link'],
    ['link', 'https://bank.example.com@evil.example.com', 'not-a-link'],
    ['link', `https://example.com/${'x'.repeat(2000)}`, 'not-a-link'],
    ['number', 'five', 'not-a-number'],
    ['number', Number.NaN, 'not-a-number'],
    ['money', 1.5, 'not-a-number'],
    ['day', '2026-02-30', 'not-a-day'],
    ['yes', 'yes', 'not-yes-or-no'],
    ['choice', 'green', 'no-such-choice'],
    ['choices', ['red', 'green'], 'no-such-choice'],
    ['choices', 'red', 'no-such-choice'],
  ] as const)('a %s refuses %j', (type, value, problem) => expect(cellsOf(field(type), value as never)).toBe(problem))
  test('a required field refuses nothing, another takes it', () => {
    for (const empty of [null, '', []] as const) {
      expect(cellsOf(field('choices', true), empty)).toBe('required')
      expect(cellsOf(field('choices'), empty)).toEqual([])
    }
  })
})

describe('relations (B-11)', () => {
  const check = { first: 'a', second: 'b', related: false, present: null, above: [] }
  test('nobody is related to themselves, or twice', () => {
    expect(relationProblem({ ...check, kind: 'family', second: 'a' })).toBe('oneself')
    expect(relationProblem({ ...check, kind: 'dealer', related: true })).toBe('already-related')
  })
  test('a tree has one above each and no circle; a family may be any', () => {
    expect(relationProblem({ ...check, kind: 'group', present: 'c' })).toBe('has-one-already')
    expect(relationProblem({ ...check, kind: 'referrer', above: ['d', 'b'] })).toBe('goes-in-a-circle')
    expect(relationProblem({ ...check, kind: 'family', present: 'c', above: ['b'] })).toBeNull()
    expect(relationProblem({ ...check, kind: 'referrer', above: ['d'] })).toBeNull()
  })
})

test('the same need in other dress is the same', () => {
  expect(needKey('  Faster  DELIVERY. ')).toBe(needKey('faster delivery'))
  expect(needKey('送货更快！')).toBe('送货更快')
  expect(needKey('ＡＢＣ')).toBe('abc')
})

describe('birthdays', () => {
  test('every birthday of the coming days is looked for and kept on one of them', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1930-01-01'), max: new Date('2020-12-31'), noInvalidDate: true }),
        fc.date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }),
        (born, now) => {
          const birthday = born.toISOString().slice(0, 10)
          const coming = comingDays(now.toISOString().slice(0, 10), 30)
          const on = keptOn(birthday, coming)
          expect(on !== null).toBe(lookedFor(coming).includes(monthDay(birthday)))
          // In a whole year everybody has one.
          expect(keptOn(birthday, comingDays(coming[0]!, 366))).not.toBeNull()
        },
      ),
    )
  })
  test('who was born on 29 February has it on the 28th in other years', () => {
    expect(keptOn('2000-02-29', comingDays('2026-02-20', 20))).toBe('2026-02-28')
    expect(keptOn('2000-02-29', comingDays('2028-02-20', 20))).toBe('2028-02-29')
  })
  test('an age begins on the birthday', () => {
    expect(bornUntil('2026-05-21', 30)).toBe('1996-05-21')
    expect(bornUntil('2028-02-29', 30)).toBe('1998-02-28')
  })
})

test('a prospect who does not meet the rule fails with the condition (C-16)', () => {
  const rule = [
    { field: 'city', test: 'known', words: [] },
    { field: 'industry', test: 'is', words: ['Food', 'tea'] },
    { field: 'tags', test: 'is-not', words: ['rival'] },
  ] as const
  expect(failures({ city: 'York', industry: 'TEA', tags: ['vip'] }, rule)).toEqual([])
  expect(failures({ industry: 'steel', tags: ['Rival'] }, rule).map((one) => one.field)).toEqual(['city', 'industry', 'tags'])
  expect(failures({ city: 'York' }, rule).map((one) => one.field)).toEqual(['industry'])
})

test('files may write choices in three languages', () => {
  expect(wordOf('role', '经销商')).toBe('dealer')
  expect(wordOf('role', 'Partner')).toBe('partner')
  expect(wordOf('phase', '鞏固')).toBe('consolidate')
  expect(wordOf('expectationAfter', '５')).toBe('5')
  expect(wordOf('priceSensitivity', 'very')).toBeUndefined()
  expect(wordOf('occupation', 'baker')).toBe('baker')
})
