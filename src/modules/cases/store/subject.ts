import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { SubjectTable } from '#platform/subject/subject.ts'

/** Why somebody who is exported is not told. */
const ofStaff = 'which colleague may decide, which is about them'
/** The same of what only lists know. */
const ofClocks = 'when colleagues hear of it and where it stands in their lists, which is about us'
const onCase = [{ table: 'cases.case', column: 'case_id' }]

/** Each table of this module that holds something about a customer; what leans on another comes after it. */
export const caseTables: readonly SubjectTable[] = [
  { table: 'cases.case', key: ['id'], merge: 'move', erase: { blank: { subject: '—', language: null } } },
  {
    table: 'cases.event',
    key: ['case_id', 'seq'],
    merge: 'move',
    leansOn: onCase,
    erase: { blank: { words: null } },
    unexportedRows: {
      column: 'kind',
      values: [
        'penalty-considered',
        'responsibility-settled',
        'escalated',
        'assigned',
        'quality-checked',
        'technique-used',
        'guide-followed',
        'appeal-given',
      ],
      why: 'what colleagues answer for and how they were judged, which is about them',
    },
  },
  { table: 'cases.attachment', key: ['case_id', 'file_id'], merge: 'move', leansOn: onCase, erase: 'delete' },
  {
    table: 'cases.quality_sheet',
    key: ['id'],
    merge: 'move',
    leansOn: onCase,
    erase: { blank: { note: null } },
    unexported: { '*': 'how colleagues were judged, which is about them' },
  },
  {
    table: 'cases.approval',
    key: ['id'],
    merge: 'move',
    leansOn: onCase,
    erase: 'keep',
    unexported: { approver_id: ofStaff, role: ofStaff, decided_by: ofStaff },
  },
  // What was written goes whole; that it was stays in the log.
  { table: 'cases.mail', key: ['id'], merge: 'move', leansOn: onCase, erase: 'delete' },
  // What was said goes whole; that it was said stays in the log.
  { table: 'cases.message', key: ['id'], merge: 'move', leansOn: onCase, erase: 'delete' },
  {
    table: 'cases.figure',
    key: ['case_id'],
    merge: 'move',
    leansOn: onCase,
    // Nobody asks any more whether their cause is gone.
    erase: { blank: { check_on: null, check_days: null } },
    unexported: { '*': 'what reports count of a case, all of which its log says' },
  },
  {
    table: 'cases.contest',
    key: ['case_id', 'id'],
    merge: 'move',
    leansOn: onCase,
    // Days, outcomes and sums without words.
    erase: 'keep',
    unexported: { judge_id: ofStaff, alert_at: ofClocks, alerted_at: ofClocks, rank_at: ofClocks },
  },
  {
    table: 'cases.staff_score',
    key: ['case_id', 'agent_id'],
    merge: 'move',
    leansOn: onCase,
    // Numbers without words, about a colleague.
    erase: 'keep',
    unexported: { '*': 'what the customer gave whoever handled their case, all of which its log says' },
  },
  {
    table: 'cases.improvement',
    key: ['case_id'],
    merge: 'move',
    leansOn: onCase,
    erase: { blank: { text: '—' } },
    unexported: { '*': 'what we want to do better, which is about us' },
  },
  {
    table: 'cases.audit_case',
    key: ['audit_id', 'case_id'],
    merge: 'move',
    leansOn: onCase,
    erase: { blank: { note: null } },
    unexported: { '*': 'how our own work was looked at, which is about us' },
  },
  {
    table: 'cases.archive',
    key: ['case_id'],
    merge: 'move',
    leansOn: onCase,
    erase: 'delete',
    unexported: { '*': 'the words of its log once more, for the search' },
  },
  // That somebody waited and was served stays in the day of the counter, without whose number it was.
  { table: 'cases.ticket_customer', key: ['ticket_id'], merge: 'move', erase: 'delete' },
  // What was published names nobody; that it goes back to somebody is forgotten with them.
  {
    table: 'cases.publication_case',
    key: ['publication_id', 'case_id'],
    merge: 'move',
    leansOn: onCase,
    erase: 'delete',
  },
  { table: 'cases.advisory_member', key: ['id'], merge: 'move', erase: 'delete' },
  { table: 'cases.advisory_attendance', key: ['meeting_id'], merge: 'move', erase: 'delete' },
  // What was noted stays without them; who said it and what became of it goes.
  { table: 'cases.minutes_voice', key: ['item_id'], merge: 'move', leansOn: onCase, erase: 'delete' },
  { table: 'cases.desertion', key: ['id'], merge: 'move', erase: { blank: { note: null } } },
]

/**
 * By what some customers would be recognised beyond their archive: those who complained on their behalf and how these are reached, who comes for them to meetings, and the names and addresses of the mails that came from them and went to
 * them. Our own addresses are none of it.
 */
export async function wordsOfCases(db: Db, customerIds: readonly string[]): Promise<readonly string[]> {
  const theirs = sql`e.customer_id = any(${customerIds}::uuid[])`
  const { rows } = await sql<{ word: string }>`
    select distinct word from (
      select c.said->>p.part as word from cases.event e
        cross join lateral (values (e.words->'record.complainant'), (e.words->'changes.complainant')) c (said)
        cross join (values ('name'), ('contact')) p (part)
        where ${theirs} and e.kind in ('opened', 'changed')
      union all select unnest(array[e.from_name, e.from_address]) from cases.mail e where ${theirs} and e.direction = 'in'
      union all select e.to_address from cases.mail e where ${theirs} and e.direction = 'out'
      union all select e.person from cases.advisory_member e where ${theirs}
      union all select e.person from cases.advisory_attendance e where ${theirs}
    ) words where word is not null and btrim(word) <> ''`.execute(db)
  return rows.map(({ word }) => word)
}
