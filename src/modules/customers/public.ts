/** What other modules may use of customers. */

export { approachesTo } from './actions/approaches.ts'
export { mayContact, thoseWhoMayBeContacted } from './actions/consent.ts'
export { seesFigures } from './actions/figures.ts'
export { addNewcomer, customerReachedBy, customersReachedBy, type Newcomer, type Reachable } from './actions/newcomers.ts'
export { noteUsedCompetitors } from './actions/people.ts'
export { customersBySegment, membersOfSegment, segmentsOfCustomer } from './actions/segments.ts'
export { correctTouch, type GivenParts, noteTouch } from './actions/touches.ts'
export { comingDays, keptOn } from './domain/birthdays.ts'
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
export { type ConsentChannel, consentChannels, servicePurpose } from './domain/consent.ts'
export { comparableEmail, comparablePhone } from './domain/contact.ts'
export type { Approach } from './domain/contact-ways.ts'
export { nobodys } from './domain/customer-list.ts'
export { handOverKind } from './domain/hand-over.ts'
export { type Channel, channels, type Stage, stages, type TouchTotals } from './domain/interaction.ts'
export {
  colleaguesMentioned,
  consentChanged,
  customerChanged,
  customerCreated,
  customerErased,
  customersHandedOver,
  customersImported,
  customersMerged,
  departureHandedOver,
  interactionChanged,
  interactionLogged,
  mergeUndone,
  needNoted,
  profilingChanged,
  relationChanged,
} from './facts.ts'
export {
  accountsOf,
  birthdaysOf,
  type Identity,
  identitiesOf,
  referredBy,
  type TouchMoment,
  touchesSince,
  untouchedArchives,
  untouchedOfNobody,
  writeOwners,
} from './store/accounts.ts'
export { allSuccessors, successorsOf } from './store/aliases.ts'
export { figuresOf, figuresOfMany, type GivenFigures, writeBook } from './store/book.ts'
export { type BookMark, markBook, type StagedBook, stageBook } from './store/book-rewrite.ts'
export { type CustomersToEnsure, type EnsuredCustomers, ensureCustomers } from './store/ensure.ts'
export { type Followed, followedBy, noteFollowed, stillHandedOver } from './store/followed.ts'
export { type Interaction, insertInteractions, listInteractions, type Touch, touchById } from './store/interactions.ts'
export { listCustomers } from './store/list.ts'
export { archiveIsEmpty, buildListIndexes, dropListIndexes } from './store/list-indexes.ts'
export {
  countCustomers,
  customerExists,
  customerLanguage,
  customerNames,
  customerOwners,
  customersOfOwner,
  customersWithin,
  eachCustomer,
  eachCustomerId,
  eachTouchTotal,
  holdCustomers,
  profilingOff,
  profilingOffOf,
  readProfilingOff,
  touchTotals,
} from './store/lookups.ts'
export { type CustomerNeed, needCalled, needsOf, productsWithNeed } from './store/needs.ts'
export { isKnownPerson as isKnownCustomer } from './store/person.ts'
export { type ReasonToStay, type RemovalRange, type Removed, removeCustomersMadeBy } from './store/removal.ts'
export { idsOfOtherRoles, otherRolesOf } from './store/roles.ts'
export { sharedSegments } from './store/segments.ts'
export { archiveSize, countTouches, sampledCompleteness } from './store/size.ts'
export { sourceId, sourceNames } from './store/sources.ts'
export { partsOf as touchParts } from './store/touch-parts.ts'
export { boughtElsewhere, mostElsewhere } from './store/wallet.ts'
