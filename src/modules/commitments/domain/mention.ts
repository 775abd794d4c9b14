/** Whom a text names: as in the archive. */
export { mentionedIn } from '#modules/customers/domain/mention.ts'
