import { setTimeout as sleep } from 'node:timers/promises'
import type { RunView } from '#platform/runs/run-kind.ts'
import { runById } from '#platform/runs/store.ts'
import type { App } from './app.ts'

/** The run once it has ended, however it ended; gives up after two minutes. */
export async function waitForRun(app: App, id: string): Promise<RunView> {
  for (let tries = 0; tries < 1200; tries++) {
    const run = await runById(app.db, id)
    if (run && run.state !== 'waiting' && run.state !== 'running') return run
    await sleep(100)
  }
  throw new Error(`The run ${id} has not ended`)
}
