/** A worker for crash tests: works on the valuation that waits in a database and ends itself with SIGKILL at the given moment: a phase's name, 'before-commit' or 'after-commit'. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { revalue } from '#modules/value/runs/revalue.ts'
import { connect } from '#platform/database/connection.ts'
import { createLog } from '#platform/log.ts'
import type { RunHandle } from '#platform/runs/run-kind.ts'
import { startRunWorker } from '#platform/runs/worker.ts'
import { modules } from '../../src/modules.ts'
import { contextMaker } from '../../src/product.ts'

const [url = '', moment = ''] = process.argv.slice(2)
const die = () => process.kill(process.pid, 'SIGKILL')

const crashing = (run: RunHandle): RunHandle => ({
  ...run,
  async progress(progress) {
    if (progress.phase === moment) die()
    await run.progress(progress)
  },
  async step(position, work) {
    const result = await run.step(position, async (context) => {
      const done = await work(context)
      if (moment === 'before-commit') die()
      return done
    })
    if (moment === 'after-commit') die()
    return result
  },
})

startRunWorker({
  database: connect(url),
  kinds: [{ ...revalue, work: (run) => revalue.work(crashing(run)) }],
  log: createLog('error'),
  now: () => new Date(),
  folder: await mkdtemp(join(tmpdir(), 'patron-crash-')),
  name: `crashing:${process.pid}`,
  contextOf: contextMaker(modules),
})
