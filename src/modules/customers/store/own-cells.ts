import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { OwnCells } from '../domain/merge-own.ts'
import type { OwnCell } from '../domain/own-fields.ts'

/** Everything that own fields of some customers hold, as it is stored, also of fields that were removed. */
export async function readOwnCells(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, OwnCells>> {
  const { rows } = await sql<{ customerId: string; fieldId: string } & StoredCell>`
    select customer_id as "customerId", field_id as "fieldId", word, number, passage from customers.own_value
    where customer_id = any(${customerIds}::uuid[]) order by customer_id, field_id, place`.execute(db)
  return new Map(
    [...Map.groupBy(rows, (row) => row.customerId)].map(([id, cells]) => [
      id,
      Object.fromEntries([...Map.groupBy(cells, (cell) => cell.fieldId)].map(([field, own]) => [field, own.map(plainCell)])),
    ]),
  )
}

export type StoredCell = Pick<OwnCell, 'word' | 'number'> & { readonly passage: string | null }
export const plainCell = ({ word, number, passage }: StoredCell): OwnCell =>
  passage === null ? { word, number } : { word, number, passage }

/** Takes away what some own fields of a customer hold. */
export async function takeOwnCells(db: Db, customerId: string, fieldIds: readonly string[]): Promise<void> {
  if (fieldIds.length === 0) return
  await sql`delete from customers.own_value where customer_id = ${customerId}::uuid and field_id = any(${fieldIds}::uuid[])`.execute(db)
}

/** Gives own fields of a customer, which hold nothing, what is to stand there. */
export async function putOwnCells(db: Db, customerId: string, cells: OwnCells): Promise<void> {
  const rows = Object.entries(cells).flatMap(([fieldId, own]) => own.map((cell, place) => ({ fieldId, place, ...cell })))
  if (rows.length === 0) return
  await sql`
    insert into customers.own_value (customer_id, field_id, place, word, number, passage)
    select ${customerId}::uuid, x.* from unnest(${rows.map((row) => row.fieldId)}::uuid[], ${rows.map((row) => row.place)}::smallint[],
      ${rows.map((row) => row.word)}::text[], ${rows.map((row) => row.number)}::float8[], ${rows.map((row) => row.passage ?? null)}::text[]) x`.execute(
    db,
  )
}
