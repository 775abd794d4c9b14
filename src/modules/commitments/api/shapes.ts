import { z } from 'zod'
import { day, instant } from '#platform/contract.ts'
import { channels, stages } from '../domain/channel.ts'
import { kinds, states } from '../domain/commitment.ts'
import { repeatUnits } from '../domain/recurrence.ts'
import { signalStates } from '../domain/signal.ts'
import { phases } from '../domain/visit.ts'
import { worksheetPoints } from '../domain/worksheet.ts'

export const id = z.uuid()
export const version = z.int().min(1)
/** Who works here; by their user id. */
export const person = z.string().min(1).max(60)
const text = (limit: number) => z.string().trim().max(limit).nullable()

export const Step = z.object({
  phase: z.enum(phases),
  /** A standard step; null for one in own words. */
  key: z.string().max(40).nullable(),
  text: text(200),
  done: z.boolean(),
  note: text(1000),
})

/** Every so many weeks, months or years. */
export const Repeat = z.object({ unit: z.enum(repeatUnits), every: z.int().min(1).max(60) })

/** What can be said about a commitment, besides kind, customer and owner. */
export const details = {
  title: z.string().trim().min(1).max(200),
  note: text(5000),
  dueDay: day.nullable(),
  /** Where a time of the day is meant; otherwise the end of the day. */
  dueAt: instant.nullable(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  channel: z.enum(channels).nullable(),
  place: text(300),
  purpose: text(1000),
  plan: text(5000),
  ours: z.array(person).max(30),
  theirs: z.array(z.string().trim().min(1).max(200)).max(30),
  steps: z.array(Step).max(60),
  repeat: Repeat.nullable(),
}

/** What can be said about a contact that is done, besides its outcome. */
export const found = {
  minutes: z.int().min(0).max(10_000).optional(),
  stage: z.enum(stages).optional(),
  /** What the customer wants, each in a few words; where it is left out, what the checklist says at that step. */
  needs: z.array(z.string().trim().min(1).max(200)).max(10).optional(),
  /** Whom else they buy from, by name; where it is left out, what the checklist says at that step. */
  competitors: z.array(z.string().trim().min(1).max(200)).max(10).optional(),
  /** Colleagues who should know. */
  mentions: z.array(person).max(20).optional(),
  /** Files that were sent beforehand, as for a touch. */
  fileIds: z.array(id).max(10).optional(),
}

export const CustomerName = z.object({ id, name: z.string() })

export const Commitment = z.object({
  ...details,
  id,
  kind: z.enum(kinds),
  customer: CustomerName.nullable(),
  ownerId: z.string(),
  requestedBy: z.string(),
  repeat: Repeat.extend({ from: day }).nullable(),
  state: z.enum(states),
  overdue: z.boolean(),
  outcome: z.string().nullable(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  interactionId: id.nullable(),
  origin: z.object({ module: z.string(), id: z.string() }).nullable(),
  createdAt: instant,
  createdBy: z.string(),
  version,
})

export const Event = z.object({
  id,
  what: z.enum(['created', 'changed', 'postponed', 'handed-over', 'completed', 'cancelled', 'reopened', 'broken']),
  /** Field → [before, after]; of long texts and lists only that they changed. */
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
  note: z.string().nullable(),
  at: instant,
  by: z.string(),
})

export const Cadence = z
  .object({ minimum: z.int().min(0).max(60), maximum: z.int().min(1).max(60), days: z.int().min(1).max(365) })
  .refine(({ minimum, maximum }) => minimum <= maximum, { path: ['maximum'], message: 'must not be less than the minimum' })

/** How many contacts we began and how many the customer did. */
export const Beginnings = z.object({ ours: z.int(), theirs: z.int() })

const Contact = z.object({ day, channel: z.enum(channels) })
export const CadenceReading = z.object({
  state: z.enum(['under-served', 'fine', 'over-served']),
  held: z.int(),
  dueBy: day.nullable(),
  next: Contact.nullable(),
  most: z.int(),
  sameForm: z.enum(channels).nullable(),
  another: z.enum(channels).nullable(),
  cadence: z.object({ minimum: z.int(), maximum: z.int(), days: z.int() }),
})

export const Account = CadenceReading.extend({
  customer: CustomerName.extend({
    tier: z.enum(['platinum', 'gold', 'iron', 'lead']).nullable().meta({ personal: 'value.read' }),
    city: z.string().nullable(),
  }),
  last: Contact.nullable(),
  /** The form to contact them by. */
  propose: z.enum(channels).nullable(),
})

export const Worksheet = z.object({
  points: z.array(z.object({ point: z.enum(worksheetPoints), note: text(2000), done: z.boolean() })).length(worksheetPoints.length),
  metric: text(200),
  before: z.number().nullable(),
  after: z.number().nullable(),
})

export const Signal = z.object({
  id,
  customer: CustomerName.nullable(),
  text: z.string(),
  source: z.string().nullable(),
  state: z.enum(signalStates),
  late: z.boolean(),
  isTrue: z.boolean().nullable(),
  isImportant: z.boolean().nullable(),
  judgement: z.string().nullable(),
  reaction: z.string().nullable(),
  commitmentId: id.nullable(),
  capturedAt: instant,
  capturedBy: z.string(),
  judgedAt: instant.nullable(),
  judgedBy: z.string().nullable(),
  reactedAt: instant.nullable(),
  reactedBy: z.string().nullable(),
})
