import { z } from 'zod'
import { endpoint, instant, nothing, pageAnswer, topics } from '#platform/contract.ts'
import { ticketStates } from '../domain/counter.ts'
import { id, version, words } from './said.ts'
import { tier } from './shapes.ts'

const read = { permission: 'cases.read' } as const
const write = { permission: 'cases.write' } as const
const manage = { permission: 'cases.manage', about: 'nobody' } as const
const open = { permission: 'public', about: 'nobody' } as const

const prefix = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{0,2}$/)
const counter = words(20)

const Point = z.object({
  id,
  name: z.string(),
  prefix: z.string(),
  active: z.boolean(),
  /** Where it shows which numbers are called, without any name. */
  display: z.string(),
  waiting: z.int(),
  served: z.int(),
  noShow: z.int(),
  /** Of those who were called today. */
  averageWaitMinutes: z.int().nullable(),
  version,
})

const Ticket = z.object({
  id,
  /** As it is called out: A007. */
  label: z.string(),
  state: z.enum(ticketStates),
  /** Whose it is, where anybody knows and whoever asks may. */
  customer: z.object({ id, name: z.string() }).nullable(),
  tier,
  issuedAt: instant,
  waitedMinutes: z.int(),
  calledAt: instant.nullable(),
  calledBy: z.string().nullable(),
  counter: z.string().nullable(),
  endedAt: instant.nullable(),
  caseId: id.nullable(),
  version,
})

/** Counters with a waiting room (F-07): numbers are issued, called in an order that knows tiers, and served. */
export const counterEndpoints = {
  servicePoints: endpoint('GET /service-points', {
    ...read,
    about: 'nobody',
    summary: 'Counters that issue numbers, with how today goes at each',
    input: nothing,
    result: z.object({ points: z.array(Point) }),
  }),
  addServicePoint: endpoint('POST /service-points', {
    ...manage,
    summary: 'Sets up a counter that issues numbers; a letter or two stand before them',
    input: z.object({ name: words(100), prefix }),
    result: z.object({ id, version }),
  }),
  changeServicePoint: endpoint('PATCH /service-points/:pointId', {
    ...manage,
    summary: 'Names a counter anew, closes or opens it, or gives its display another address',
    input: z.object({
      pointId: id,
      version,
      name: words(100).optional(),
      prefix: prefix.optional(),
      active: z.boolean().optional(),
      newDisplay: z.boolean().optional(),
    }),
    result: z.object({ id, version }),
  }),
  counterBoard: endpoint('GET /service-points/:pointId/board', {
    ...read,
    about: 'reach',
    notes: 'list',
    summary: 'Who waits at a counter today in the order in which they are called, and who is being served',
    input: z.object({ pointId: id }),
    result: z.object({ point: Point, called: z.array(Ticket), waiting: z.array(Ticket), more: z.boolean() }),
  }),
  issueNumber: endpoint('POST /service-points/:pointId/tickets', {
    ...write,
    about: [{ thing: 'customer', field: 'customerId' }],
    summary: 'Issues the next number to whoever comes; whoever is known is called by their tier',
    input: z.object({ pointId: id, customerId: id.optional() }),
    result: Ticket,
  }),
  callNext: endpoint('POST /service-points/:pointId/calls', {
    ...write,
    about: 'reach',
    summary: 'Calls the next number to a counter; of many who ask at once each gets another. Null where nobody waits',
    input: z.object({ pointId: id, counter }),
    result: z.object({ ticket: Ticket.nullable() }),
  }),
  settleNumber: endpoint('POST /tickets/:ticketId/outcome', {
    ...write,
    about: [
      { thing: 'customer', field: 'customerId' },
      { thing: 'cases.case', field: 'caseId' },
    ],
    summary: 'Whoever was called was served, or did not come; with whom it was, or the case that came of it',
    input: z.object({
      ticketId: id,
      version,
      outcome: z.enum(['served', 'no-show']),
      customerId: id.optional(),
      caseId: id.optional(),
    }),
    result: Ticket,
  }),
  counterEvents: endpoint('GET /service-points/:pointId/events', {
    ...read,
    about: 'nobody',
    kind: 'events',
    summary: 'Says to whoever looks at a counter that somebody came, was called or was served',
    input: z.object({ pointId: id }),
    result: topics,
    events: { changed: nothing },
  }),
  counterDisplay: endpoint('GET /p/counter/:token', {
    ...open,
    kind: 'page',
    summary: 'Which numbers are called at a counter, for a screen in the waiting room and for the phones of those who wait',
    input: z.object({ token: z.string().max(200) }),
    result: pageAnswer,
    page: { framed: true },
  }),
  displayEvents: endpoint('GET /counter-displays/:token/events', {
    ...open,
    kind: 'events',
    summary: 'Says to a display that another number is called',
    input: z.object({ token: z.string().max(200) }),
    result: topics,
    events: { changed: nothing },
  }),
}
