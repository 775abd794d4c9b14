/** In which languages the list of customers can be taken away as a file. */
export { languages as exportLanguages } from '#modules/organization/domain.ts'

/** Words for people, or keys for programs, which never change. */
export const exportHeadings = ['words', 'keys'] as const
