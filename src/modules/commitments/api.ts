import { z } from 'zod'
import { customerIn, day, endpoint, flag, instant, list, nothing, page, paging, thingIn } from '#platform/contract.ts'
import { accountServiceEndpoints } from './api/account-service.ts'
import { feedEndpoints } from './api/feed.ts'
import {
  Account,
  Beginnings,
  Cadence,
  CadenceReading,
  Commitment,
  CustomerName,
  details,
  Event,
  found,
  id,
  person,
  Signal,
  version,
  Worksheet,
} from './api/shapes.ts'
import { channels } from './domain/channel.ts'
import { kinds } from './domain/commitment.ts'

const read = { permission: 'commitments.read' }
const write = { permission: 'commitments.write' }
/** Whose: a user, oneself where it is left out, or nobody's. */
const owner = z.string().max(60).optional()
const note = z.string().trim().max(5000).optional()

export const commitmentsApi = {
  ...accountServiceEndpoints,
  myDay: endpoint('GET /commitments/my-day', {
    ...read,
    about: 'reach',
    summary: 'What one owes today and overdue, what takes place in the next two weeks, what has no date, and what others owe to one',
    timeLimit: 1000,
    input: nothing,
    result: z.object({
      today: day,
      owed: z.array(Commitment),
      next: z.array(Commitment),
      someDay: z.array(Commitment),
      owedToMe: z.array(Commitment),
      /** Of these lists there is more than is shown. */
      more: z.array(z.enum(['owed', 'next', 'someDay', 'owedToMe'])),
    }),
  }),
  list: endpoint('GET /commitments', {
    ...read,
    about: 'reach',
    summary: 'What somebody owes, by date',
    timeLimit: 1000,
    input: z.object({ owner, kind: list(z.enum(kinds)).optional(), ...paging }),
    result: page(Commitment),
  }),
  calendar: endpoint('GET /commitments/calendar', {
    ...read,
    about: 'reach',
    summary: 'What takes place between two days, of somebody or with them, and what they owe by then',
    timeLimit: 1000,
    input: z.object({ owner, from: day, to: day }),
    result: z.object({ today: day, items: z.array(Commitment), more: z.boolean() }),
  }),
  contactNext: endpoint('GET /commitments/contact-next', {
    ...read,
    about: 'reach',
    notes: 'list',
    summary: 'Accounts of an owner that are contacted too rarely or too often, by their tier’s or their own cadence',
    timeLimit: 2000,
    input: z.object({ owner }),
    result: z.object({
      today: day,
      due: z.array(Account),
      tooMuch: z.array(Account),
      /** How many are due but want to hear nothing, and so are left out. */
      refused: z.int(),
      /** Who began the contacts of the last half year with the accounts that were looked at. */
      begun: Beginnings,
      /** How many accounts were looked at, and whether there are more. */
      accounts: z.int(),
      more: z.boolean(),
    }),
  }),
  archiveReviews: endpoint('GET /commitments/archive-reviews', {
    ...read,
    about: 'reach',
    summary: 'Archives of an owner that nobody has touched or reviewed for longer than the setting says, the longest first',
    timeLimit: 1000,
    input: z.object({ owner, ...paging }),
    result: page(CustomerName.extend({ city: z.string().nullable(), touchedAt: instant, days: z.int() })).extend({ afterDays: z.int() }),
  }),
  ...feedEndpoints,
  one: endpoint('GET /commitments/:id', {
    ...read,
    about: thingIn('commitments.commitment', 'id'),
    summary: 'One commitment with its history',
    input: z.object({ id }),
    result: Commitment.extend({ events: z.array(Event), mayChange: z.boolean() }),
  }),
  file: endpoint('GET /commitments/:id/calendar-file', {
    ...read,
    about: thingIn('commitments.commitment', 'id'),
    summary: 'One appointment or visit as an iCalendar file',
    kind: 'download',
    input: z.object({ id }),
    result: z.unknown(),
  }),
  create: endpoint('POST /commitments', {
    ...write,
    about: customerIn('customerId'),
    summary: 'Notes who owes whom what by when; a time of the owner that is taken is refused, unless it is meant',
    input: z.object({
      ...z.object(details).partial().required({ title: true }).shape,
      kind: z.enum(kinds),
      customerId: id.nullable().optional(),
      ownerId: person.optional(),
      evenSo: z.boolean().optional(),
    }),
    result: Commitment,
  }),
  change: endpoint('PATCH /commitments/:id', {
    ...write,
    about: thingIn('commitments.commitment', 'id'),
    summary: 'Changes what a commitment says',
    input: z.object({ ...z.object(details).partial().shape, id, version, evenSo: z.boolean().optional() }),
    result: Commitment,
  }),
  complete: endpoint('POST /commitments/:id/completion', {
    ...write,
    about: thingIn('commitments.commitment', 'id'),
    summary:
      'Says that it is done and what came out; a contact with a customer is written into the archive, and a recurring one comes back',
    input: z.object({ id, version, outcome: note, ...found }),
    result: z.object({ commitment: Commitment, next: Commitment.nullable() }),
  }),
  cancel: endpoint('POST /commitments/:id/cancellation', {
    ...write,
    about: thingIn('commitments.commitment', 'id'),
    summary: 'Says that it will not be done, and why',
    input: z.object({ id, version, reason: note }),
    result: Commitment,
  }),
  reopen: endpoint('POST /commitments/:id/reopening', {
    ...write,
    about: thingIn('commitments.commitment', 'id'),
    summary: 'Opens again what was done or cancelled by mistake; a time of the owner that is taken is refused, unless it is meant',
    input: z.object({ id, version, evenSo: z.boolean().optional() }),
    result: Commitment,
  }),
  postpone: endpoint('POST /commitments/:id/postponement', {
    ...write,
    about: thingIn('commitments.commitment', 'id'),
    summary: 'Moves it to another day, at the same time of the day',
    input: z.object({ id, version, day, note, evenSo: z.boolean().optional() }),
    result: Commitment,
  }),
  handOver: endpoint('POST /commitments/:id/hand-over', {
    ...write,
    about: thingIn('commitments.commitment', 'id'),
    summary: 'Gives it to somebody else to owe; a time of theirs that is taken is refused, unless it is meant',
    input: z.object({ id, version, ownerId: person, note, evenSo: z.boolean().optional() }),
    result: Commitment,
  }),
  ofCustomer: endpoint('GET /customers/:customerId/commitments', {
    ...read,
    about: customerIn('customerId'),
    summary: 'What is owed about one customer, by date; or what was closed, newest first',
    input: z.object({ customerId: id, closed: flag.optional(), ...paging }),
    result: page(Commitment),
  }),
  cadence: endpoint('GET /customers/:customerId/cadence', {
    ...read,
    about: customerIn('customerId'),
    summary: 'Whether one customer is contacted too rarely, too often or always the same way; also as if one more contact were planned',
    input: z.object({ customerId: id, day: day.optional(), channel: z.enum(channels).optional(), except: id.optional() }),
    result: CadenceReading.extend({ own: z.boolean(), begun: Beginnings, reachable: z.array(z.enum(channels)) }),
  }),
  setCadence: endpoint('PUT /customers/:customerId/cadence', {
    ...write,
    about: customerIn('customerId'),
    summary:
      'Gives one account a cadence of its own instead of its tier’s; `before` is its own one that the writer saw, null where it followed its tier',
    input: z.object({ customerId: id, before: Cadence.nullable(), cadence: Cadence }),
    result: nothing,
  }),
  removeCadence: endpoint('DELETE /customers/:customerId/cadence', {
    ...write,
    about: customerIn('customerId'),
    summary: 'Lets the account follow the cadence of its tier again',
    input: z.object({ customerId: id, before: Cadence }),
    result: nothing,
  }),
  worksheet: endpoint('GET /customers/:customerId/worksheet', {
    ...read,
    about: customerIn('customerId'),
    summary: 'The nine points of an account’s potential and the measure before and after',
    input: z.object({ customerId: id }),
    result: Worksheet.extend({
      done: z.int(),
      changeShare: z.number().nullable(),
      version: z.int(),
      changedAt: instant.nullable(),
      changedBy: z.string().nullable(),
    }),
  }),
  saveWorksheet: endpoint('PUT /customers/:customerId/worksheet', {
    ...write,
    about: customerIn('customerId'),
    summary: 'Writes the worksheet anew; refused when somebody else has changed it since the given version',
    input: Worksheet.extend({ customerId: id, version: z.int().min(0) }),
    result: z.object({ version: z.int() }),
  }),
  archiveState: endpoint('GET /customers/:customerId/archive-state', {
    ...read,
    about: customerIn('customerId'),
    summary: 'When the archive was last changed, and whether it is due for review',
    input: z.object({ customerId: id }),
    result: z.object({ touchedAt: instant, stale: z.boolean(), afterDays: z.int() }),
  }),
  reviewArchive: endpoint('POST /customers/:customerId/archive-reviews', {
    ...write,
    about: customerIn('customerId'),
    summary: 'Says that the archive was looked through; an open review of it is done with that',
    input: z.object({ customerId: id, note }),
    result: Commitment,
  }),
  signals: endpoint('GET /signals', {
    ...read,
    about: 'reach',
    summary: 'What was heard: open ones the oldest first, or closed ones the newest first; `late` leaves those nobody reacted to in time',
    timeLimit: 1000,
    input: z.object({ closed: flag.optional(), late: flag.optional(), ...paging }),
    result: page(Signal).extend({ lateAfterDays: z.int() }),
  }),
  signalsOfCustomer: endpoint('GET /customers/:customerId/signals', {
    ...read,
    about: customerIn('customerId'),
    summary: 'What was heard of one customer, the newest first, whatever became of it',
    input: z.object({ customerId: id, ...paging }),
    result: page(Signal),
  }),
  captureSignal: endpoint('POST /signals', {
    ...write,
    about: customerIn('customerId'),
    summary: 'Notes something that was heard',
    input: z.object({
      text: z.string().trim().min(1).max(2000),
      source: z.string().trim().max(300).nullable().optional(),
      customerId: id.nullable().optional(),
    }),
    result: Signal,
  }),
  judgeSignal: endpoint('POST /signals/:signalId/judgement', {
    ...write,
    about: thingIn('commitments.signal', 'signalId'),
    summary:
      'Says whether it is true and important; what is not, ends there. `basedOn` is when the judgement was made that the writer saw, null for none',
    input: z.object({ signalId: id, basedOn: instant.nullable(), isTrue: z.boolean(), isImportant: z.boolean(), note }),
    result: Signal,
  }),
  reactToSignal: endpoint('POST /signals/:signalId/reaction', {
    ...write,
    about: thingIn('commitments.signal', 'signalId'),
    summary: 'Says what was done about it, or makes a task of it',
    input: z.object({
      signalId: id,
      note: z.string().trim().min(1).max(2000),
      task: z.object({ ownerId: person.optional(), dueDay: day.nullable().optional() }).nullable().optional(),
    }),
    result: Signal,
  }),
}
