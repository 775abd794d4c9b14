/** What the whole company is told of. 'lesson': what a case taught. 'recurrence': a cause that was thought to be gone. 'said-done': what customers said and what we did. 'notice': anything else. */
export const bulletinKinds = ['lesson', 'recurrence', 'said-done', 'notice'] as const
export type BulletinKind = (typeof bulletinKinds)[number]

/** Where a bulletin comes from. */
export interface Origin {
  readonly module: string
  readonly id: string
}

/**
 * What in a text would lead to a person: addresses and numbers. Bulletins go to everybody, and nobody is to be recognised in them (G-30). Names cannot be found this way; whoever writes sees to them.
 */
export function leadsToSomebody(text: string): string[] {
  const addresses = text.match(/[^\s@,;，；：:<>()（）]+@[^\s@,;，；<>()（）]+\.[^\s@,;，；。<>()（）]+/g) ?? []
  const numbers = (text.match(/\+?\d[\d\s().-]{5,}\d/g) ?? []).filter((found) => isPhone(found.trim()))
  return [...new Set([...addresses, ...numbers.map((found) => found.trim())])]
}

/** Written as telephone numbers are: with + or 0 before them, in the groups of North America, or as a mobile number of China. Days, years from … to and amounts are none. */
const isPhone = (text: string): boolean => {
  const digits = text.replace(/\D/g, '')
  if (digits.length < 7 || digits.length > 15 || /^0\d[-./]\d{1,2}[-./]\d{4}$/.test(text)) return false
  return /^\+|^0|^1[3-9]\d[ -]?\d{4}[ -]?\d{4}$|^\d{3}[ .-]\d{3}[ .-]\d{4}$/.test(text)
}

/** Whether somebody has yet to read a bulletin: what went out before they came is history to them. */
export const isUnread = (
  { publishedAt, readAt, withdrawnAt }: { readonly publishedAt: Date; readonly readAt: Date | null; readonly withdrawnAt: Date | null },
  cameAt: Date,
): boolean => readAt === null && withdrawnAt === null && publishedAt.getTime() >= cameAt.getTime()
