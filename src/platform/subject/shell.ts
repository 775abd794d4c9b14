import type { Mention, Subject } from './subject.ts'

/** What the shell itself holds about customers: facts stay, so that what happened can be counted, without the person's words; the log of erasures stays as proof. */
export const shellSubject: Subject = {
  tables: [
    { table: 'platform.fact', key: ['id'], merge: 'stay', erase: { strike: ['payload'] } },
    { table: 'platform.erasure_log', key: ['id'], merge: 'stay', erase: 'keep' },
  ],
}

/** Where the shell may mention a person without their id. */
export const shellMentions: readonly Mention[] = [
  { table: 'platform.run', key: ['id'], columns: ['input', 'position', 'progress', 'result', 'problem'], how: 'strike' },
  { table: 'platform.import_mapping', key: ['kind', 'name'], columns: ['definition'], how: 'strike' },
  { table: 'pgboss.job', key: ['name', 'id'], columns: ['data', 'output'], how: 'strike' },
  { table: 'platform.idempotency', key: ['actor', 'key'], columns: ['outcome'], how: 'delete' },
]
