import { sql } from 'kysely'
import { type Check, good, look } from '../doctor/check.ts'

const weekMilliseconds = 7 * 86_400_000

/** Long work and background jobs that did not come to their end. */
export const runChecks: readonly Check[] = [
  {
    name: 'runs.failed',
    async run(db, now) {
      const rows = await db
        .selectFrom('platform.run')
        .select(['kind', 'problem'])
        .where('state', '=', 'failed')
        .where('finished_at', '>', new Date(now.getTime() - weekMilliseconds))
        .orderBy('finished_at', 'desc')
        .limit(100)
        .execute()
      if (rows.length === 0) return good('No long work failed within a week.')
      return look(
        `${rows.length} runs failed within a week; the last, ${rows[0]!.kind}: ${rows[0]!.problem ?? 'without a reason'}`,
        'Look at the page “Work”.',
      )
    },
  },
  {
    name: 'runs.stuck',
    async run(db, now) {
      const rows = await db
        .selectFrom('platform.run')
        .select('kind')
        .where('state', 'in', ['waiting', 'running'])
        .where('requested_at', '<', new Date(now.getTime() - 600_000))
        .where((e) => e.or([e('leased_until', 'is', null), e('leased_until', '<', new Date(now.getTime() - 120_000))]))
        .limit(100)
        .execute()
      if (rows.length === 0) return good('No long work waits for a worker.')
      return look(`${rows.length} runs wait for a worker, such as ${rows[0]!.kind}.`, 'Start the product or a worker.')
    },
  },
  {
    name: 'runs.jobs',
    async run(db) {
      const { rows: there } = await sql<{ there: boolean }>`select to_regclass('pgboss.job') is not null as there`.execute(db)
      if (!there[0]!.there) return good('There are no background jobs yet.')
      const { rows } = await sql<{ name: string; jobs: number }>`
        select name, count(*) as jobs from pgboss.job where state = 'failed' group by name order by jobs desc, name limit 20`.execute(db)
      if (rows.length === 0) return good('No background job was given up.')
      return look(
        `Background jobs were given up after several attempts: ${rows.map(({ name, jobs }) => `${name} (${jobs})`).join(', ')}.`,
        'The log says why.',
      )
    },
  },
]
