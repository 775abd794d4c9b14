import { sql } from 'kysely'
import { type BinaryRows, copyIn, copyOut, placeOfWord, plainDay, readDay, readInt8 } from '#platform/database/binary-copy.ts'
import type { Db } from '#platform/database/connection.ts'
import { idText } from '../domain/id-index.ts'
import type { FormerFigures } from '../domain/material-change.ts'
import { type TierReason, tierReasons } from '../domain/tier-reason.ts'
import { type Tier, tierCode, tiers, type ValueLabel, valueLabels } from '../domain/tiers.ts'
import type { ValuationFigures } from '../domain/valuation-score.ts'

/** Rows to be written: places in the arrays, which have one place per customer, sixteen bytes of `ids` each. */
export interface AssessmentRows {
  readonly runId: string
  readonly asOf: string
  readonly ids: Uint8Array
  readonly places: Int32Array
  readonly figures: ValuationFigures
  readonly tierReason: Uint8Array
}

const columns = `customer_id, as_of, run_id, tier, tier_reason, value_label, recency_score, frequency_score, monetary_score,
  profit_minor, lifetime_value_minor, expected_spend_minor, expected_orders, probability_alive, probability_ordering`

/**
 * Reads the last assessment up to a day of every customer. `place` finds the customer's place by the id, −1 for one who is no longer there; their ids come back, so
 * that their past can go, too. The table is read as it lies and the newest row is picked here: sorting it by customer takes the server longer than everything else.
 */
export async function readFormer(
  db: Db,
  asOf: string,
  place: (bytes: Uint8Array, at: number) => number,
  into: FormerFigures,
): Promise<string[]> {
  const gone = new Set<string>()
  await copyOut(
    db,
    `select customer_id, as_of, tier, tier_reason, value_label, profit_minor, lifetime_value_minor, probability_ordering
     from value.assessment where as_of <= '${plainDay(asOf)}'`,
    8,
    (bytes, start, length) => {
      const i = place(bytes, start[0]!)
      if (i < 0) return void gone.add(idText(bytes.subarray(start[0]!, start[0]! + 16), 0))
      const day = readDay(bytes, start[1]!)
      if (into.tier[i] !== 0 && day <= into.asOfDay[i]!) return
      into.asOfDay[i] = day
      into.tier[i] = placeOfTier(bytes, start[2]!, length[2]!) + 1
      into.tierReason[i] = placeOfReason(bytes, start[3]!, length[3]!)
      into.valueLabel[i] = placeOfLabel(bytes, start[4]!, length[4]!) + 1
      into.profit[i] = readInt8(bytes, start[5]!)
      into.lifetimeValue[i] = readInt8(bytes, start[6]!)
      into.probabilityOrdering[i] = length[7] === -1 ? Number.NaN : bytes.readFloatBE(start[7]!)
    },
  )
  return [...gone]
}

const placeOfTier = placeOfWord(tiers)
const placeOfReason = placeOfWord(tierReasons)
const placeOfLabel = placeOfWord(valueLabels)

/** The same for some customers; `ids` says who has which place. */
export async function formerOf(db: Db, asOf: string, ids: readonly string[], into: FormerFigures): Promise<void> {
  const places = new Map(ids.map((id, i) => [id, i]))
  const { rows } = await sql<{
    customerId: string
    day: number
    tier: Tier
    tierReason: TierReason
    valueLabel: ValueLabel
    profit: number
    lifetimeValue: number
    ordering: number | null
  }>`select distinct on (customer_id) customer_id as "customerId", as_of - date '1970-01-01' as day, tier, tier_reason as "tierReason",
      value_label as "valueLabel", profit_minor as profit, lifetime_value_minor as "lifetimeValue", probability_ordering as ordering
    from value.assessment where customer_id = any(${sql.val(ids)}::uuid[]) and as_of <= ${asOf}::date
    order by customer_id, as_of desc`.execute(db)
  for (const row of rows) {
    const i = places.get(row.customerId)!
    into.asOfDay[i] = row.day
    into.tier[i] = tierCode(row.tier)
    into.tierReason[i] = tierReasons.indexOf(row.tierReason)
    into.valueLabel[i] = valueLabels.indexOf(row.valueLabel) + 1
    into.profit[i] = row.profit
    into.lifetimeValue[i] = row.lifetimeValue
    into.probabilityOrdering[i] = row.ordering ?? Number.NaN
  }
}

/** Takes away the assessments of customers who are no more. */
export async function forgetAssessments(db: Db, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += 10_000)
    await sql`delete from value.assessment where customer_id = any(${ids.slice(from, from + 10_000)}::uuid[])`.execute(db)
}

