import { z } from 'zod'
import { endpoint, flag, instant, nothing, page, paging, topics } from '#platform/contract.ts'
import { mailWays } from '../domain/notification.ts'

const own = { permission: 'organization.read', about: 'nobody' } as const
const minutes = z.int().min(0).max(1439)
const choices = z.object({
  mail: z.record(z.string().max(100), z.enum(mailWays)),
  quiet: z.object({ from: minutes, to: minutes }).nullable(),
  digestAt: minutes,
})

/** What somebody should know of. Everybody sees their own and nobody else's. */
export const notificationEndpoints = {
  notifications: endpoint('GET /organization/notifications', {
    ...own,
    summary: 'One’s own notifications, newest first, where wanted only those not read yet',
    input: z.object({ unread: flag.optional(), ...paging }),
    result: page(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.number()])),
        link: z.string().nullable(),
        createdAt: instant,
        readAt: instant.nullable(),
      }),
    ),
  }),
  unreadNotifications: endpoint('GET /organization/notifications/unread-count', {
    ...own,
    summary: 'How many of one’s notifications are not read yet, counted up to 100',
    input: nothing,
    result: z.object({ count: z.int() }),
  }),
  notificationEvents: endpoint('GET /organization/notifications/events', {
    ...own,
    kind: 'events',
    summary: 'Tells when one’s notifications change: something came, or was read',
    input: nothing,
    result: topics,
    events: { changed: nothing },
  }),
  readNotifications: endpoint('PUT /organization/notifications/reading', {
    ...own,
    summary: 'Marks some of one’s notifications as read, or all',
    input: z.object({ ids: z.array(z.uuid()).max(200).nullable() }),
    result: nothing,
  }),
  notificationChoices: endpoint('GET /organization/notifications/choices', {
    ...own,
    summary: 'How one wants to hear of things, and every kind of news with what its module proposes',
    input: nothing,
    result: z.object({
      choices,
      kinds: z.array(z.object({ kind: z.string(), mail: z.enum(mailWays) })),
      mailConfigured: z.boolean(),
    }),
  }),
  chooseNotifications: endpoint('PUT /organization/notifications/choices', {
    ...own,
    summary: 'Sets how one wants to hear of things from now on',
    input: choices,
    result: nothing,
  }),
}
