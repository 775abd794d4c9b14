import type { Case } from './case.ts'
import type { CaseEvent } from './event.ts'
import { decidedRemedies } from './fold.ts'

/** What a customer is told of their case as it went: plain happenings, and of words only those that were meant for them. */
export interface Happening {
  readonly at: Date
  readonly what: (typeof happenings)[number]
  readonly text: string | null
  readonly amountMinor: number | null
  readonly startsAt: Date | null
}

export const happenings = [
  'received',
  'acknowledged',
  'routed',
  'decided',
  'executed',
  'told',
  'replied',
  'answered',
  'adopted',
  'declined',
  'rewarded',
  'published',
  'quoted',
  'quote-accepted',
  'quote-refused',
  'remedy-accepted',
  'remedy-refused',
  'appointed',
  'paused',
  'resumed',
  'resolved',
  'closed',
  'withdrawn',
  'reopened',
  'feedback',
  'appealed',
  'appeal-upheld',
  'appeal-partly',
  'appeal-dismissed',
  'appeal-withdrawn',
  'referred',
] as const

/**
 * The happenings that a customer may know of, in order. Left out is everything that is the company’s own: notes, causes, who was responsible, what it cost, penalties, losses, escalations, and every reason that
 * was given to colleagues.
 */
export function toldToCustomer(events: readonly CaseEvent[], { appointed }: Pick<Case, 'appointed'>): readonly Happening[] {
  // What was published and withdrawn nobody reads any more; published again, it stands there once.
  const publications = new Map(
    events.flatMap((event) => (event.kind === 'published' ? [[event.data.publicationId, event.seq] as const] : [])),
  )
  const isLastWord = (publicationId: string | undefined, seq: number) => publications.get(publicationId) === seq
  // Of appointments the one that stands: what was moved or cancelled would send somebody to the door in vain.
  const appointment = appointed && events.findLast(({ kind }) => kind === 'appointed')
  return events.flatMap((event): readonly Happening[] => {
    const { at } = event
    const plain = (what: Happening['what'], more: Partial<Happening> = {}): readonly Happening[] => [
      { at, what, text: null, amountMinor: null, startsAt: null, ...more },
    ]
    switch (event.kind) {
      case 'opened':
        return plain('received')
      case 'acknowledged':
      case 'routed':
      case 'executed':
      case 'paused':
      case 'resumed':
      case 'resolved':
      case 'closed':
      case 'withdrawn':
      case 'reopened':
      case 'feedback':
      case 'appeal-withdrawn':
      case 'referred':
        return plain(event.kind)
      case 'appealed':
        return plain('appealed', { text: event.data.reason })
      case 'appeal-decided':
        return plain(`appeal-${event.data.outcome}`, { text: event.data.text })
      case 'instructed':
        return event.data.decision === 'rejected' ? [] : plain('decided')
      case 'told':
      case 'replied':
      case 'answered':
      case 'rewarded':
        return plain(event.kind, { text: event.data.text })
      case 'published':
        return event.data.visible && isLastWord(event.data.publicationId, event.seq) ? plain('published', { text: event.data.done }) : []
      case 'decided':
        return plain(event.data.adopted ? 'adopted' : 'declined')
      case 'quoted':
        return plain('quoted', { text: event.data.text, amountMinor: event.data.amountMinor })
      case 'quote-answered':
        return plain(event.data.accepted ? 'quote-accepted' : 'quote-refused')
      case 'remedy-answered':
        return plain(event.data.accepted ? 'remedy-accepted' : 'remedy-refused')
      case 'appointed':
        return event === appointment ? plain('appointed', { text: event.data.place, startsAt: event.data.startsAt }) : []
      default:
        return []
    }
  })
}

const ofContests: readonly Happening['what'][] = [
  'appealed',
  'appeal-upheld',
  'appeal-partly',
  'appeal-dismissed',
  'appeal-withdrawn',
  'referred',
]

/** The same as whoever has only typed who they are is told of it: that it happened, without a word of it, and nothing of what the customer did not accept and who found what of that. */
export const barely = (told: readonly Happening[]): readonly Happening[] =>
  told.filter(({ what }) => !ofContests.includes(what)).map(({ at, what }) => ({ at, what, text: null, amountMinor: null, startsAt: null }))

/** The same without words that stand in a message to the customer already, `sent`; of a publication also within it. */
export const withoutSent = (told: readonly Happening[], sent: readonly string[]): readonly Happening[] =>
  told.map((one) => {
    const { text, what } = one
    // Behind an answer it may say where else to turn.
    const isSent = (body: string) => body === text || body.startsWith(`${text}\n\n`) || (what === 'published' && body.includes(text!))
    const stands = text !== null && sent.some(isSent)
    return stands ? { ...one, text: null } : one
  })

const settles: readonly CaseEvent['kind'][] = ['resolved', 'closed', 'withdrawn', 'merged', 'converted']

/**
 * What became of a customer's words, as long as the case goes on because of them: it goes on again since they wrote, or it is a question of theirs that began when the case before it had ended for long.
 */
export function wentOn({ repeatOf }: Pick<Case, 'repeatOf'>, events: readonly CaseEvent[]): 'again' | 'after-another' | null {
  const place = events.findLastIndex(({ kind }) => kind === 'reopened')
  const before = events[place - 1]
  const isEnded = events.slice(Math.max(0, place)).some(({ kind }) => settles.includes(kind))
  if (isEnded) return null
  if (before?.kind === 'message' && before.data.direction === 'in') return 'again'
  const [first] = events
  // A complaint that is said again may be known to be that by what somebody else has said.
  return first?.kind === 'opened' && first.data.kind === 'enquiry' && repeatOf !== null && place < 0 ? 'after-another' : null
}

/** Whether the customer is asked if they take what was decided on: they were told of it, have not answered, and nothing of it was carried out yet. */
export const asksAboutRemedy = (one: Case): boolean =>
  one.state === 'open' &&
  one.told !== null &&
  one.remedyAnswered === null &&
  one.executed === null &&
  one.paid === null &&
  decidedRemedies(one).length > 0

/** What a case was about when it came in. */
export function subjectAtFirst([first]: readonly CaseEvent[]): string {
  return first?.kind === 'opened' ? first.data.record.subject : ''
}

/** What comes next, in plain words, by the step of a shipped process; a step of the company’s own is just being worked on. */
export const nextOf = (step: string): (typeof nexts)[number] => nextOfStep[step] ?? 'handled'

export const nexts = ['checked', 'looked-into', 'solution', 'carried-out', 'review', 'weighed', 'answer', 'yours', 'handled'] as const
const nextOfStep: Readonly<Record<string, (typeof nexts)[number]>> = {
  record: 'checked',
  submit: 'checked',
  validity: 'checked',
  assess: 'checked',
  department: 'looked-into',
  cause: 'looked-into',
  remedy: 'solution',
  approval: 'solution',
  approve: 'solution',
  quote: 'solution',
  execution: 'carried-out',
  recover: 'carried-out',
  pay: 'carried-out',
  repair: 'carried-out',
  fulfil: 'carried-out',
  help: 'answer',
  reclaim: 'review',
  review: 'review',
  confirm: 'review',
  evaluate: 'weighed',
  decide: 'weighed',
  answer: 'answer',
  offer: 'yours',
}
