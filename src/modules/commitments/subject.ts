import type { Context } from '#platform/context.ts'
import type { Subject } from '#platform/subject/subject.ts'
import { changeState } from './actions/making.ts'
import { openAbout } from './store/lists.ts'
import { commitmentTables } from './store/subject.ts'

/** What becomes of commitments and signals when two customers are merged, one is exported, or one is erased. */
export const commitmentSubject: Subject = { tables: commitmentTables, erased: cancelOpen }

/** Nobody can keep what was promised to a person of whom nothing is known any more. */
async function cancelOpen(context: Context, customerIds: readonly string[]): Promise<void> {
  for (const one of await openAbout(context.db, customerIds)) await changeState(context, one, 'cancelled', null, one.interactionId)
}
