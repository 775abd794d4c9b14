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
  if (commonestPasswords.has(plain)) return 'password-too-simple'
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

/** The commonest of those that are long enough, as lists of stolen passwords show them; what is made of common words and runs is refused by rule. */
const commonestPasswords = new Set(
  `1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedcrfv qazwsx123456 zaq12wsxcde3 qwertyuiop qwerty123456 1234qwerasdf asdfghjkl1 zxcvbnm123
  asdf1234qwer abc123456789 abcd123456 abcd1234567 a123456789 aa123456789 123456789a 1234567890a 12345678910 1234567891 11111111111 0123456789 0987654321 9876543210 1122334455
  123123123123 1231231234 1111111111 0000000000 5201314520 5201314wang woaini1314 woaini520520 woaini123456 iloveyou123 iloveyou12 iloveyou1234 iloveyou123456 loveyou123
  football123 baseball123 basketball superman123 spiderman123 batman123456 dragon123456 monkey123456 sunshine123 princess123 charlie123 michael123 jennifer123 computer123
  internet123 starwars123 pokemon123 pokemon1234 minecraft123 liverpool1 liverpool123 chelsea123 arsenal123 manchester1 samsung123 summer2024 summer2025 summer2026 winter2024 winter2025
  winter2026 spring2025 spring2026 autumn2025 autumn2026 changeme123 changeme1234 trustno1trustno1 correcthorsebatterystaple taobao123456 qq123456789 zhang123456 wang123456
  li123456789 china123456 taiwan123456 wodemima123 mima123456 test123456 testtest123 temp123456 secret123456 default123 company123 customer123 administrator1`.split(
    /\s+/,
  ),
)

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
