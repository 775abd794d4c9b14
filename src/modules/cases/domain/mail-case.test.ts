import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at, judged, upTo } from '#test/case-story.ts'
import { isBelievable, treatmentOf, wordsOfMail } from './mail-case.ts'

const now = new Date('2026-03-31T12:00:00Z')
const utcDays = { dayOf: (at: Date) => at.toISOString().slice(0, 10), endOf: (day: string) => new Date(`${day}T23:59:00Z`) }
const rules = { reopenDays: 30, appeals: { ...utcDays, appealDays: 30 }, now }
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)

const recorded = upTo('validity').now

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
  expect(treatmentOf({ automatic }, of && { ...recorded, ...of }, rules)).toBe(treatment)
})

test.each([
  ['2026-04-09T23:59:30Z', 30, 'continue'],
  ['2026-04-10T00:00:00Z', 30, 'reopen'],
  ['2026-03-11T02:00:00Z', 0, 'reopen'],
] as const)(
  'what a customer writes who was turned down and closed, at %s, with %i days for an appeal, is treated: %s',
  (moment, appealDays, treatment) => {
    const story = upTo('validity')
    story.do('judged', { ...judged, finding: 'unfounded', reasonSufficient: false })
    story.do('read-again', { agrees: true, note: null }, 'cid')
    story.do('replied', { text: 'Sorry', channel: 'phone', escalationRoute: null })
    expect(story.now).toMatchObject({ state: 'closed', closedAt: at })
    const more = { reopenDays: 60, appeals: { ...utcDays, appealDays }, now: new Date(moment) }
    expect(treatmentOf({ automatic: null }, story.now, more)).toBe(treatment)
  },
)

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
