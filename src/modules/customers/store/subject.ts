import type { SubjectTable } from '#platform/subject/subject.ts'

const words = 'the words under which the customer is found, made from the name, the contacts and the keys that stand in the other tables'
const working = 'hashes of a search for duplicates that is under way; they are gone when it ends'

const onInteraction = [{ table: 'customers.interaction', column: 'interaction_id' }]

/** Each table of this module that holds something about a customer. */
export const customerTables: readonly SubjectTable[] = [
  {
    table: 'customers.customer',
    key: [],
    merge: 'own',
    erase: {
      blank: {
        name: '—',
        name_key: '—',
        given_name: null,
        family_name: null,
        company: null,
        email: null,
        phone: null,
        gender: null,
        birthday: null,
        language: null,
        address: null,
        city: null,
        region: null,
        country: null,
        postcode: null,
        tags: '{}',
        note: null,
        extended: '{}',
        hand_fields: '{}',
        profiling: false,
        external_key: null,
      },
    },
  },
  { table: 'customers.alias', key: ['customer_id'], customerColumn: 'survivor_id', merge: 'own', erase: 'keep' },
  {
    table: 'customers.merge',
    key: ['id'],
    merge: 'move',
    erase: { blank: { merged_name: '—', choices: '{}', changes: '{}', content: '{"tables":[]}' } },
  },
  { table: 'customers.duplicate', key: ['other_id'], merge: 'stay', erase: 'delete' },
  { table: 'customers.duplicate_key', key: ['key'], merge: 'stay', erase: 'delete', unexported: { '*': working } },
  { table: 'customers.duplicate_pair', key: ['other_id'], merge: 'stay', erase: 'delete', unexported: { '*': working } },
  { table: 'customers.source_record', key: ['source_id', 'external_key'], merge: 'move', erase: 'delete' },
  {
    table: 'customers.source_record_before',
    key: ['run_id', 'source_id', 'external_key'],
    merge: 'move',
    formerRows: ['before'],
    erase: 'delete',
  },
  { table: 'customers.key_person', key: ['id'], merge: 'move', erase: 'delete' },
  { table: 'customers.used_competitor', key: ['id'], merge: 'move', erase: 'delete' },
  { table: 'customers.change', key: ['id'], merge: 'move', erase: { blank: { before: null, after: null } } },
  {
    table: 'customers.contact_point',
    key: ['id'],
    merge: 'move',
    leansOn: [{ table: 'customers.key_person', column: 'person_id' }],
    erase: 'delete',
  },
  { table: 'customers.consent', key: ['id'], merge: 'move', erase: { blank: { note: null } } },
  { table: 'customers.relation', key: ['id'], merge: 'move', peerColumn: 'other_id', erase: 'delete' },
  { table: 'customers.own_value', key: ['field_id', 'place'], merge: 'move', erase: 'delete' },
  { table: 'customers.interaction', key: ['id'], merge: 'move', erase: { blank: { summary: '—', opinion: null, next_step: null } } },
  { table: 'customers.interaction_before', key: ['interaction_id', 'version'], merge: 'move', leansOn: onInteraction, erase: 'delete' },
  { table: 'customers.attachment', key: ['file_id'], merge: 'move', leansOn: onInteraction, erase: 'delete' },
  { table: 'customers.mention', key: ['interaction_id', 'user_id'], merge: 'move', leansOn: onInteraction, erase: 'keep' },
  { table: 'customers.need_note', key: ['need_id', 'interaction_id'], merge: 'move', leansOn: onInteraction, erase: 'delete' },
  { table: 'customers.search_key', key: ['key'], merge: 'derive', erase: 'delete', unexported: { '*': words } },
  // The two halves of the book: a customer stands in one of them.
  { table: 'customers.book_settled', key: [], merge: 'derive', erase: 'keep' },
  { table: 'customers.book_fresh', key: [], merge: 'derive', erase: 'keep' },
  { table: 'customers.erasure', key: ['id'], merge: 'move', erase: { blank: { reason: '—', hold_reason: null } } },
]
