import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBelievable, treatmentOf, wordsOfMail } from './mail-case.ts'

const now = new Date('2026-03-31T12:00:00Z')
const rules = { reopenDays: 30, now }
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)

test.each([
  [null, null, 'open'],
  ['auto-reply', null, 'leave'],
  ['list', null, 'leave'],
  ['bulk', null, 'leave'],
  [null, { state: 'open', closedAt: null }, 'continue'],
  [null, { state: 'resolved', closedAt: null }, 'continue'],
  ['auto-reply', { state: 'open', closedAt: null }, 'quiet'],
  ['auto-reply', { state: 'closed', closedAt: daysAgo(1) }, 'quiet'],
  ['receipt', { state: 'open', closedAt: null }, 'leave'],
  ['list', { state: 'open', closedAt: null }, 'continue'],
  [null, { state: 'closed', closedAt: daysAgo(30) }, 'reopen'],
  [null, { state: 'withdrawn', closedAt: daysAgo(1) }, 'reopen'],
  [null, { state: 'closed', closedAt: daysAgo(31) }, 'repeat'],
  [null, { state: 'merged', closedAt: daysAgo(1) }, 'repeat'],
] as const)('a mail (%s) to a case (%j) is treated: %s', (automatic, of, treatment) => {
  expect(treatmentOf({ automatic }, of, rules)).toBe(treatment)
})

test('an address is believed unless the company’s own server says otherwise', () => {
  const verdicts = { spf: null, dkim: null, dmarc: null }
  expect(isBelievable({ verdicts: null })).toBe(true)
  expect(isBelievable({ verdicts: { ...verdicts, dmarc: 'fail' } })).toBe(false)
  expect(isBelievable({ verdicts: { ...verdicts, spf: 'fail' } })).toBe(false)
  expect(isBelievable({ verdicts: { ...verdicts, spf: 'fail', dkim: 'pass' } })).toBe(true)
  expect(isBelievable({ verdicts: { ...verdicts, spf: 'fail', dmarc: 'pass' } })).toBe(true)
})

test('every mail has a subject and words, however long or empty', () => {
  expect(wordsOfMail({ plainSubject: '', newText: '\n  Broken\nagain' }, '—')).toEqual({ subject: 'Broken', description: 'Broken\nagain' })
  expect(wordsOfMail({ plainSubject: '', newText: ' ' }, '—')).toEqual({ subject: '—', description: '—' })
  expect(wordsOfMail({ plainSubject: 'Kettle', newText: '' }, '—')).toEqual({ subject: 'Kettle', description: 'Kettle' })
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(200), (part, times) => {
      const { subject, description } = wordsOfMail({ plainSubject: part, newText: part.repeat(times) }, '—')
      expect([...subject].length).toBeGreaterThan(0)
      expect([...subject].length).toBeLessThanOrEqual(120)
      expect([...description].length).toBeGreaterThan(0)
      expect(description.length).toBeLessThanOrEqual(40_000)
      expect(part.isWellFormed() === false || (subject.isWellFormed() && description.isWellFormed())).toBe(true)
    }),
  )
})
