import type { Context } from '../context.ts'
import { job } from '../module.ts'
import { runEnded } from '../runs/facts.ts'
import { planFileRefused, plansDue } from './facts.ts'
import { importRunKind } from './import-run.ts'
import { filesToPutAway, forgetEvents, noteFiled } from './plan-events.ts'
import { openFolder, putAway, SourceProblem } from './plan-folder.ts'
import { lookAtDuePlan } from './plan-look.ts'
import { isAnyDue, planById } from './plan-store.ts'

const keptDays = 180
const mostAtOnce = 100

export const importsJobs = [
  // One plan in each transaction, so that none holds up or undoes another.
  job({
    name: 'imports.look',
    on: plansDue,
    async run(context) {
      if (await lookAtDuePlan(context)) await context.wake(plansDue, {})
    },
  }),
  job({
    name: 'imports.look-when-due',
    every: '* * * * *',
    async run(context) {
      if (await isAnyDue(context.db, context.now)) await context.wake(plansDue, {})
    },
  }),
  job({
    name: 'imports.put-away',
    on: runEnded,
    async run(context, { kind }) {
      if (kind === importRunKind) await putFilesAway(context)
    },
  }),
  job({ name: 'imports.put-away-refused', on: planFileRefused, run: (context) => putFilesAway(context) }),
  job({ name: 'imports.put-away-rest', every: '* * * * *', run: putFilesAway }),
  job({
    name: 'imports.forget-events',
    every: '35 4 * * *',
    async run({ db, now }) {
      await forgetEvents(db, new Date(now.getTime() - keptDays * 86_400_000))
    },
  }),
]

/** Moves files whose fate is known out of the way, after it was written down; a folder that cannot be reached now is tried again. */
export async function putFilesAway({ db, now, house }: Context): Promise<void> {
  for (const file of await filesToPutAway(db, now, mostAtOnce)) {
    const source = (await planById(db, file.planId))?.source
    if (source?.kind !== 'folder') {
      await noteFiled(db, file.id, null, now)
      continue
    }
    try {
      const folder = await openFolder(source, house.importFolders ?? [])
      await noteFiled(db, file.id, await putAway(folder, file, file.target, file.id), now)
    } catch (error) {
      if (!(error instanceof SourceProblem)) throw error
    }
  }
}
