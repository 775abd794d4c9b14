import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mailDue, type NotificationChoices, usualChoices } from './notification.ts'
import { wallClockOffset } from './wall-clock.ts'

const shanghai = wallClockOffset('Asia/Shanghai')
const at = (text: string) => Date.parse(text)
const due = (text: string, way: Parameters<typeof mailDue>[1], choices: NotificationChoices = usualChoices) => {
  const found = mailDue(at(text), way, choices, shanghai)
  return found === null ? null : new Date(found).toISOString()
}

describe('when news may be mailed', () => {
  test('never, now, or with the digest of the next morning', () => {
    expect(due('2026-05-04T10:00:00+08:00', 'none')).toBeNull()
    expect(due('2026-05-04T10:00:00+08:00', 'now')).toBe('2026-05-04T02:00:00.000Z')
    expect(due('2026-05-04T07:59:00+08:00', 'digest')).toBe('2026-05-04T00:00:00.000Z')
    expect(due('2026-05-04T08:00:00+08:00', 'digest')).toBe('2026-05-05T00:00:00.000Z')
  })
  test('quiet hours across midnight put it off until they end', () => {
    expect(due('2026-05-04T20:00:00+08:00', 'now')).toBe('2026-05-04T23:00:00.000Z')
    expect(due('2026-05-05T06:59:00+08:00', 'now')).toBe('2026-05-04T23:00:00.000Z')
    expect(due('2026-05-05T07:00:00+08:00', 'now')).toBe('2026-05-04T23:00:00.000Z')
    expect(due('2026-05-04T19:59:00+08:00', 'now')).toBe('2026-05-04T11:59:00.000Z')
  })
  test('a digest in quiet hours comes when they end', () => {
    expect(due('2026-05-04T10:00:00+08:00', 'digest', { mail: {}, quiet: { from: 0, to: 540 }, digestAt: 480 })).toBe(
      '2026-05-05T01:00:00.000Z',
    )
  })
})

test('it is never due before it happened, never in quiet hours, and within two days', () => {
  const minutes = fc.nat(1439)
  const quiet = fc.option(fc.record({ from: minutes, to: minutes }).filter(({ from, to }) => from !== to))
  fc.assert(
    fc.property(
      fc.integer({ min: at('2025-01-01'), max: at('2027-01-01') }),
      fc.constantFrom('now' as const, 'digest' as const),
      fc.record({ mail: fc.constant({}), quiet, digestAt: minutes }),
      fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
      (moment, way, choices, zone) => {
        const clock = wallClockOffset(zone)
        const found = mailDue(moment, way, choices, clock)!
        expect(found).toBeGreaterThanOrEqual(moment)
        expect(found - moment).toBeLessThanOrEqual(2 * 86_400_000 + 7_200_000)
        if (choices.quiet === null) return
        const wall = Math.floor(((found + clock.ofUtc(found)) % 86_400_000) / 60_000)
        const { from, to } = choices.quiet
        // Where the clocks jump over the end of the quiet hours, the first minute behind the jump counts.
        if (wall !== to)
          expect(from <= to ? from <= wall && wall < to && wall < to - 60 : (wall >= from || wall < to) && wall < to - 60).toBe(false)
      },
    ),
  )
})
