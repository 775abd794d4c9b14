import { type Extension, type Measure, type Target, type Terms, usualTarget } from './target.ts'

/** How long a case has to be kept, at least: whole years from the day on which it was received or closed. */
export interface Retention {
  readonly years: number
  readonly from: 'received' | 'closed'
  readonly figure: Figure
  /** Whether a law asks for it, which comes before the wish of a customer to be forgotten, or the company does so by choice, as under a standard, which does not. */
  readonly by: 'law' | 'choice'
}

/** Whether a number stands in the rule itself, or is our reading of a word such as "promptly", which a company may change. */
export type Figure = 'rule' | 'house'

/** What a regulator, a standard, or the company's own promise asks of every case under it. Data: nothing in the code knows one of them by name; screens have the words for its key. */
export interface Regime {
  readonly key: string
  /** Where it stands, as it calls itself; null for what the company promises by itself. */
  readonly source: { readonly title: string; readonly provisions: string; readonly url: string | null } | null
  readonly terms: Terms
  /** By the key of the target, and of its extension after a slash. */
  readonly figures: Readonly<Record<string, Figure>>
  readonly retention: Retention | null
  /** Whether a final answer has to say where the customer can turn to who does not accept it. */
  readonly tellsRoute: boolean
  /** What people call it where it is a company's own; null of those that ship, for which screens have the words. */
  readonly called: Called | null
}

export interface Called {
  readonly names: Names
  /** By the key of the target. */
  readonly clocks: Readonly<Record<string, Names>>
  /** By the key of the target, a slash and the key of the extension. */
  readonly extensions: Readonly<Record<string, Names>>
}

/** In the three languages of the product; empty where nobody said it. */
export type Names = Readonly<Record<'en' | 'zh-CN' | 'zh-TW', string>>

/** What may end a clock of a regime. */
export const regimeEnds = ['acknowledged', 'responded', 'resolved'] as const

export interface Clock {
  readonly name: string
  readonly ends: (typeof regimeEnds)[number]
  readonly measure: Measure
  readonly figure: Figure
  readonly missing?: Target['missing']
  readonly warnAtShare?: number | null
  readonly escalateAtShare?: number | null
  readonly extensions?: readonly (Extension & { readonly figure: Figure })[]
}

/** When a clock of a regime brings itself higher where nobody said anything else: before it is too late. */
export const usualEscalation = 0.9

/** The law does not wait: no clock of a regime pauses, and each counts from receipt, on the days of the company. Whoever is asked to hurry hears of it after three quarters. */
export function regime(
  key: string,
  source: Regime['source'],
  clocks: readonly Clock[],
  retention: Retention | null,
  own: { readonly name: string; readonly version: number; readonly called: Called } | null = null,
  tellsRoute = false,
): Regime {
  const keyOf = ({ name }: Clock) => `regime:${key}:${name}`
  const targets = clocks.map((clock): Target => {
    const { ends, measure, missing = 'breach', extensions = [], warnAtShare = usualTarget.warnAtShare } = clock
    const { escalateAtShare: share = missing === 'lapse' ? null : usualEscalation } = clock
    return {
      ...usualTarget,
      key: keyOf(clock),
      starts: { on: 'received' },
      ends: { on: ends },
      measure,
      hours: 'company',
      pauses: 'never',
      missing,
      warnAtShare,
      escalateAfter: share === null ? null : { after: 'share', share },
      extensions: extensions.map((extension) => ({ key: extension.key, measure: extension.measure, needs: extension.needs })),
    }
  })
  const figures = clocks.flatMap((clock) => [
    [keyOf(clock), clock.figure] as const,
    ...(clock.extensions ?? []).map((extension) => [`${keyOf(clock)}/${extension.key}`, extension.figure] as const),
  ])
  return {
    key,
    source,
    terms: {
      key: `regime:${key}`,
      // What the company promises everybody is no policy of anybody's, so it has no version to be told by.
      source: source ? 'regime' : 'policy',
      name: own?.name ?? key,
      version: source && own ? own.version : null,
      targets,
    },
    figures: Object.fromEntries(figures),
    retention,
    tellsRoute,
    called: own?.called ?? null,
  }
}

const businessDays = (amount: number): Measure => ({ unit: 'business-days', amount })
const calendarDays = (amount: number): Measure => ({ unit: 'calendar-days', amount })
const weeks = (amount: number): Measure => ({ unit: 'calendar-weeks', amount })

/** Resolved by the close of the third business day: then a summary resolution communication is enough. */
const summaryResolution: Clock = {
  name: 'summary-resolution',
  ends: 'resolved',
  measure: businessDays(3),
  figure: 'rule',
  missing: 'lapse',
}
const promptAcknowledgement: Clock = { name: 'acknowledge', ends: 'acknowledged', measure: businessDays(3), figure: 'house' }

