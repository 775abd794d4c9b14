import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ConsentEntry, consentChannels, isAllowed, isNewWord, latestConsent } from './consent.ts'
import { approachBy, type ContactWay, formsFor, isLeftAlone, offeredChannels } from './contact-ways.ts'
import { momentSaid } from './said-when.ts'

const purposes = [
  { key: 'marketing', needs: 'consent' },
  { key: 'service', needs: 'nothing' },
] as const
const entry = fc.record({
  purpose: fc.constantFrom('marketing', 'service', 'all'),
  channel: fc.constantFrom('email', 'phone', 'message', 'all'),
  given: fc.boolean(),
  at: fc.integer({ min: 0, max: 40 }).map((hour) => new Date(hour * 3_600_000)),
  id: fc.uuid(),
})
/** A consent is always to one purpose and one channel. */
const ledgers = fc.array(
  entry.filter(({ given, purpose, channel }) => !given || (purpose !== 'all' && channel !== 'all')),
  { maxLength: 20 },
)
const covers = (one: ConsentEntry, purpose: string, channel: string) =>
  [purpose, 'all'].includes(one.purpose) && [channel, 'all'].includes(one.channel)

describe('consent (H-17)', () => {
  test('in ten thousand histories nothing is allowed after a withdrawal, until a later consent', () => {
    fc.assert(
      fc.property(
        ledgers,
        fc.constantFrom('marketing', 'service'),
        fc.constantFrom('email', 'phone', 'message'),
        (ledger, purpose, channel) => {
          const withdrawn = Math.max(
            -1,
            ...ledger.filter((one) => !one.given && covers(one, purpose, channel)).map(({ at }) => at.getTime()),
          )
          const given = Math.max(-1, ...ledger.filter((one) => one.given && covers(one, purpose, channel)).map(({ at }) => at.getTime()))
          const allowed = isAllowed(ledger, purposes, purpose, channel)
          if (withdrawn >= 0 && given <= withdrawn) expect(allowed).toBe(false)
          if (given > withdrawn) expect(allowed).toBe(true)
          if (given < 0 && withdrawn < 0) expect(allowed).toBe(purpose === 'service')
        },
      ),
      { numRuns: 10_000 },
    )
  })

  test('the order in which entries come does not matter', () => {
    fc.assert(
      fc.property(ledgers, (ledger) => {
        for (const channel of consentChannels)
          expect(latestConsent(ledger.toReversed(), 'marketing', channel)?.id).toBe(latestConsent(ledger, 'marketing', channel)?.id)
      }),
    )
  })

  test('whatever was said: a yes of a source never undoes a no from elsewhere, and the same word twice is said once', () => {
    const own = (one: ConsentEntry & { own?: boolean }) => one.own === true
    const whose = fc.array(
      fc.tuple(
        ledgers.filter(({ length }) => length > 0).map(([one]) => one!),
        fc.boolean(),
      ),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(whose, fc.boolean(), (said, given) => {
        const ledger = said.map(([one, isOwn], at) => ({
          ...one,
          own: isOwn && one.channel !== 'all' && one.purpose !== 'all',
          id: String(100 + at),
        }))
        const word = { purpose: 'marketing', channel: 'email', given, at: new Date(99 * 3_600_000), id: '999', own: true }
        const covering = ledger.filter((one) => covers(one, word.purpose, word.channel))
        const news = isNewWord(ledger, word, own)
        const latest = latestConsent(covering, word.purpose, word.channel)
        if (given && news) expect(latest === undefined || own(latest)).toBe(true)
        if (!given && latest?.given && !covering.some(own)) expect(news).toBe(true)
        if (news) expect(isNewWord([...ledger, word], word, own)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  test('a purpose that the company does not have is never allowed', () => {
    const given = { purpose: 'gone', channel: 'email', given: true, at: new Date(0), id: 'a' }
    expect(isAllowed([given], purposes, 'gone', 'email')).toBe(false)
  })
})

describe('on which day it was said', () => {
  const now = new Date('2026-03-10T09:00:00Z')
  const said = (day: string, given: boolean) => momentSaid('Asia/Shanghai', day, given, now).toISOString()
  test('today is now; of an earlier day a consent is of its beginning and a withdrawal of its end, where the company is', () => {
    expect([said('2026-03-10', true), said('2026-03-10', false)]).toEqual([now.toISOString(), now.toISOString()])
    expect([said('2026-03-08', true), said('2026-03-08', false)]).toEqual(['2026-03-07T16:00:00.000Z', '2026-03-08T15:59:59.999Z'])
  })
})

describe('how somebody can be reached (B-07)', () => {
  const way = (kind: ContactWay['kind'], value: string | null, preferred = false): ContactWay => ({ kind, value, preferred })
  const channels = (...args: Parameters<typeof offeredChannels>) => offeredChannels(...args).map(({ channel }) => channel)

  test('only channels for which there is data', () => {
    expect(channels([], null)).toEqual([])
    expect(channels([way('email', 'a@example.com'), way('phone', ' ')], null)).toEqual(['email'])
    expect(channels([way('phone', '123456')], null)).toEqual(['phone', 'message'])
    expect(channels([way('address', 'Lake Road'), way('messenger', 'mei')], null)).toEqual(['chat', 'letter'])
  })

  test('the liked channel first, then preferred ways, then the rest', () => {
    const ways = [way('phone', '1'), way('email', 'a@b', true), way('messenger', 'mei')]
    expect(channels(ways, null)[0]).toBe('email')
    expect(channels(ways, 'chat')).toEqual(['chat', 'email', 'phone', 'message'])
    expect(offeredChannels([way('email', 'old@b'), way('email', 'new@b', true)], null)[0]?.ways.map(({ value }) => value)).toEqual([
      'new@b',
      'old@b',
    ])
  })

  test('forms of contact stand in the order in which they suit: liked, possible, without data, not wanted', () => {
    const ways = [way('phone', '1'), way('email', 'a@b')]
    const forms = ['call', 'visit', 'email', 'message', 'chat', 'card'] as const
    const standing = (...args: Parameters<typeof approachBy>) =>
      formsFor(forms, approachBy(...args)).map(({ form, standing }) => `${form} ${standing}`)
    expect(standing(ways, 'email', (channel) => channel !== 'message' && channel !== 'letter')).toEqual([
      'email preferred',
      'call possible',
      'visit possible',
      'chat no-data',
      'message refused',
      'card refused',
    ])
    expect(standing(ways, 'visit', () => true)[0]).toBe('visit preferred')
    // Whoever wants to hear nothing is not called on either; what they liked once does not count.
    expect(standing(ways, 'visit', () => false)).toEqual(forms.map((form) => `${form} refused`))
    expect(isLeftAlone(approachBy(ways, null, (channel) => channel === 'chat'))).toBe(false)
  })

  test('what is not allowed is not offered, whatever is liked', () =>
    expect(channels([way('phone', '1'), way('email', 'a@b', true)], 'email', (channel) => channel === 'phone')).toEqual(['phone']))
})
