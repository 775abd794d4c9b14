/** A worker for crash tests: works on the import that waits in a database and ends itself with SIGKILL: `PHASE N` at the Nth progress of a phase, `before-commit N` or `after-commit N` around the Nth step. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '#platform/database/connection.ts'
import { importRun } from '#platform/imports/import-run.ts'
import { createLog } from '#platform/log.ts'
import type { RunHandle } from '#platform/runs/run-kind.ts'
import { startRunWorker } from '#platform/runs/worker.ts'
import { modules } from '../../src/modules.ts'
import { contextMaker } from '../../src/product.ts'

const [url = '', moment = '', count = '1'] = process.argv.slice(2)
let left = Number(count)
const dieAt = (now: string) => {
  if (now === moment && --left === 0) process.kill(process.pid, 'SIGKILL')
}

const crashing = (run: RunHandle): RunHandle => ({
  ...run,
  async progress(progress) {
    dieAt(progress.phase)
    await run.progress(progress)
  },
  async step(position, work) {
    const result = await run.step(position, async (context) => {
      const done = await work(context)
      dieAt('before-commit')
      return done
    })
    dieAt('after-commit')
    return result
  },
})

startRunWorker({
  database: connect(url),
  kinds: [{ ...importRun, work: (run) => importRun.work(crashing(run)) }],
  log: createLog('error'),
  // Whoever held the run before is dead; nobody needs to wait for its lease.
  now: () => new Date(Date.now() + Number(process.env.AHEAD ?? 0)),
  folder: await mkdtemp(join(tmpdir(), 'patron-crash-')),
  name: `crashing-${process.pid}`,
  contextOf: contextMaker(modules),
})
