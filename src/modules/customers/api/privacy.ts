import { z } from 'zod'
import { customerIn, day, endpoint, instant, nothing, page, paging, thingIn } from '#platform/contract.ts'
import { exportLanguages } from '../domain/export.ts'
import { id, version } from './basics.ts'

const privacy = { permission: 'customers.privacy' }
const states = ['requested', 'waiting', 'confirmed', 'done', 'withdrawn'] as const
const one = { about: thingIn('customers.erasure', 'erasureId'), ...privacy }

/** Days are the last ones; null while nobody knows them. */
const KeptByLaw = z.object({
  until: day.nullable(),
  rules: z.array(z.object({ rule: z.string(), title: z.string(), until: day.nullable(), count: z.int() })),
})

export const Erasure = z.object({
  id,
  customerId: id,
  name: z.string(),
  state: z.enum(states),
  reason: z.string(),
  holdReason: z.string().nullable(),
  holdUntil: day.nullable(),
  keptByLaw: KeptByLaw.nullable(),
  /** Of one that waits: when it is carried out by itself, as far as is known. */
  dueOn: day.nullable(),
  requestedBy: z.string(),
  requestedAt: instant,
  confirmedBy: z.string().nullable(),
  confirmedAt: instant.nullable(),
  runId: id.nullable(),
  endedAt: instant.nullable(),
  version,
})

export const privacyApi = {
  personalData: endpoint('GET /customers/:id/personal-data', {
    about: customerIn('id'),
    ...privacy,
    summary:
      'Everything that is kept about one person, as a zip archive: for people (HTML) and spreadsheets (CSV) with headings in a language, and for programs (JSON) with names that never change',
    kind: 'download',
    // Whoever takes everything is noted each time, not once an hour as whoever looks.
    notes: 'file',
    input: z.object({
      id,
      /** Of the headings; by default the organization's. */
      language: z.enum(exportLanguages).optional(),
    }),
    result: z.unknown(),
  }),
  erasures: endpoint('GET /customer-erasures', {
    about: 'reach',
    ...privacy,
    summary: 'Requests to erase somebody, newest first',
    input: z.object({ state: z.enum(states).optional(), customerId: id.optional(), ...paging }),
    result: page(Erasure),
  }),
  requestErasure: endpoint('POST /customers/:id/erasures', {
    about: customerIn('id'),
    ...privacy,
    summary: 'Asks that a person be erased; somebody else has to confirm it',
    input: z.object({ id, reason: z.string().trim().min(1).max(1000) }),
    result: Erasure,
  }),
  holdErasure: endpoint('PUT /customer-erasures/:erasureId/hold', {
    ...one,
    summary: 'Holds an erasure up because the law wants the data kept, with the reason and a last day; without a reason the hold ends',
    input: z.object({ erasureId: id, version, reason: z.string().trim().min(1).max(1000).nullable(), until: day.nullable() }),
    result: Erasure,
  }),
  confirmErasure: endpoint('POST /customer-erasures/:erasureId/confirmation', {
    ...one,
    summary:
      'Confirms an erasure that somebody else asked for, and begins it; it cannot be undone. While the law wants something kept, the request waits and is carried out afterwards',
    input: z.object({ erasureId: id, version }),
    result: z.object({
      runId: id.nullable(),
      state: z.enum(['confirmed', 'waiting']),
      keptByLaw: KeptByLaw.nullable(),
      dueOn: day.nullable(),
    }),
  }),
  withdrawErasure: endpoint('POST /customer-erasures/:erasureId/withdrawal', {
    ...one,
    summary: 'Withdraws a request to erase somebody that has not begun, also one that waits',
    input: z.object({ erasureId: id, version }),
    result: nothing,
  }),
  erasureLog: endpoint('GET /customer-erasure-log', {
    about: 'everybody',
    ...privacy,
    summary: 'The proof of all erasures, one line of JSON each, chained by hashes and without anything of the persons',
    kind: 'download',
    input: nothing,
    result: z.unknown(),
  }),
}
