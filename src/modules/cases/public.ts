/** What other modules may use of cases. */
export { emptyRecord, type Opening, openCase } from './actions/opening.ts'
export { type PastAct, type PastCase, recordPast } from './actions/past.ts'
export { watchCauses } from './actions/watching.ts'
export { casesActions } from './actions.ts'
export { type CaseRecord, type EventKind, happened, type Kinds, type NewEvent } from './domain/event.ts'
export { complaintReasons, type Kind as CaseKind, type RemedyKind } from './domain/taxonomy.ts'
export { caseActed, caseOpened, caseStateChanged } from './facts.ts'
export { caseById } from './store/cases.ts'