/** The regimes that ship; the last word of each says whether it wants the final answer to tell where to turn (DISP 1.6.2R; article 21 of the Chinese measures). Read on the texts as they stood in 2026; whoever is under one checks them against the text in force. */
export const regimes: readonly Regime[] = [
  regime(
    'iso-10002',
    { title: 'ISO 10002:2018', provisions: '7.4, 7.7, 7.9', url: 'https://www.iso.org/standard/71580.html' },
    [
      { name: 'acknowledge', ends: 'acknowledged', measure: businessDays(1), figure: 'house' },
      { name: 'answer', ends: 'responded', measure: businessDays(10), figure: 'house' },
      { name: 'resolve', ends: 'resolved', measure: businessDays(20), figure: 'house' },
    ],
    { years: 3, from: 'closed', figure: 'house', by: 'choice' },
  ),
  regime(
    'uk-fca',
    {
      title: 'FCA Handbook, DISP 1',
      provisions: '1.5.1R, 1.5.4R, 1.6.1R, 1.6.2R, 1.9.1R',
      url: 'https://handbook.fca.org.uk/handbook/disp1/disp1s6',
    },
    [
      promptAcknowledgement,
      summaryResolution,
      {
        name: 'final-response',
        ends: 'resolved',
        measure: weeks(8),
        figure: 'rule',
        // The rule wants to be told why not yet and when; it sets no second limit.
        extensions: [{ key: 'why-not-yet', measure: weeks(12), needs: 'reply', figure: 'house' }],
      },
    ],
    { years: 3, from: 'received', figure: 'rule', by: 'law' },
    null,
    true,
  ),
  regime(
    'uk-payments',
    {
      title: 'FCA Handbook, DISP 1 (EMD and PSD complaints)',
      provisions: '1.5.1R, 1.6.1R, 1.6.2AR, 1.9.1R',
      url: 'https://handbook.fca.org.uk/handbook/disp1/disp1s6',
    },
    [
      promptAcknowledgement,
      summaryResolution,
      {
        name: 'final-response',
        ends: 'resolved',
        measure: businessDays(15),
        figure: 'rule',
        extensions: [{ key: 'holding-reply', measure: businessDays(35), needs: 'reply', figure: 'rule' }],
      },
    ],
    { years: 3, from: 'received', figure: 'rule', by: 'law' },
    null,
    true,
  ),
  regime(
    'us-cfpb',
    { title: 'CFPB Company Portal Manual', provisions: '8.1', url: 'https://www.consumerfinance.gov/compliance/' },
    [
      {
        name: 'response',
        ends: 'resolved',
        measure: calendarDays(15),
        figure: 'rule',
        extensions: [{ key: 'in-progress', measure: calendarDays(60), needs: 'reply', figure: 'rule' }],
      },
    ],
    { years: 3, from: 'closed', figure: 'house', by: 'law' },
  ),
  regime(
    'cn-banking-insurance',
    { title: '银行业保险业消费投诉处理管理办法(中国银行保险监督管理委员会令2020年第3号)', provisions: '第三章', url: null },
    [
      {
        name: 'decision',
        ends: 'resolved',
        measure: calendarDays(15),
        figure: 'rule',
        extensions: [
          { key: 'complex', measure: calendarDays(30), needs: 'reason', figure: 'rule' },
          { key: 'approved', measure: calendarDays(60), needs: 'approval', figure: 'rule' },
        ],
      },
    ],
    { years: 3, from: 'closed', figure: 'house', by: 'law' },
    null,
    true,
  ),
  // G-25: taken in at any hour, heard by a person within a day.
  regime('feedback-24h', null, [{ name: 'answer', ends: 'responded', measure: { unit: 'minutes', amount: 1440 }, figure: 'house' }], null),
]

/**
 * The last day (`YYYY-MM-DD`) on which a case has to be kept under several rules; the longest wins. Null where nothing asks for it, `open` where it is not closed and a rule counts from its closing. A
 * year from 29 February ends on 1 March.
 */
export function keptUntil(rules: readonly Retention[], receivedDay: string, closedDay: string | null): string | 'open' | null {
  if (rules.some(({ from }) => from === 'closed') && closedDay === null) return 'open'
  const ends = rules.map(({ years, from }) => yearsAfter(from === 'received' ? receivedDay : closedDay!, years))
  return ends.reduce<string | null>((latest, day) => (latest === null || day > latest ? day : latest), null)
}

const yearsAfter = (day: string, years: number): string =>
  new Date(Date.UTC(Number(day.slice(0, 4)) + years, Number(day.slice(5, 7)) - 1, Number(day.slice(8)))).toISOString().slice(0, 10)
