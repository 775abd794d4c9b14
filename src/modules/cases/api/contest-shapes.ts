import { z } from 'zod'
import { day, instant, money } from '#platform/contract.ts'
import { appealGrounds, appealOutcomes, contestedParts, referralOutcomes } from '../domain/contest-words.ts'
import { channel, id, maybe, route, who, words } from './said.ts'

const cost = money.min(0).max(1_000_000_000_000)
const decided = { outcome: z.enum(appealOutcomes), text: words(20_000), channel, escalationRoute: route }
const withdrawn = { channel, note: maybe(5000) }
const referral = { reference: maybe(100), dueOn: day.nullable() }
const sent = { text: words(5000), fileIds: z.array(id).max(20) }
const outcome = {
  outcome: z.enum(referralOutcomes),
  binding: z.boolean(),
  decidedOn: day,
  redressMinor: cost,
  redressBy: day.nullable(),
  note: maybe(5000),
}

/** What is said of them, by what it is. */
export const contestSaid = { decided, withdrawn, referral, sent, outcome }

/** An appeal and a referral as a case shows them. */
export const Appeal = z.object({
  id,
  of: z.int(),
  against: z.enum(contestedParts),
  reason: z.string(),
  channel,
  dueAt: instant,
  workingDays: z.int(),
  judgeId: z.string().nullable(),
  lapsed: z.boolean(),
  ...who,
  decided: z.object({ ...decided, ...who }).nullable(),
  withdrawn: z.object({ ...withdrawn, ...who }).nullable(),
})
export const Referral = z.object({
  id,
  bodyId: id,
  body: z.string(),
  reference: z.string().nullable(),
  receivedOn: day,
  dueOn: day.nullable(),
  note: z.string().nullable(),
  ...who,
  sent: z.array(z.object({ ...sent, ...who })),
  decided: z.object({ ...outcome, ...who }).nullable(),
})
/** Why and until when the customer may appeal now. */
export const Appealable = z.object({ ground: z.enum(appealGrounds), until: instant }).nullable()
