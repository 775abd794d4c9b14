import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { tellStream } from '#platform/stream.ts'
import { isUserId } from '#platform/user-id.ts'
import type { notificationEndpoints } from '../api/notifications.ts'
import { notificationTopic, usualChoices } from '../domain/notification.ts'
import { choicesOf, countUnread, markRead, notificationsOf, writeChoices } from '../store/notifications.ts'
import { kindsOf } from './notify.ts'

const mostCounted = 100

export const notificationActions: Actions<typeof notificationEndpoints> = {
  async notifications({ db, actor }, { unread = false, cursor, limit = defaultPageSize }) {
    if (!isUserId(actor.id)) return { items: [], next: null }
    const after = cursor === undefined ? null : String(placeOf(cursor, ['uuid'])[0])
    const rows = await notificationsOf(db, actor.id, { unread, after, limit: limit + 1 })
    const items = rows.slice(0, limit).map((row) => ({ ...row, values: { ...row.values } }))
    return { items, next: rows.length > limit ? cursorOf([items.at(-1)!.id]) : null }
  },

  unreadNotifications: async ({ db, actor }) => ({ count: isUserId(actor.id) ? await countUnread(db, actor.id, mostCounted) : 0 }),

  notificationEvents: async ({ actor }) => ({ topics: isUserId(actor.id) ? [notificationTopic(actor.id)] : [] }),

  async readNotifications(context, { ids }) {
    const { db, actor, now } = context
    if (!isUserId(actor.id)) return {}
    await markRead(db, actor.id, ids, now)
    await tellStream(context, [{ topic: notificationTopic(actor.id), kind: 'changed' }])
    return {}
  },

  async notificationChoices({ db, actor, house }) {
    const choices = (isUserId(actor.id) && (await choicesOf(db, [actor.id])).get(actor.id)) || usualChoices
    return {
      choices: { ...choices, mail: { ...choices.mail } },
      kinds: [...kindsOf(house)].map(([kind, { mail }]) => ({ kind, mail })),
      mailConfigured: Boolean(house.mail),
    }
  },

  async chooseNotifications({ db, actor, house }, choices) {
    if (!isUserId(actor.id)) throw refuse('forbidden', 'no-inbox', 'Only somebody who signed in with an account of their own has an inbox')
    const kinds = kindsOf(house)
    const mail = Object.fromEntries(Object.entries(choices.mail).filter(([kind]) => kinds.has(kind)))
    await writeChoices(db, actor.id, { ...choices, mail })
    return {}
  },
}
