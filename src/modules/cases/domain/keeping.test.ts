import { expect, test } from 'vitest'
import { regimes } from './clocks/regimes.ts'
import { keptCases } from './keeping.ts'

const one = (receivedDay: string, closedDay: string | null, ...regimes: string[]) => ({ receivedDay, closedDay, regimes })
const uk = { rule: 'cases.uk-fca', title: 'FCA Handbook, DISP 1' }

test('cases are counted by rule and last day; a case under two rules is kept by both', () => {
  expect(
    keptCases(
      [
        one('2026-03-02', null, 'uk-fca'),
        one('2026-03-01', '2026-03-09', 'uk-fca', 'us-cfpb'),
        one('2026-03-02', '2026-03-05', 'uk-fca'),
        one('2026-03-02', null, 'us-cfpb'),
      ],
      regimes,
    ),
  ).toEqual([
    { ...uk, until: '2029-03-01', count: 1 },
    { ...uk, until: '2029-03-02', count: 2 },
    { rule: 'cases.us-cfpb', title: 'CFPB Company Portal Manual', until: '2029-03-09', count: 1 },
    { rule: 'cases.us-cfpb', title: 'CFPB Company Portal Manual', until: 'open', count: 1 },
  ])
})

test('what the company keeps by choice, what no rule asks for and what the product does not know keeps nothing', () => {
  expect(
    keptCases([one('2026-03-01', '2026-03-02', 'iso-10002', 'feedback-24h', 'of-another-version'), one('2026-03-01', null)], regimes),
  ).toEqual([])
})
