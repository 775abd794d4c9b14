/** How customers may be approached: what they like, allow and refuse, and what that means for each form of contact. */
export { servicePurpose } from '#modules/customers/domain/consent.ts'
export { type Approach, addressedBy, formOf, formsFor, isLeftAlone, standingOf } from '#modules/customers/domain/contact-ways.ts'
/** How customers are contacted and where in the relation to a purchase: the words of the archive. */
export { type Channel, channels, type Stage, stages } from '#modules/customers/domain/interaction.ts'
