import { z } from 'zod'
import { endpoint, nothing } from '#platform/contract.ts'
import { relationPhases } from '../domain/archive.ts'
import { tiers } from '../domain/book.ts'
import { id } from './basics.ts'
import { OwnValue } from './own-fields.ts'
import { filter } from './shapes.ts'

const { sort: _, direction: __, ...narrowing } = filter
const load = z.record(z.enum(tiers), z.int())
const handOver = { permission: 'customers.hand-over' }

export const manyApi = {
  changeMany: endpoint('POST /customer-changes', {
    about: 'reach',
    permission: 'customers.write',
    summary:
      'Gives many customers an owner, a tag, a phase, a value of an own field, or profiling, or takes a tag: chosen one by one, or everybody whom the list’s filters leave. A run that can be undone',
    idempotency: 'required',
    input: z.object({
      ids: z.array(id).min(1).max(5000).optional(),
      /** The filters of the list as they stand in its address. */
      filter: z.object(narrowing).optional(),
      change: z.discriminatedUnion('what', [
        z.object({ what: z.literal('owner'), ownerId: z.string().max(60).nullable() }),
        z.object({ what: z.literal('add-tag'), tag: z.string().trim().min(1).max(60) }),
        z.object({ what: z.literal('remove-tag'), tag: z.string().trim().min(1).max(60) }),
        z.object({ what: z.literal('profiling'), profiling: z.boolean() }),
        z.object({ what: z.literal('phase'), phase: z.enum(relationPhases).nullable() }),
        z.object({ what: z.literal('own'), fieldId: id, value: OwnValue }),
      ]),
    }),
    result: z.object({ runId: id }),
  }),
  loads: endpoint('GET /customer-loads', {
    about: 'everybody',
    ...handOver,
    summary: 'How many customers of each tier everybody looks after; under null those whom nobody looks after',
    timeLimit: 10_000,
    input: nothing,
    result: z.object({ items: z.array(z.object({ userId: z.string().nullable(), load, customers: z.int() })) }),
  }),
  load: endpoint('GET /customer-loads/:userId', {
    about: 'everybody',
    ...handOver,
    summary: 'How many customers of each tier somebody looks after',
    timeLimit: 2000,
    input: z.object({ userId: z.string().max(60) }),
    result: z.object({ load, customers: z.int() }),
  }),
  handOver: endpoint('POST /customer-hand-overs', {
    about: 'everybody',
    ...handOver,
    summary:
      'Hands all customers of somebody who leaves (or of `nobody`) over to one or several others, so that loads stay even in every tier. A run that can be undone',
    idempotency: 'required',
    input: z.object({ fromUserId: z.string().min(1).max(60), toUserIds: z.array(z.string().min(1).max(60)).min(1).max(50) }),
    result: z.object({ runId: id }),
  }),
}
