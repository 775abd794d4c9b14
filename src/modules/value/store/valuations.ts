import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

export interface Valuation {
  readonly runId: string
  readonly asOf: string
  readonly finishedAt: Date
  readonly customers: number
  readonly settings: unknown
  /** What scoring one customer needs: models, cuts, floors. */
  readonly models: unknown
}

const columns = ['run_id as runId', 'as_of as asOf', 'finished_at as finishedAt', 'customers', 'settings', 'models'] as const

/** The valuation whose figures stand in the book. */
export async function latestValuation(db: Db): Promise<Valuation | undefined> {
  return newest(db).select(columns).executeTakeFirst()
}

/** One part of the latest valuation's summary: what a screen shows, worked out when the book was valued. */
export async function summaryPart(db: Db, part: string): Promise<{ head: ValuationHead; part: unknown } | undefined> {
  const row = await newest(db)
    .select([...headColumns, sql<unknown>`summary -> ${part}`.as('part')])
    .executeTakeFirst()
  if (!row) return undefined
  const { part: found, ...head } = row
  return { head, part: found }
}

export async function valuationById(db: Db, runId: string): Promise<Valuation | undefined> {
  return db.selectFrom('value.valuation').select(columns).where('run_id', '=', runId).executeTakeFirst()
}

export interface ValuationHead {
  readonly runId: string
  readonly asOf: string
  readonly finishedAt: Date
  readonly customers: number
}

export const listValuations = (db: Db, limit: number): Promise<ValuationHead[]> =>
  db.selectFrom('value.valuation').select(headColumns).orderBy('finished_at', 'desc').orderBy('run_id', 'desc').limit(limit).execute()

export async function insertValuation(db: Db, valuation: Valuation & { summary: unknown }): Promise<void> {
  await db
    .insertInto('value.valuation')
    .values({
      run_id: valuation.runId,
      as_of: valuation.asOf,
      finished_at: valuation.finishedAt,
      customers: valuation.customers,
      settings: JSON.stringify(valuation.settings),
      models: JSON.stringify(valuation.models),
      summary: JSON.stringify(valuation.summary),
    })
    .execute()
}

/** Takes the summaries of old valuations away, keeping their models so that old figures can still be explained. */
export async function thinValuations(db: Db, keep: number): Promise<void> {
  await sql`update value.valuation set summary = '{}' where summary <> '{}' and run_id in (
    select run_id from value.valuation order by finished_at desc, run_id desc offset ${keep})`.execute(db)
}

const headColumns = ['run_id as runId', 'as_of as asOf', 'finished_at as finishedAt', 'customers'] as const
const newest = (db: Db) => db.selectFrom('value.valuation').orderBy('finished_at', 'desc').orderBy('run_id', 'desc').limit(1)
