/** What other modules may use of customers. */
export {
  type Activity,
  activities,
  type BookColumns,
  type BookFigures,
  noCode,
  noDay,
  type Tier,
  tiers,
  type ValueLabel,
  valueLabels,
} from './domain/book.ts'
export { comparableEmail, comparablePhone } from './domain/contact.ts'
export { type Channel, channels, type Stage, stages, type TouchTotals } from './domain/interaction.ts'
export { customerChanged, customerCreated, customersImported, interactionLogged, profilingChanged } from './facts.ts'
export { type BookRow, completeBook, figuresOf, writeBook } from './store/book.ts'
export { type BookMark, markBook, rewriteBook } from './store/book-rewrite.ts'
export { type CustomersToEnsure, type EnsuredCustomers, ensureCustomers } from './store/ensure.ts'
export { type Interaction, insertInteractions } from './store/interactions.ts'
export { archiveIsEmpty, buildListIndexes, dropListIndexes } from './store/list-indexes.ts'
export {
  countCustomers,
  customerExists,
  customerNames,
  eachCustomer,
  eachCustomerId,
  eachTouchTotal,
  figuresOfMany,
  holdCustomers,
  profilingOff,
  profilingOffOf,
  readProfilingOff,
  touchTotals,
} from './store/lookups.ts'
export { type ReasonToStay, type RemovalRange, type Removed, removeCustomersMadeBy } from './store/removal.ts'
export { archiveSize, sampledCompleteness } from './store/size.ts'
export { sourceId, sourceNames } from './store/sources.ts'
