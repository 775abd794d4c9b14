import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'

/** The word for those who have no owner. */
const nobodys = 'nobody'

/** Whose list is asked for: one's own where nobody is named; null for what has no owner, which only those see who see everything. Refused outside of one's reach. */
export function ownerAsked({ actor }: Context, owner: string | undefined): string | null {
  if (owner === undefined || owner === actor.id) return actor.id
  return owner === nobodys ? null : owner
}

/** The same where somebody must be named. */
export function personAsked(context: Context, owner: string | undefined): string {
  const asked = ownerAsked(context, owner)
  if (asked === null)
    throw refuse('invalid', 'person-needed', 'Name somebody', {
      fields: [{ field: 'owner', reason: 'person-needed', detail: 'Name somebody' }],
    })
  return asked
}
