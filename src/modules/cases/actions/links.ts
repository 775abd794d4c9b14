import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { linksOf, revokeLinks } from '#platform/private-link.ts'
import type { linkEndpoints } from '../api/links.ts'
import { linkPurpose } from './messages.ts'
import { heldCase, known } from './performing.ts'

export const linkActions: Actions<typeof linkEndpoints> = {
  async caseLinks(context, { caseId }) {
    const { row } = await known(context, caseId)
    return { items: await linksOf(context.db, linkPurpose, row.id) }
  },

  async endCaseLinks(context, { caseId }) {
    const { row } = await heldCase(context, caseId, null)
    return { ended: await revokeLinks(context, linkPurpose, row.id) }
  },
}

/** Ends the links that were mailed: the address is another now, or what went there came back. Whoever typed something keeps what shows only where it stands. */
export async function endMailedLinks(context: Pick<Context, 'db' | 'now'>, caseId: string): Promise<void> {
  for (const { id, narrow, revokedAt } of await linksOf(context.db, linkPurpose, caseId))
    if (!narrow && revokedAt === null) await revokeLinks(context, linkPurpose, caseId, id)
}
