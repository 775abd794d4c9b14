import type { Db } from '#platform/database/connection.ts'
import { importRunKind } from '#platform/imports/import-run.ts'
import { refuse } from '#platform/refusal.ts'
import { openRun } from '#platform/runs/store.ts'
import { countRows, sinceMerge } from '#platform/subject/merge.ts'
import type { SubjectTable } from '#platform/subject/subject.ts'
import { backFrom } from '../domain/merge.ts'
import type { Archive } from '../store/archive.ts'
import type { Merge } from '../store/merges.ts'
import { ownSettled } from './merge-own.ts'

/** A field has as many rows as it holds words; which of them came and went says nothing about whose they are. */
export const ownValueTable = 'customers.own_value'

/** What has changed since a merge that nobody can tell apart: fields that the merge had set, and rows that came or went. */
export async function since(db: Db, tables: readonly SubjectTable[], survivor: Archive, merge: Merge) {
  // The history grows with everything that happens and is told apart by its time alone; own fields are told apart field by field.
  const counted = tables.filter(({ table }) => !['customers.change', 'customers.merge', ownValueTable].includes(table))
  return {
    fields: [
      ...backFrom(merge.changes.fields, survivor.values).since,
      ...(await ownSettled(db, merge.customerId, merge.changes.own ?? [])).newer.map((fieldId) => `own:${fieldId}`),
    ],
    rows: [...(await sinceMerge(db, counted, merge.content, merge.customerId))],
  }
}

/** How many rows of which table a customer has. */
export async function rowsOf(db: Db, tables: readonly SubjectTable[], customerId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const count = await countRows(db, table, customerId)
    if (count > 0) counts[table.table] = count
  }
  return counts
}

/** An import looks once where the ids of its file lead, after it has waited for whoever holds the lock for removal; a merge in the middle of it would be missed. The caller holds that lock. */
export async function refuseDuringImport(db: Db): Promise<void> {
  if (await openRun(db, importRunKind)) throw refuse('conflict', 'import-open', 'A file is being imported; try again when it is in')
}
