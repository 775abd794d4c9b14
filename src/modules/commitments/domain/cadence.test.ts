import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { consentChannels } from '#modules/customers/domain/consent.ts'
import { type Contact, likedForm, reachableForms, readCadence, serviceForms } from './cadence.ts'
import type { Approach } from './channel.ts'
import { addDays } from './recurrence.ts'

const monthly = { minimum: 2, maximum: 4, days: 30 }
const today = '2026-03-20'
const ours = (day: string, channel: Contact['channel'] = 'call', more: Partial<Contact> = {}): Contact => ({
  day,
  channel,
  ours: true,
  planned: false,
  ...more,
})

describe('frequency', () => {
  test('nobody was contacted: a contact is needed today', () => {
    expect(readCadence(monthly, [], today)).toMatchObject({ state: 'under-served', held: 0, dueBy: today, next: null })
  })
  test('two within the month are enough until the older one falls out of it', () => {
    const reading = readCadence(monthly, [ours('2026-03-01'), ours('2026-03-15', 'visit')], today)
    expect(reading).toMatchObject({ state: 'fine', held: 2, dueBy: '2026-03-31' })
    expect(readCadence(monthly, [ours('2026-02-10'), ours('2026-03-15')], today)).toMatchObject({
      state: 'under-served',
      held: 1,
      dueBy: '2026-03-12',
    })
  })
  test('what the customer began keeps the frequency, but is never too much', () => {
    const theirs = ['2026-03-02', '2026-03-05', '2026-03-08', '2026-03-11', '2026-03-14'].map((day) => ours(day, 'chat', { ours: false }))
    expect(readCadence(monthly, theirs, today)).toMatchObject({ state: 'fine', held: 5, most: 0 })
  })
  test('without a minimum nobody is under-served', () => {
    expect(readCadence({ ...monthly, minimum: 0 }, [], today)).toMatchObject({ state: 'fine', dueBy: null })
  })
  test('a planned contact is shown and does not count as held', () => {
    const planned = ours('2026-03-25', 'visit', { planned: true })
    expect(readCadence(monthly, [planned], today)).toMatchObject({ state: 'under-served', held: 0, next: planned })
  })
})

describe('over-service', () => {
  const four = ['2026-03-02', '2026-03-06', '2026-03-10', '2026-03-14'].map((day, i) => ours(day, i % 2 ? 'visit' : 'call'))
  test('the fifth contact in a month over a maximum of four is too much', () => {
    expect(readCadence(monthly, four, today)).toMatchObject({ state: 'fine', most: 4 })
    expect(readCadence(monthly, four, today, { day: '2026-03-24', channel: 'email' })).toMatchObject({ state: 'over-served', most: 5 })
  })
  test('the same contact a month later is not', () => {
    expect(readCadence(monthly, four, today, { day: '2026-04-20', channel: 'email' })).toMatchObject({ state: 'fine', most: 1 })
  })
  test('planned contacts after the proposed one count as well', () => {
    const planned = ['2026-03-26', '2026-03-28', '2026-03-30', '2026-04-01'].map((day) => ours(day, 'visit', { planned: true }))
    expect(readCadence(monthly, planned, today, { day: '2026-03-25', channel: 'call' })).toMatchObject({ most: 5 })
  })
})

const approach = (channels: readonly (typeof consentChannels)[number][], more: Partial<Approach> = {}): Approach => ({
  offered: channels.map((channel) => ({ channel, preferred: false, ways: [] })),
  refused: [],
  liked: null,
  ...more,
})

describe('form', () => {
  const calls = [ours('2026-01-10', 'visit'), ours('2026-02-10'), ours('2026-03-10')]
  test('three times the same: another is proposed, the one used longest ago', () => {
    const reading = readCadence(monthly, calls, today, { day: today, channel: 'call' })
    expect(reading).toMatchObject({ sameForm: 'call', another: 'email' })
    expect(readCadence(monthly, calls, today, { day: today, channel: 'visit' }).sameForm).toBeNull()
    expect(readCadence(monthly, calls, today).sameForm).toBeNull()
  })
  test('only forms for which there is an address are proposed', () => {
    const reach = reachableForms(approach(['phone', 'message']))
    expect(reach).toEqual(['call', 'visit', 'message', 'event'])
    expect(readCadence(monthly, calls, today, { day: today, channel: 'call' }, reach).another).toBe('message')
    expect(readCadence(monthly, calls, today, { day: today, channel: 'call' }, ['call']).another).toBeNull()
    expect(reachableForms(approach(['email', 'chat']))).toEqual(['visit', 'email', 'chat', 'event'])
  })
  test('what they like stands first, and whoever refused everything is served by nothing', () => {
    expect(reachableForms(approach(['phone', 'email'], { liked: 'email' }))).toEqual(['email', 'call', 'visit', 'event'])
    expect(reachableForms(approach(['phone'], { liked: 'visit' }))).toEqual(['visit', 'call', 'event'])
    // Liked, but there is no address, or they refused since.
    expect(reachableForms(approach(['phone'], { liked: 'letter' }))).toEqual(['call', 'visit', 'event'])
    const leftAlone = approach([], { liked: 'visit', refused: consentChannels })
    expect(reachableForms(leftAlone)).toEqual([])
    expect([likedForm(leftAlone), likedForm(approach([], { liked: 'visit' }))]).toEqual([null, 'visit'])
  })
})

test('the reading agrees with a plain count, whatever the contacts', () => {
  const contact = fc.record({
    day: fc.integer({ min: 0, max: 90 }).map((n) => addDays('2026-01-20', n)),
    channel: fc.constantFrom(...serviceForms),
    ours: fc.boolean(),
    planned: fc.boolean(),
  })
  const cadence = fc.record({
    minimum: fc.integer({ min: 0, max: 4 }),
    maximum: fc.integer({ min: 1, max: 6 }),
    days: fc.integer({ min: 7, max: 60 }),
  })
  fc.assert(
    fc.property(cadence, fc.array(contact, { maxLength: 20 }), (rule, contacts) => {
      const reading = readCadence(rule, contacts, today)
      const held = contacts.filter(({ day, planned }) => !planned && day <= today && day > addDays(today, -rule.days)).length
      expect(reading.held).toBe(held)
      // Needed now just where fewer than the minimum were held.
      expect(reading.dueBy !== null && reading.dueBy <= today).toBe(held < rule.minimum)
      // Every stretch that holds today was looked at.
      const counts = Array.from({ length: rule.days }, (_, i) => addDays(today, i)).map(
        (end) => contacts.filter((one) => one.ours && one.day <= end && one.day >= addDays(end, 1 - rule.days)).length,
      )
      expect(reading.most).toBe(Math.max(...counts))
      if (reading.another) expect(reading.another).not.toBe(reading.sameForm)
    }),
  )
})
