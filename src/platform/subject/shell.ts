import type { Mention, Subject } from './subject.ts'

/** What only serves to prove that nothing was changed. */
const sealed = {
  personal_salt: 'random bytes beside the personal part',
  personal_hash: 'the hash of the personal part, for the seal',
  block: 'the number of the seal',
}

/** What the shell itself holds about customers: facts and looks stay, so that the seals hold, without their personal part; the log of erasures stays as proof. */
export const shellSubject: Subject = {
  tables: [
    { table: 'platform.fact', key: ['id'], merge: 'stay', erase: { blank: { personal: null, personal_salt: null } }, unexported: sealed },
    {
      table: 'platform.personal_read',
      key: ['id'],
      merge: 'stay',
      erase: { blank: { personal: null, personal_salt: null } },
      unexported: sealed,
    },
    // A link that was made for somebody leads to them also when their archive has become another's.
    {
      table: 'platform.private_link',
      key: ['id'],
      merge: 'stay',
      erase: 'delete',
      unexported: { token_hash: 'the hash of a secret' },
    },
    { table: 'platform.erasure_log', key: ['id'], merge: 'stay', erase: 'keep' },
  ],
}

/** Where the shell may mention a person without their id. */
export const shellMentions: readonly Mention[] = [
  { table: 'platform.run', key: ['id'], columns: ['input', 'position', 'progress', 'result', 'problem'], how: 'strike' },
  { table: 'platform.import_mapping', key: ['kind', 'name'], columns: ['definition'], how: 'strike-whole' },
  { table: 'platform.webhook_delivery', key: ['id'], columns: ['body'], how: 'strike' },
  { table: 'pgboss.job', key: ['name', 'id'], columns: ['data', 'output'], how: 'strike' },
  { table: 'platform.idempotency', key: ['actor', 'key'], columns: ['outcome'], how: 'delete' },
]
