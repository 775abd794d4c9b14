import type { SubjectTable } from '#platform/subject/subject.ts'

/** Each table of this module that holds something about a customer; what leans on another comes after it. That something was owed and done stays when a person is erased, not what. */
export const commitmentTables: readonly SubjectTable[] = [
  {
    table: 'commitments.commitment',
    key: ['id'],
    merge: 'move',
    erase: { blank: { title: '—', note: null, place: null, purpose: '—', plan: null, theirs: '{}', steps: '[]', outcome: null } },
  },
  {
    table: 'commitments.event',
    key: ['id'],
    merge: 'move',
    leansOn: [{ table: 'commitments.commitment', column: 'commitment_id' }],
    erase: { blank: { changes: '{}', note: null } },
  },
  { table: 'commitments.cadence', key: [], merge: 'move', erase: 'keep' },
  { table: 'commitments.worksheet', key: [], merge: 'move', erase: 'delete' },
  { table: 'commitments.account_service', key: ['id'], merge: 'move', erase: 'delete' },
  { table: 'commitments.proposal', key: ['id'], merge: 'move', erase: { blank: { note: null } } },
  {
    table: 'commitments.signal',
    key: ['id'],
    merge: 'move',
    erase: { blank: { text: '—', source: null, judgement: null, reaction: null } },
  },
]
