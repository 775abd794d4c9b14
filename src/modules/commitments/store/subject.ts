import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { SubjectTable } from '#platform/subject/subject.ts'

/** Each table of this module that holds something about a customer; what leans on another comes after it. That something was owed and done stays when a person is erased, not what. */
export const commitmentTables: readonly SubjectTable[] = [
  {
    table: 'commitments.commitment',
    key: ['id'],
    merge: 'move',
    erase: { blank: { title: '—', note: null, place: null, purpose: '—', plan: null, theirs: '{}', steps: '[]', outcome: null } },
  },
  { table: 'commitments.event', key: ['id'], merge: 'move', erase: { blank: { changes: '{}', note: null } } },
  { table: 'commitments.cadence', key: [], merge: 'move', erase: 'keep' },
  { table: 'commitments.worksheet', key: [], merge: 'move', erase: 'delete' },
  {
    table: 'commitments.signal',
    key: ['id'],
    merge: 'move',
    erase: { blank: { text: '—', source: null, judgement: null, reaction: null } },
  },
]

/** What people wrote about some customers here. */
export async function wordsOfCommitments(db: Db, customerIds: readonly string[]): Promise<readonly string[]> {
  const theirs = sql`customer_id = any(${customerIds}::uuid[])`
  const { rows } = await sql<{ word: string }>`
    select distinct word from (
      select unnest(array[title, note, place, purpose, plan, outcome] || theirs) as word from commitments.commitment where ${theirs}
      union all select note from commitments.event where ${theirs}
      union all select unnest(array[text, source, judgement, reaction]) from commitments.signal where ${theirs}) words
    where word is not null and btrim(word) not in ('', '—')`.execute(db)
  return rows.map(({ word }) => word)
}
