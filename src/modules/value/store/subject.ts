import type { SubjectTable } from '#platform/subject/subject.ts'

/**
 * Each table of this module that holds something about a customer. Dated figures are computed: those of two customers, laid into one history, would tell of movements that nobody made, so a merge
 * puts them away and values the survivor anew.
 */
export const valueTables: readonly SubjectTable[] = [
  { table: 'value.service_cost', key: ['cause', 'cause_id'], merge: 'move', erase: 'keep' },
  { table: 'value.assessment', key: ['as_of'], merge: 'derive', erase: 'keep' },
  {
    table: 'value.recheck',
    key: [],
    merge: 'derive',
    erase: 'delete',
    unexported: { '*': 'a note that the figures are to be computed again' },
  },
  { table: 'value.tier_override', key: [], merge: 'move', erase: { blank: { reason: '—' } } },
  { table: 'value.strategic_customer', key: [], merge: 'move', erase: { blank: { note: null } } },
  { table: 'value.observation', key: ['id'], merge: 'move', erase: 'delete' },
  {
    table: 'value.service_given',
    key: ['id'],
    merge: 'move',
    leansOn: [{ table: 'value.observation', column: 'observation_id' }],
    erase: { blank: { what: '—', reaction: null } },
  },
  { table: 'value.growth_plan', key: [], merge: 'move', erase: 'delete' },
  { table: 'value.treatment', key: ['id'], merge: 'move', erase: { blank: { note: null, decision_note: null } } },
]
