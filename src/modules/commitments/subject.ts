import type { Subject } from '#platform/subject/subject.ts'
import { commitmentTables } from './store/subject.ts'

/** What becomes of commitments and signals when two customers are merged, one is exported, or one is erased. */
export const commitmentSubject: Subject = { tables: commitmentTables }