/** Writes dated rows in one stream; a row of the same customer and day is replaced. Into an empty table directly, which the caller's lock keeps empty meanwhile. */
export async function writeAssessments(db: Db, rows: AssessmentRows): Promise<void> {
  if (rows.places.length === 0) return
  if (rows.places.length <= fewRows) return insertSome(db, rows)
  const { rows: there } = await sql`select 1 from value.assessment limit 1`.execute(db)
  if (there.length === 0) return stream(db, 'value.assessment', rows)
  await sql`create temporary table assessment_given (like value.assessment) on commit drop`.execute(db)
  await stream(db, 'assessment_given', rows)
  await sql
    .raw(
      `insert into value.assessment (${columns}) select ${columns} from assessment_given order by customer_id
       on conflict (customer_id, as_of) do update set ${replaced.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    )
    .execute(db)
  await sql`drop table assessment_given`.execute(db)
}

/** Up to here one statement with its values is cheaper than a table of its own. */
const fewRows = 2_000

async function insertSome(db: Db, rows: AssessmentRows): Promise<void> {
  const { figures } = rows
  const score = (code: number) => (code === 0 ? null : code)
  // The server refuses what is too small for a real instead of taking it for 0.
  const known = (value: number) => (Number.isNaN(value) ? null : Math.fround(value))
  await db
    .insertInto('value.assessment')
    .values(
      Array.from(rows.places, (i) => ({
        customer_id: idText(rows.ids, i),
        as_of: rows.asOf,
        run_id: rows.runId,
        tier: tiers[figures.tier[i]! - 1]!,
        tier_reason: tierReasons[rows.tierReason[i]!]!,
        value_label: labelOf(figures.valueLabel[i]!),
        recency_score: score(figures.recencyScore[i]!),
        frequency_score: score(figures.frequencyScore[i]!),
        monetary_score: score(figures.monetaryScore[i]!),
        profit_minor: Math.round(figures.profit[i]!),
        lifetime_value_minor: whole(figures.lifetimeValue[i]!),
        expected_spend_minor: whole(figures.expectedOrders[i]! * figures.expectedSpend[i]!),
        expected_orders: known(figures.expectedOrders[i]!) ?? 0,
        probability_alive: known(figures.probabilityAlive[i]!),
        probability_ordering: known(figures.probabilityOrdering[i]!),
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['customer_id', 'as_of'])
        .doUpdateSet((e) => Object.fromEntries(replaced.map((name) => [name, e.ref(`excluded.${name}` as 'excluded.tier')]))),
    )
    .execute()
}

const replaced = columns
  .split(',')
  .map((name) => name.trim())
  .slice(2)

const stream = (db: Db, table: string, rows: AssessmentRows): Promise<void> =>
  copyIn(db, `${table} (${columns})`, async (out) => {
    const run = Buffer.from(rows.runId.replaceAll('-', ''), 'hex')
    const day = Date.parse(plainDay(rows.asOf)) / 86_400_000
    for (const i of rows.places) {
      writeRow(out, rows, i, run, day)
      if (out.full) await out.flush()
    }
  })

function writeRow(out: BinaryRows, { ids, figures, tierReason }: AssessmentRows, i: number, run: Buffer, day: number): void {
  out.row(15)
  out.uuid(ids, i * 16)
  out.day(day)
  out.uuid(run, 0)
  out.text(tiers[figures.tier[i]! - 1]!)
  out.text(tierReasons[tierReason[i]!]!)
  out.text(labelOf(figures.valueLabel[i]!))
  for (const score of [figures.recencyScore[i]!, figures.frequencyScore[i]!, figures.monetaryScore[i]!]) {
    if (score === 0) out.null()
    else out.int2(score)
  }
  out.int8(Math.round(figures.profit[i]!))
  out.int8(whole(figures.lifetimeValue[i]!))
  out.int8(whole(figures.expectedOrders[i]! * figures.expectedSpend[i]!))
  out.float4(Number.isNaN(figures.expectedOrders[i]!) ? 0 : figures.expectedOrders[i]!)
  for (const probability of [figures.probabilityAlive[i]!, figures.probabilityOrdering[i]!]) {
    if (Number.isNaN(probability)) out.null()
    else out.float4(probability)
  }
}

/** Customers without scores (never bought, or profiling switched off) count as low: nothing is known that would lift them. */
export const labelOf = (code: number): ValueLabel => (code === 0 ? 'low' : valueLabels[code - 1]!)
const whole = (value: number): number => (Number.isNaN(value) ? 0 : Math.round(value))

export interface Assessment {
  readonly asOf: string
  readonly runId: string
  readonly tier: Tier
  readonly tierReason: TierReason
  readonly valueLabel: ValueLabel
  readonly recencyScore: number | null
  readonly frequencyScore: number | null
  readonly monetaryScore: number | null
  readonly profitMinor: number
  readonly lifetimeValueMinor: number
  readonly expectedSpendMinor: number
  readonly expectedOrders: number
  readonly probabilityAlive: number | null
  readonly probabilityOrdering: number | null
}

/** One customer's assessments, newest first, before a day. */
export async function assessmentsOf(db: Db, customerId: string, before: string | null, limit: number): Promise<Assessment[]> {
  let query = db
    .selectFrom('value.assessment')
    .select([
      'as_of as asOf',
      'run_id as runId',
      'tier',
      'tier_reason as tierReason',
      'value_label as valueLabel',
      'recency_score as recencyScore',
      'frequency_score as frequencyScore',
      'monetary_score as monetaryScore',
      'profit_minor as profitMinor',
      'lifetime_value_minor as lifetimeValueMinor',
      'expected_spend_minor as expectedSpendMinor',
      'expected_orders as expectedOrders',
      'probability_alive as probabilityAlive',
      'probability_ordering as probabilityOrdering',
    ])
    .where('customer_id', '=', customerId)
  if (before) query = query.where('as_of', '<', before)
  const rows = await query.orderBy('as_of', 'desc').limit(limit).execute()
  return rows as Assessment[]
}
