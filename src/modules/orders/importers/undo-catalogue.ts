import type { UndoJob, UndoOutcome } from '#platform/imports/importer.ts'
import { requestRecosting } from '../runs/recost.ts'
import { leftInCatalogue, undoCatalogue } from '../store/undo.ts'

/** Takes back an import of products or rates; rows that somebody has written since stay and are named. */
export async function undoCatalogueImport(job: UndoJob): Promise<UndoOutcome> {
  return job.step({}, async (context) => {
    const left = await leftInCatalogue(context.db, job.of.id)
    const counts = await undoCatalogue(context.db, job.of.id)
    if (counts.removed + counts.restored > 0) await requestRecosting(context)
    return { counts, left: left.slice(0, 100).map((key) => ({ id: key, name: key })), leftCount: left.length }
  })
}
