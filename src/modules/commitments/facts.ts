import { z } from 'zod'
import { fact, personal } from '#platform/fact.ts'
import { kinds, states } from './domain/commitment.ts'

const about = {
  /** Null: about no customer. */
  customerId: z.uuid().nullable(),
  commitmentId: z.uuid(),
  kind: z.enum(kinds),
  ownerId: z.string(),
  requestedBy: z.string(),
  /** The module that brought it about, and its own id for the reason. */
  origin: z.object({ module: z.string(), id: z.string() }).nullable(),
}

export const commitmentMade = fact('commitments.made', z.object({ ...about, dueDay: z.iso.date().nullable() }))

/** Many of one kind were made at once, such as the calls after a hand-over: one fact for all of them. */
export const manyMade = fact(
  'commitments.many-made',
  z.object({
    kind: about.kind,
    requestedBy: about.requestedBy,
    origin: about.origin,
    dueDay: z.iso.date().nullable(),
    commitments: z.array(z.object({ customerId: z.uuid(), commitmentId: about.commitmentId, ownerId: about.ownerId })),
  }),
)

/** It is done or cancelled, or open again. */
export const commitmentStateChanged = fact(
  'commitments.state-changed',
  z.object({ ...about, before: z.enum(states), after: z.enum(states), outcome: personal(z.string().nullable()) }),
)

/** What takes place takes place at another time now. */
export const commitmentRescheduled = fact(
  'commitments.rescheduled',
  z.object({ ...about, startsAt: z.iso.datetime(), endsAt: z.iso.datetime() }),
)

/** The day of a promise passed and it was not kept: once for each day that it was promised for. */
export const promiseBroken = fact('commitments.promise-broken', z.object({ ...about, dueDay: z.iso.date().nullable() }))

export const commitmentHandedOver = fact('commitments.handed-over', z.object({ ...about, before: z.string() }))

/** Somebody leaves, and others owe what was open: one fact per batch, with how many each took over. */
export const commitmentsTakenOver = fact(
  'commitments.taken-over',
  z.object({ fromUserId: z.string(), given: z.array(z.object({ userId: z.string(), commitments: z.int() })) }),
)
