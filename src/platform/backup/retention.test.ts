import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keptBackups } from './retention.ts'

const at = (day: string, hour = 2) => ({ day, madeAt: new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`) })
const days = (count: number) =>
  Array.from({ length: count }, (_, i) => at(new Date(Date.UTC(2026, 0, 1) + i * 86_400_000).toISOString().slice(0, 10)))
const kept = (backups: readonly ReturnType<typeof at>[], retention: Parameters<typeof keptBackups>[1]) =>
  backups.filter((backup) => keptBackups(backups, retention).has(backup)).map(({ day }) => day)

test('a hundred days leave the last days, the newest of the last weeks and of the last months', () => {
  expect(kept(days(100), { daily: 3, weekly: 3, monthly: 3 })).toEqual([
    '2026-02-28',
    '2026-03-29',
    '2026-03-31',
    '2026-04-05',
    '2026-04-08',
    '2026-04-09',
    '2026-04-10',
  ])
})

test('of one day the newest stays', () => {
  const twice = [at('2026-01-01', 2), at('2026-01-01', 20)]
  expect([...keptBackups(twice, { daily: 7, weekly: 4, monthly: 6 })]).toEqual([twice[1]])
})

test('the newest always stays, never more than are named, and what goes today would go tomorrow as well', () => {
  const backup = fc
    .tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 23 }))
    .map(([day, hour]) => at(new Date(Date.UTC(2025, 0, 1) + day * 86_400_000).toISOString().slice(0, 10), hour))
  const retention = fc.record({ daily: fc.integer({ min: 1, max: 10 }), weekly: fc.nat(8), monthly: fc.nat(8) })
  fc.assert(
    fc.property(fc.array(backup, { minLength: 1, maxLength: 60 }), retention, (backups, how) => {
      const stay = keptBackups(backups, how)
      const newest = Math.max(...backups.map(({ madeAt }) => madeAt.getTime()))
      expect([...stay].some(({ madeAt }) => madeAt.getTime() === newest)).toBe(true)
      expect(stay.size).toBeLessThanOrEqual(how.daily + how.weekly + how.monthly)
      const again = keptBackups([...stay], how)
      for (const one of again) expect(stay.has(one)).toBe(true)
    }),
  )
})
