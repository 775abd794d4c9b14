import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import type { SubjectTable } from './subject.ts'

/** A row as it lies, without the columns that are not exported. */
export type ExportedRow = Readonly<Record<string, unknown>>

/** The tables that a person's export holds. */
export const exportedTables = (tables: readonly SubjectTable[]): readonly SubjectTable[] =>
  tables.filter(({ unexported }) => unexported?.['*'] === undefined)

const batch = 1000

/** Everything that a table holds about a person under any of their ids, batch by batch in the order of its key. */
export async function* exportRows(db: Db, table: SubjectTable, customerIds: readonly string[]): AsyncGenerator<readonly ExportedRow[]> {
  const id = table.customerColumn ?? 'customer_id'
  const order = [id, ...table.key].map((column) => sql.ref(`t.${column}`))
  const without = Object.keys(table.unexported ?? {})
  const rest = table.unexportedRows
  const told = rest ? sql`${sql.ref(`t.${rest.column}`)} <> all(${[...rest.values]}::text[])` : sql`true`
  let after: Readonly<Record<string, unknown>> | null = null
  for (;;) {
    const behind = sql`(${sql.join(order)}) > (select ${sql.join([id, ...table.key].map((column) => sql.ref(`p.${column}`)))}
      from jsonb_populate_record(null::${sql.table(table.table)}, ${JSON.stringify(after)}::jsonb) p)`
    const read: { rows: { row: ExportedRow; place: Readonly<Record<string, unknown>> }[] } = await sql<{
      row: ExportedRow
      place: Readonly<Record<string, unknown>>
    }>`
      select to_jsonb(t) - ${without}::text[] as row, to_jsonb(t) as place from ${sql.table(table.table)} t
      where ${sql.ref(`t.${id}`)} = any(${customerIds}::uuid[]) and ${told} and ${after === null ? sql`true` : behind}
      order by ${sql.join(order)} limit ${sql.lit(batch)}`.execute(db)
    if (read.rows.length > 0) yield read.rows.map(({ row }) => row)
    if (read.rows.length < batch) return
    after = read.rows.at(-1)!.place
  }
}
