import { createHash, randomBytes } from 'node:crypto'

export const shortestPassword = 10
export const longestPassword = 128

/** One form per address, so that capitals, spaces around it and full-width letters never make a second account or a second allowance of attempts. */
export const normalEmail = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

export type PasswordProblem = 'password-too-short' | 'password-too-long' | 'password-too-simple'

/** Why a new password is not taken, or null. `about` are words that stand for the person, such as name and address, which anybody would try first. */
export function passwordProblem(password: string, about: readonly string[]): PasswordProblem | null {
  if (password.length < shortestPassword) return 'password-too-short'
  if (password.length > longestPassword) return 'password-too-long'
  const plain = normalEmail(password)
  const rest = [...about.map(normalEmail), ...commonWords]
    .filter((word) => word.length > 2)
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word, ''), plain)
  // What is left beside the guessable words must still be worth guessing.
  if (new Set(rest).size < 5 || isRun(rest)) return 'password-too-simple'
  return null
}

export const passwordSentence: Readonly<Record<PasswordProblem, string>> = {
  'password-too-short': `A password has at least ${shortestPassword} characters`,
  'password-too-long': `A password has at most ${longestPassword} characters`,
  'password-too-simple': 'This password is too easy to guess; a few unrelated words are better',
}

/** A password nobody has to invent: 100 bits in four groups without letters that look alike. */
export const randomPassword = (): string => Array.from({ length: 4 }, () => randomWord(5)).join('-')

/** So many letters and figures, five bits each. */
export const randomWord = (letters: number): string => [...randomBytes(letters)].map((byte) => alphabet[byte % alphabet.length]).join('')

/** A secret that travels in a link: 256 bits. */
export const randomToken = (): string => randomBytes(32).toString('base64url')

/** Secrets of links are kept and looked up by their hash, so that neither the table nor the time of a comparison gives one away. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

/** 32 letters, so that a byte falls on each of them equally often. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

const commonWords = [
  'password',
  'passwort',
  'qwerty',
  'asdfgh',
  'welcome',
  'admin',
  'administrator',
  'letmein',
  'patron',
  'iloveyou',
  'woaini',
]

/** Whether every letter follows its neighbour, as in 1234567890 or abcdefghij, up or down. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((letter, i) => letter.charCodeAt(0) - text.charCodeAt(i))
  const first = steps.filter((step) => step === steps[0]).length
  return Math.abs(steps[0] ?? 0) <= 1 && first >= steps.length - 1
}
