import type { Language } from '../domain.ts'

/** What a role that the company made is called. A language without a word borrows from another. */
export type RoleNames = Readonly<Record<Language, string>>

/**
 * The short word by which programs, the command line and the trail know a role for good, also when it is renamed: small letters of its first name in Latin letters, `role` where there is
 * none, with a number where the word is taken.
 */
export function roleKey(names: RoleNames, taken: ReadonlySet<string>): string {
  const words = Object.values(names).map((name) =>
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{Mark}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 40)
      .replace(/^[-\d]+|-+$/g, ''),
  )
  const word = words.find((one) => one.length > 1) ?? 'role'
  if (!taken.has(word)) return word
  for (let number = 2; ; number++) if (!taken.has(`${word}-${number}`)) return `${word}-${number}`
}

/** Whether two roles would be called the same by somebody. */
export const soundAlike = (a: RoleNames, b: RoleNames): boolean =>
  (Object.keys(a) as Language[]).some((language) => a[language] !== '' && a[language].toLowerCase() === b[language].toLowerCase())
