import type { Db } from './connection.ts'

/**
 * What is looked up again and again within one transaction is read once in it, so that one and the same act also never follows two versions of a rule. Outside of transactions everything is read
 * anew. Whoever changes what is remembered calls `forget`.
 */
export function remembered<T>(db: Db, key: string, read: () => Promise<T>): Promise<T> {
  if (!db.isTransaction) return read()
  const known = found.get(db) ?? new Map<string, Promise<unknown>>()
  found.set(db, known)
  const before = known.get(key) as Promise<T> | undefined
  if (before) return before
  const now = read()
  known.set(key, now)
  // What failed once is tried again.
  now.catch(() => known.delete(key))
  return now
}

/** Everything is read anew from here on: after a write, and where what was written is undone. */
export function forget(db: Db): void {
  found.delete(db)
}

const found = new WeakMap<Db, Map<string, Promise<unknown>>>()
