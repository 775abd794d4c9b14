import { fromKysely, PgBoss } from 'pg-boss'
import type { Context } from './context.ts'
import type { Db } from './database/connection.ts'
import type { Log } from './log.ts'
import type { Job } from './module.ts'

export interface JobQueue {
  /** Enqueues every job that reacts to a fact, inside the given transaction. */
  react(db: Db, factName: string, payload: object): Promise<void>
  /** Says when scheduled jobs are due: by the clock of this time zone, from now on. */
  schedule(timeZone: string): Promise<void>
  /** Starts working on jobs in this process. */
  work(run: (work: (context: Context) => Promise<void>) => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** Durable jobs in the same database. The queue only wakes work; what is due is a query of the job itself at the moment it is handed. */
export async function startJobQueue(url: string, jobs: readonly Job[], log: Log): Promise<JobQueue> {
  const boss = new PgBoss({ connectionString: url, schema: 'pgboss', max: 4, application_name: 'patron-jobs' })
  boss.on('error', (error) => log.warn({ err: error }, 'The job queue lost its database for a moment'))
  await boss.start()
  // Most starts find them all, and each would be asked for by a statement of its own.
  const known = new Set((await boss.getQueues()).map(({ name }) => name))
  for (const job of jobs.filter(({ name }) => !known.has(name)))
    await boss.createQueue(job.name, { retryLimit: 8, retryBackoff: true, retryDelay: 2, policy: job.every ? 'short' : 'standard' })
  return {
    async react(db, factName, payload) {
      for (const job of jobs) if (job.on?.name === factName) await boss.send(job.name, payload, { db: fromKysely(db) })
    },
    async schedule(timeZone) {
      for (const job of jobs) if (job.every) await boss.schedule(job.name, job.every, {}, { tz: timeZone })
    },
    async work(run) {
      for (const job of jobs) {
        await boss.work(job.name, { pollingIntervalSeconds: job.every ? 10 : 1, batchSize: 1 }, async (batch) => {
          for (const { data } of batch) await run((context) => job.run(context, (job.on ? job.on.payload.parse(data) : {}) as never))
        })
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  }
}

/** A queue for processes that neither publish nor work, such as the making of documents. */
export const silentQueue: JobQueue = { react: async () => {}, schedule: async () => {}, work: async () => {}, stop: async () => {} }
