import { describe, expect, test } from 'vitest'
import { numbered } from './decide.ts'
import { type EventKind, happened, type Kinds, type NewEvent } from './event.ts'
import { barely, toldToCustomer, wentOn, withoutSent } from './progress.ts'

const opened = (kind: 'enquiry' | 'complaint') => happened('opened', { kind } as Kinds['opened'])
const said = (direction: 'in' | 'out') => happened('message', { messageId: 'm', direction, channel: 'web', automatic: false })
const any = (kind: EventKind) => happened(kind, {} as Kinds[typeof kind])
const log = (...events: readonly NewEvent[]) => numbered(events, 0, new Date('2026-03-10T02:00:00Z'), 'somebody')
const alone = { repeatOf: null }
const after = { repeatOf: 'earlier' }

describe('what a customer is told of their own words', () => {
  test('that the case goes on again since they wrote, until it has ended anew', () => {
    const again = [opened('complaint'), any('resolved'), any('closed'), said('in'), any('reopened')]
    expect(wentOn(alone, log(...again))).toBe('again')
    expect(wentOn(alone, log(...again, said('out')))).toBe('again')
    expect(wentOn(alone, log(...again, any('resolved')))).toBeNull()
    // A colleague opened it again for reasons of their own.
    expect(wentOn(alone, log(opened('complaint'), any('closed'), any('noted'), any('reopened')))).toBeNull()
  })
  test('that a question began when another case had ended; of a complaint that is said again nobody is told by what it is known', () => {
    expect(wentOn(after, log(opened('enquiry'), said('in')))).toBe('after-another')
    expect(wentOn(after, log(opened('enquiry'), any('resolved')))).toBeNull()
    expect(wentOn(after, log(opened('complaint')))).toBeNull()
    expect(wentOn(alone, log(opened('enquiry')))).toBeNull()
  })
})

const published = (publicationId: string, visible: boolean, done = 'New lids') =>
  happened('published', { said: 'Lids are loose', done, visible, publicationId })
const shown = (...made: readonly NewEvent[]) => toldToCustomer(log(...made), { appointed: null }).map(({ what, text }) => [what, text])

test('what was published is told once, and no more once it is withdrawn', () => {
  expect(shown(published('a', true))).toEqual([['published', 'New lids']])
  expect(shown(published('a', true), published('a', false))).toEqual([])
  expect(shown(published('a', true), published('a', false), published('a', true, 'Better lids'))).toEqual([['published', 'Better lids']])
  expect(shown(published('a', true), published('b', true, 'Small tins'), published('a', false))).toEqual([['published', 'Small tins']])
})

test('of appointments the one that stands is told, and none that was cancelled', () => {
  const agreed = (hour: number) =>
    happened('appointed', {
      commitmentId: null,
      startsAt: new Date(Date.UTC(2026, 2, 12, hour)),
      endsAt: null,
      place: null,
      ownerId: null,
    } as never)
  const told = (appointed: object | null) =>
    toldToCustomer(log(agreed(8), agreed(10)), { appointed: appointed as never }).map(({ startsAt }) => startsAt?.getUTCHours())
  expect(told({})).toEqual([10])
  expect(told(null)).toEqual([])
})

test('words that were sent as a message do not stand there twice', () => {
  const told = toldToCustomer(log(happened('answered', { text: 'At nine', channel: 'web' }), published('a', true)), { appointed: null })
  const texts = (...sent: readonly string[]) => withoutSent(told, sent).map(({ text }) => text)
  expect(texts()).toEqual(['At nine', 'New lids'])
  expect(texts('At nine', 'You said: Lids are loose\n\nWe did: New lids\n\nRead more')).toEqual([null, null])
  // An answer is more than a part of another message.
  expect(texts('We open at nine. At nine we close, too')).toEqual(['At nine', 'New lids'])
})

test('whoever has only typed who they are hears that something happened, and nothing of what the customer did not accept', () => {
  const decision = { id: 'a', text: 'You were right', channel: 'web', escalationRoute: null } as const
  const made = [
    happened('replied', { text: 'We found nothing', channel: 'web' }),
    happened('appealed', { id: 'a', of: 2, against: 'finding', reason: 'No', channel: 'web', dueAt: new Date(0), workingDays: 10 }),
    ...(['upheld', 'partly', 'dismissed'] as const).map((outcome) => happened('appeal-decided', { ...decision, outcome })),
    happened('referred', { id: 'r', bodyId: 'b', body: 'Board', reference: null, receivedOn: '2026-03-10', dueOn: null, note: null }),
  ]
  const told = barely(toldToCustomer(log(...made), { appointed: null }))
  expect(told.map(({ what, text }) => [what, text])).toEqual([['replied', null]])
})
