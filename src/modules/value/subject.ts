import type { Subject } from '#platform/subject/subject.ts'
import { rescoreCustomers } from './runs/rescore.ts'
import { valueTables } from './store/subject.ts'

/** What becomes of figures and decisions when two customers are merged, one is exported, or one is erased. */
export const valueSubject: Subject = { tables: valueTables, renew: rescoreCustomers }
