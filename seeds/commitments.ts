import { seededRandom } from '#numerics/seeded-random.ts'
import { pick } from '#seeds/names.ts'
import type { SeedCustomer } from './company.ts'

/** Who of the demo's people it is; where one of them has no account, somebody else stands in. */
export type SeedPerson = 'manager' | 'agent' | 'administrator'

/** Something that one of the demo's people owes, on a day relative to today. */
export interface SeedCommitment {
  readonly kind: 'task' | 'promise' | 'visit' | 'appointment' | 'review'
  readonly title: string
  readonly owner: SeedPerson
  readonly requestedBy: SeedPerson
  readonly customer: string | null
  readonly day: string | null
  /** For what takes place: when it begins, and for how many minutes. */
  readonly time: { readonly from: string; readonly minutes: number } | null
  readonly channel: 'call' | 'email' | null
  readonly purpose: string | null
  readonly theirs: readonly string[]
}

/** A contact that the manager made, as the archive keeps it. */
export interface SeedContact {
  readonly customer: string
  readonly day: string
  readonly channel: 'call' | 'visit' | 'email'
  readonly minutes: number
  readonly summary: string
}

export interface SeedSignal {
  readonly customer: string | null
  readonly text: string
  readonly source: string
  readonly daysAgo: number
}

export interface SeedCare {
  /** Whom the manager looks after. */
  readonly accounts: readonly string[]
  readonly commitments: readonly SeedCommitment[]
  readonly contacts: readonly SeedContact[]
  readonly signals: readonly SeedSignal[]
}

const mostAccounts = 40

/** What the people of the demo company promised, planned and heard around `today` (an ISO day); the same for the same seed and customers. */
export function demoCare(seed: number, customers: readonly SeedCustomer[], today: string): SeedCare {
  const random = seededRandom(seed + 1)
  const companies = customers.filter(({ kind }) => kind === 'company').slice(0, mostAccounts)
  const accounts = (companies.length > 0 ? companies : customers.slice(0, 5)).map(({ id }) => id)
  const on = (days: number) => dayAfter(today, days)
  const account = (n: number) => accounts[n % accounts.length]!
  const plain = { requestedBy: 'manager', owner: 'manager', time: null, channel: null, purpose: null, theirs: [] } as const
  const visit = (n: number, days: number, from: string, purpose: string): SeedCommitment => ({
    ...plain,
    kind: 'visit',
    title: 'Visit to the shop',
    customer: account(n),
    day: on(days),
    time: { from, minutes: 90 },
    purpose,
    theirs: [pick(random, ['Ms Lin', 'Mr Okafor', 'Ms Sørensen', 'Mr Tanaka'])],
  })
  const tasting = (n: number, days: number, from: string): SeedCommitment => ({
    ...plain,
    kind: 'appointment',
    title: 'Tasting of the new harvest',
    customer: account(n),
    day: on(days),
    time: { from, minutes: 45 },
  })
  const owed = (
    kind: 'task' | 'promise' | 'review',
    title: string,
    customer: string | null,
    days: number | null,
    more: Partial<SeedCommitment> = {},
  ) => ({
    ...plain,
    kind,
    title,
    customer,
    day: days === null ? null : on(days),
    ...more,
  })
  return {
    accounts,
    commitments: [
      visit(0, 1, '10:00', 'Hear about the second shop and which teas it needs'),
      visit(1, 5, '14:30', 'Agree the gift boxes for the season'),
      visit(2, 9, '09:30', 'Find out why orders became smaller'),
      tasting(3, 0, '16:00'),
      tasting(4, 2, '11:00'),
      tasting(5, -2, '15:00'),
      { ...tasting(6, 3, '13:00'), owner: 'administrator', requestedBy: 'administrator' },
      owed('promise', 'Send samples of the spring oolong', account(7), -3),
      owed('promise', 'Quote for five hundred gift tins', account(1), 0),
      owed('task', 'Call about the late delivery', account(8), 0, { channel: 'call' }),
      owed('task', 'Ask how the new teaware sells', account(9), 4, { channel: 'email' }),
      owed('review', 'Look through the account', account(0), 6),
      owed('task', 'Order brewing cards', null, null),
      owed('promise', 'Corrected invoice for the last parcel', account(2), 1, { owner: 'agent' }),
      owed('task', 'Answer the question about storage', account(10), -1, { owner: 'agent', requestedBy: 'agent' }),
      owed('task', 'Call back about the dented tin', account(11), 0, { owner: 'agent', requestedBy: 'agent', channel: 'call' }),
      owed('promise', 'Figures of the trade customers', null, 2, { requestedBy: 'administrator' }),
      owed('task', 'Decide the opening hours of the holidays', null, 0, { owner: 'administrator', requestedBy: 'administrator' }),
    ],
    contacts: accounts.slice(0, 16).flatMap((customer, n) => contactsOf(customer, n, on)),
    signals: [
      { customer: account(0), text: 'They have rented a second shop by the station', source: 'Their baker', daysAgo: 1 },
      { customer: account(2), text: 'A rival offers them ten percent less', source: 'Trade fair', daysAgo: 12 },
      { customer: null, text: 'Matcha is being asked for in every café of the street', source: 'Shop floor', daysAgo: 3 },
    ],
  }
}

/** Some accounts are called again and again, some hear from us now and then, some not for long. */
function contactsOf(customer: string, n: number, on: (days: number) => string): readonly SeedContact[] {
  const contact = (days: number, channel: SeedContact['channel'], summary: string) => ({
    customer,
    day: on(-days),
    channel,
    minutes: channel === 'visit' ? 60 : 10,
    summary,
  })
  if (n % 4 === 0) return [3, 8, 14, 19, 25].map((days) => contact(days, 'call', 'Asked whether everything arrived'))
  if (n % 4 === 1) return [contact(11, 'visit', 'Looked at the shelf together'), contact(24, 'email', 'Sent the price list')]
  if (n % 4 === 2) return [contact(70, 'call', 'Wished a good season'), contact(130, 'email', 'Sent the harvest report')]
  return []
}

const dayAfter = (today: string, days: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
