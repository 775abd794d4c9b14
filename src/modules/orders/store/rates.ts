import { sql } from 'kysely'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import { type CatalogueCounts, type CatalogueWriter, keepCatalogue } from './catalogue.ts'

export interface DayRate {
  readonly currency: string
  readonly day: string
  /** What one unit is worth in the organization's currency, as decimal text. */
  readonly rate: string
}

/** Newest days first. */
export async function listRates(db: Db, after: Place | null, limit: number): Promise<DayRate[]> {
  let query = db.selectFrom('orders.day_rate').select(['currency', 'day', 'rate'])
  if (after) query = query.where(sql<boolean>`(day, currency) < (${after[0]}::date, ${after[1]}::text)`)
  return query.orderBy('day', 'desc').orderBy('currency', 'desc').limit(limit).execute()
}

/** Whoever sets single rates waits here for whoever does the same, also where there is none yet. */
export const holdRates = (db: Db) => sql`select pg_advisory_xact_lock(hashtext('orders.day_rate'))`.execute(db)

/** The rate of one currency on one day, null where there is none. */
export async function rateOn(db: Db, { currency, day }: { readonly currency: string; readonly day: string }): Promise<string | null> {
  return (await ratesOn(db, [{ currency, day }])).get(`${currency} ${day}`) ?? null
}

export async function writeRates(db: Db, rates: readonly DayRate[], by: CatalogueWriter): Promise<CatalogueCounts> {
  const keyOf = (r: { currency: string; day: string }) => `${r.currency} ${r.day}`
  const there = await sql<DayRate>`
    select r.currency, r.day, r.rate from orders.day_rate r
    join unnest(${rates.map((r) => r.currency)}::text[], ${rates.map((r) => r.day)}::date[]) as x (currency, day) on r.currency = x.currency and r.day = x.day`.execute(
    db,
  )
  const before = new Map(there.rows.map((r) => [keyOf(r), r.rate]))
  const written = rates.filter((r) => Number(before.get(keyOf(r))) !== Number(r.rate))
  await keepCatalogue(db, 'rate', written.map(keyOf), by)
  if (written.length > 0)
    await sql`
      insert into orders.day_rate (currency, day, rate, run_id, updated_at)
      select x.currency, x.day, x.rate, ${by.runId}::uuid, ${by.now}::timestamptz
      from unnest(${written.map((r) => r.currency)}::text[], ${written.map((r) => r.day)}::date[], ${written.map((r) => r.rate)}::numeric[]) as x (currency, day, rate)
      on conflict (currency, day) do update set rate = excluded.rate, run_id = excluded.run_id, updated_at = excluded.updated_at`.execute(
      db,
    )
  const made = written.filter((r) => !before.has(keyOf(r))).length
  return { new: made, changed: written.length - made, unchanged: rates.length - written.length }
}

/** All rates: decimal text by currency and day. Some currencies over some years fit into memory. */
export async function allRates(db: Db): Promise<Map<string, Map<string, string>>> {
  const rates = new Map<string, Map<string, string>>()
  for (const { currency, day, rate } of await db.selectFrom('orders.day_rate').select(['currency', 'day', 'rate']).execute()) {
    const days = rates.get(currency) ?? new Map<string, string>()
    rates.set(currency, days.set(day, plain(rate)))
  }
  return rates
}

/** Rates of some currencies on some days, side by side: decimal text by `CUR YYYY-MM-DD`; where there is none it is missing. */
export async function ratesOn(
  db: Db,
  wanted: readonly { readonly currency: string; readonly day: string }[],
): Promise<Map<string, string>> {
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<DayRate>`
    select distinct r.currency, r.day, r.rate from orders.day_rate r
    join unnest(${wanted.map(({ currency }) => currency)}::text[], ${wanted.map(({ day }) => day)}::date[]) as x (currency, day)
      on r.currency = x.currency and r.day = x.day`.execute(db)
  return new Map(rows.map(({ currency, day, rate }) => [`${currency} ${day}`, plain(rate)]))
}

export async function deleteRate(db: Db, currency: string, day: string): Promise<boolean> {
  return (
    (await db.deleteFrom('orders.day_rate').where('currency', '=', currency).where('day', '=', day).returning('day').executeTakeFirst()) !==
    undefined
  )
}

const plain = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text)
