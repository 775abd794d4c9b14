import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { Db } from './connection.ts'
import { sharedReadsOf } from './shared-reads.ts'

/**
 * A statement that each connection parses and plans once and then only runs: for the few reads that happen most, where parsing costs as much as reading. Made once per
 * text, when its file is loaded. Its plan must be good for every value, and it must be short: outside of transactions such reads share a connection.
 */
export function prepared<Row>(text: string): (db: Db, values: readonly unknown[]) => Promise<readonly Row[]> {
  const name = names.get(text) ?? `patron_${names.size + 1}`
  names.set(text, name)
  const statement = { name, text }
  return async (db, values) => {
    const shared = await sharedReadsOf(db)?.rows(statement, values)
    return shared ? (shared as readonly Row[]) : (await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows
  }
}

const names = new Map<string, string>()

/** Teaches a connection to know these statements by their text, so that they take the same way as all others: pool, transaction, limits. */
export function prepareByText(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...words: unknown[]) => unknown
  const preparing = (...words: unknown[]): unknown => {
    const [text, values, ...rest] = words
    const name = typeof text === 'string' && Array.isArray(values) ? names.get(text) : undefined
    return name === undefined ? query(...words) : query({ name, text, values }, ...rest)
  }
  client.query = preparing as typeof client.query
}
