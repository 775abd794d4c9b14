/** How customers are contacted and where in the relation to a purchase: the words of the archive. */
export { type Channel, channels, type Stage, stages } from '#modules/customers/domain/interaction.ts'
