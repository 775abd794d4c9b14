import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { importRunKind } from '#platform/imports/import-run.ts'
import { runsAmong } from '#platform/runs/store.ts'
import { isLong, isNumeric, type OwnCell, type OwnCondition, type OwnField, type OwnValue, ownValueOf } from '../domain/own-fields.ts'
import { noteChanges, type RecordedChange } from './changes.ts'
import { plainCell, type StoredCell } from './own-cells.ts'

export type OwnValues = Readonly<Record<string, OwnValue>>

/** What the given fields hold of some customers; what is not known is missing. */
export async function readOwnValues(
  db: Db,
  customerIds: readonly string[],
  fields: readonly OwnField[],
): Promise<ReadonlyMap<string, OwnValues>> {
  if (customerIds.length === 0 || fields.length === 0) return new Map()
  const { rows } = await sql<{ customerId: string; fieldId: string } & StoredCell>`
    select customer_id as "customerId", field_id as "fieldId", word, number, passage from customers.own_value
    where customer_id = any(${customerIds}::uuid[]) and field_id = any(${fields.map(({ id }) => id)}::uuid[]) order by customer_id, field_id, place`.execute(
    db,
  )
  const byId = new Map(fields.map((field) => [field.id, field]))
  return new Map(
    [...Map.groupBy(rows, (row) => row.customerId)].map(([id, cells]) => [
      id,
      Object.fromEntries(
        [...Map.groupBy(cells, (cell) => cell.fieldId)].map(([field, own]) => [field, ownValueOf(byId.get(field)!, own.map(plainCell))]),
      ),
    ]),
  )
}

export interface OwnWrite {
  readonly customerId: string
  readonly fieldId: string
  readonly cells: readonly OwnCell[]
  readonly change: RecordedChange
}

/** Replaces values, with their history. For imports `runId` says which run it was. */
export async function writeOwnValues(
  db: Db,
  writes: readonly OwnWrite[],
  by: string,
  now: Date,
  runId: string | null = null,
): Promise<void> {
  if (writes.length === 0) return
  const sorted = writes.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1))
  const owners = sorted.map(({ customerId }) => customerId)
  const fields = sorted.map(({ fieldId }) => fieldId)
  await sql`
    delete from customers.own_value where (customer_id, field_id) in (select * from unnest(${owners}::uuid[], ${fields}::uuid[]))`.execute(
    db,
  )
  const cells = sorted.flatMap(({ customerId, fieldId, cells: own }) => own.map((cell, place) => ({ customerId, fieldId, place, ...cell })))
  if (cells.length > 0)
    await sql`
      insert into customers.own_value (customer_id, field_id, place, word, number, passage)
      select * from unnest(${cells.map((cell) => cell.customerId)}::uuid[], ${cells.map((cell) => cell.fieldId)}::uuid[],
        ${cells.map((cell) => cell.place)}::smallint[], ${cells.map((cell) => cell.word)}::text[], ${cells.map((cell) => cell.number)}::float8[],
        ${cells.map((cell) => cell.passage ?? null)}::text[])`.execute(db)
  await noteChanges(db, sorted, { by, now, runId })
}

/** Deletes every value of a field; how many customers had one. */
export async function purgeOwnValues(db: Db, fieldId: string): Promise<number> {
  const { rows } = await sql<{ customers: number }>`
    with gone as (delete from customers.own_value where field_id = ${fieldId} returning customer_id)
    select count(distinct customer_id)::int as customers from gone`.execute(db)
  return rows[0]!.customers
}

/**
 * How a condition on row `c` is looked for. 'found': the indexes by field and value find those who meet it, so that rare ones are met at once. 'walked': each row is looked at in its turn, which is
 * right where so many meet it that the next one is never far, and which the planner would not do by itself.
 */
export type Looking = 'found' | 'walked'

/** On row `c`: those whose field holds one of the words or pieces, or lies in a range; without any, those of whom something is known. */
export function ownCondition({ field, is, contains, from, to, not }: OwnCondition, looking: Looking): RawBuilder<unknown> {
  const column = isLong(field.type) ? sql`o.passage` : isNumeric(field.type) ? sql`o.number` : sql`o.word`
  const as = isNumeric(field.type) ? sql`::float8` : sql`::text`
  const words = isNumeric(field.type) ? is?.map((word) => (word === 'true' ? 1 : word === 'false' ? 0 : Number(word))) : is
  const met = [
    sql`o.customer_id = c.customer_id`,
    sql`o.field_id = ${field.id}::uuid`,
    sql`${column} is not null`,
    ...(words ? [sql`${column} = any(${words}${as}[])`] : []),
    ...(contains ? [containsAny(sql`${column} collate "default"`, contains)] : []),
    ...(from === null ? [] : [sql`${column} >= ${from}${as}`]),
    ...(to === null ? [] : [sql`${column} <= ${to}${as}`]),
  ]
  const own = sql`from customers.own_value o where ${sql.join(met, sql` and `)}`
  const there = looking === 'found' ? sql`exists (select ${own})` : sql`coalesce((select true ${own} limit 1), false)`
  return not ? sql`not ${there}` : there
}

/** Whether a text holds one of some pieces, whatever their case. */
export const containsAny = (text: RawBuilder<unknown>, pieces: readonly string[]): RawBuilder<unknown> =>
  sql`(${sql.join(
    pieces.map((piece) => sql`strpos(lower(${text}), lower(${piece.trim()}::text)) > 0`),
    sql` or `,
  )})`

/** Own fields (`<customer> own:<field>`) whose present value an import brought: what many were given at once counts as set by hand, unless it was taken back. */
export async function broughtByRuns(db: Db, customerIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ own: string; runs: (string | null)[] }>`
    select customer_id || ' ' || field as own, array_agg(run_id order by changed_at desc, id desc) as runs from customers.change
    where customer_id = any(${customerIds}::uuid[]) and field like 'own:%' group by customer_id, field`.execute(db)
  const known = await rolesOfRuns(db, [...new Set(rows.flatMap(({ runs }) => runs.filter((run) => run !== null)))])
  const last = (runs: readonly (string | null)[]) => runs.find((run) => run === null || known.get(run) !== 'taken-back')
  const isImport = (run: string | null | undefined) => typeof run === 'string' && known.get(run) !== 'other'
  return new Set(rows.filter(({ runs }) => isImport(last(runs))).map(({ own }) => own))
}

/** Of runs that are no imports: whether they were taken back, or did that themselves. */
async function rolesOfRuns(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, 'other' | 'taken-back'>> {
  const runs = (await runsAmong(db, ids)).filter(({ kind }) => kind !== importRunKind)
  return new Map(runs.map(({ id, state, undoOf }) => [id, state === 'undone' || undoOf !== null ? 'taken-back' : 'other']))
}
