import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'

/** Customers are only given to people who work here, so that nobody is left without somebody who looks. */
export async function refuseStrangers({ db }: Context, userIds: readonly string[]): Promise<void> {
  const working = await enabledAmong(
    db,
    userIds.filter((id) => uuid.test(id)),
  )
  const stranger = userIds.find((id) => !working.includes(id))
  if (stranger !== undefined)
    throw refuse('invalid', 'no-such-colleague', 'Choose somebody who works here', {
      fields: [{ field: 'ownerId', reason: 'no-such-colleague', detail: 'Nobody who may sign in has this id' }],
    })
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
