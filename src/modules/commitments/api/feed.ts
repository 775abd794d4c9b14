import { z } from 'zod'
import { endpoint, instant, nothing } from '#platform/contract.ts'

const read = { permission: 'commitments.read' }

/** The private address by which a calendar program reads somebody's calendar. */
export const feedEndpoints = {
  feed: endpoint('GET /commitments/feed', {
    ...read,
    about: 'nobody',
    summary: 'Whether there is a private address for one’s calendar program, and since when',
    input: nothing,
    result: z.object({ madeAt: instant.nullable() }),
  }),
  makeFeed: endpoint('POST /commitments/feed', {
    ...read,
    about: 'nobody',
    summary: 'Makes a private address for one’s calendar program, shown once; a former one leads nowhere from then on',
    // An answer kept for repetition would keep the secret.
    idempotency: 'none',
    input: nothing,
    result: z.object({ path: z.string(), madeAt: instant }),
  }),
  revokeFeed: endpoint('DELETE /commitments/feed', {
    ...read,
    about: 'nobody',
    summary: 'Closes the private address',
    input: nothing,
    result: nothing,
  }),
  feedOfUser: endpoint('GET /commitments/users/:userId/feed', {
    permission: 'commitments.manage',
    about: 'nobody',
    summary: 'Whether somebody has a private address for their calendar program, and since when',
    input: z.object({ userId: z.uuid() }),
    result: z.object({ madeAt: instant.nullable() }),
  }),
  revokeFeedOfUser: endpoint('DELETE /commitments/users/:userId/feed', {
    permission: 'commitments.manage',
    about: 'nobody',
    summary: 'Closes somebody’s private address',
    input: z.object({ userId: z.uuid() }),
    result: nothing,
  }),
  readFeed: endpoint('GET /commitments/feeds/:token', {
    permission: 'public',
    // The address stands for one person, and the action shows what they may see.
    about: 'nobody',
    summary: 'One person’s appointments for a calendar program that holds the private address (iCalendar)',
    kind: 'download',
    input: z.object({ token: z.string().regex(/^[\w-]{43}(\.ics)?$/, 'is no address of a calendar') }),
    result: z.unknown(),
  }),
}
