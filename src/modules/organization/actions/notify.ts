import type { Context, House } from '#platform/context.ts'
import type { NotificationKind } from '#platform/module.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { tellStream } from '#platform/stream.ts'
import { isUserId } from '#platform/user-id.ts'
import { mailDue, notificationTopic } from '../domain/notification.ts'
import { wallClockOffset } from '../domain/wall-clock.ts'
import { readSetting } from '../public.ts'
import { organizationProfile } from '../settings.ts'
import { choicesOf, insertNotifications, type NotificationValues } from '../store/notifications.ts'

export interface News {
  /** Users by id; whoever acts, and whoever may not sign in, is left out. */
  readonly to: readonly string[]
  /** `<module>.<what>`, as the module's manifest names it; its words are `notification.<what>` in the module's texts. */
  readonly kind: string
  readonly values: NotificationValues
  /** Where it leads in the product, such as `/customers/…`. */
  readonly link: string | null
}

/** Tells people of something, in the transaction that made it true: it stands in their inbox at once, and is mailed as they chose. */
export async function notify(context: Context, { to, kind, values, link }: News): Promise<void> {
  const { db, now, actor, newId, house } = context
  const proposal = kindsOf(house).get(kind)
  if (!proposal) throw new Error(`No module names the notification ${kind}`)
  const people = await enabledAmong(
    db,
    [...new Set(to)].filter((id) => id !== actor.id && isUserId(id)),
  )
  if (people.length === 0) return
  const zone = wallClockOffset((await readSetting(db, organizationProfile)).timeZone)
  const choices = await choicesOf(db, people)
  await insertNotifications(
    db,
    people.map((userId) => {
      const chosen = choices.get(userId)!
      const due = house.mail ? mailDue(now.getTime(), chosen.mail[kind] ?? proposal.mail, chosen, zone) : null
      return { userId, id: newId(), kind, values, link, createdAt: now, mailDue: due === null ? null : new Date(due) }
    }),
  )
  await tellStream(
    context,
    people.map((userId) => ({ topic: notificationTopic(userId), kind: 'changed' })),
  )
}

/** Every kind of news that the modules name, with what they propose. */
export const kindsOf = (house: House): ReadonlyMap<string, NotificationKind> =>
  new Map(
    house.modules.flatMap(({ name, notifications }) =>
      Object.entries(notifications?.kinds ?? {}).map(([what, kind]): [string, NotificationKind] => [`${name}.${what}`, kind]),
    ),
  )
