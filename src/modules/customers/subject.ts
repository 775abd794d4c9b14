import type { Mention, Subject } from '#platform/subject/subject.ts'
import { isKnownPerson, markErased, runsOfPerson, wordsOfPerson } from './store/person.ts'
import { renewArchives } from './store/renewal.ts'
import { customerTables } from './store/subject.ts'

/** What becomes of an archive when two are merged, one is exported, or one is erased. */
export const customerSubject: Subject = {
  tables: customerTables,
  renew: ({ db }, customerIds) => renewArchives(db, customerIds),
  words: wordsOfPerson,
  runs: runsOfPerson,
  erased: ({ db, now }, customerIds) => markErased(db, customerIds, now),
  isKnown: isKnownPerson,
}

/** Searches that somebody saved may hold a name. */
export const customerMentions: readonly Mention[] = [
  { table: 'customers.saved_view', key: ['id'], columns: ['definition'], how: 'strike' },
  { table: 'customers.segment', key: ['id'], columns: ['definition'], how: 'strike' },
]
