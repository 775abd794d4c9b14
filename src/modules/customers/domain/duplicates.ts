import { jaroWinkler } from '#numerics/jaro-winkler.ts'
import { comparableEmail, comparablePhone } from './contact.ts'

/** What of an archive is compared, as it was written. */
export interface ComparedFields {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly birthday: string | null
  readonly postcode: string | null
  readonly city: string | null
  readonly address: string | null
  readonly company: string | null
  readonly gender: string | null
  /** Further e-mail addresses and telephone numbers of the customer, not of the people around them: an assistant's number or a spouse's address may be those of another customer. */
  readonly furtherEmails: readonly string[]
  readonly furtherPhones: readonly string[]
}

/** The same made ready once: names in their folded form (lower case, no accents, Traditional as Simplified) and as they are read (Han by pinyin), without blanks. */
export interface Compared extends Omit<ComparedFields, 'email' | 'phone' | 'furtherEmails' | 'furtherPhones'> {
  /** All of them, each once. */
  readonly emails: readonly string[]
  readonly phones: readonly string[]
  /** The words of a Latin name; one entry for a name in Han. */
  readonly words: readonly string[]
  /** Han by pinyin, Latin letters as they are; words joined. */
  readonly reading: string
  readonly han: boolean
}

/** A text as it is compared, and as it is read. */
export interface NameForms {
  readonly folded: string
  readonly reading: string
}

/** Makes an archive ready. `forms` folds a text and reads its Han characters. */
export function comparedOf(fields: ComparedFields, forms: (text: string) => NameForms): Compared {
  // Who is only known by a key, an address or a number is shown under that, which is no name.
  const { folded, reading } = /\p{L}/u.test(fields.name) && !fields.name.includes('@') ? forms(fields.name) : { folded: '', reading: '' }
  const plain = (text: string | null) => (text === null ? null : forms(text).folded.replace(/[\s\p{P}]/gu, '') || null)
  return {
    id: fields.id,
    kind: fields.kind,
    name: folded.replace(/[\s\p{P}]/gu, ''),
    words: folded.match(/[\p{L}\p{N}]+/gu) ?? [],
    reading: reading.replace(/[^\p{L}\p{N}]/gu, ''),
    han: /\p{Script=Han}/u.test(folded),
    emails: each([fields.email, ...fields.furtherEmails], comparableEmail),
    phones: each([fields.phone, ...fields.furtherPhones], nationalPhone),
    birthday: fields.birthday,
    postcode: plain(fields.postcode),
    city: plain(fields.city),
    address: plain(fields.address),
    company: plain(fields.company),
    gender: plain(fields.gender),
  }
}

const each = (texts: readonly (string | null)[], comparable: (text: string | null) => string | null): readonly string[] => [
  ...new Set(texts.flatMap((text) => comparable(text) ?? [])),
]

/** The last nine figures of a number: the same whether or not it is written with its country's code and the zero before an area. */
const nationalPhone = (text: string | null): string | null => comparablePhone(text)?.slice(-9) ?? null

/**
 * Keys that duplicates are likely to share; only pairs with a common key are compared. Each is a kind and a value. A name alone is a key, and with a birthday, a postcode or a city again, because
 * frequent names make blocks that are too large to compare. Misspelt names are met by what else stands in the archive.
 */
export function blockingKeys(one: Compared): readonly string[] {
  const keys: string[] = []
  const add = (kind: string, ...parts: readonly (string | null | undefined)[]) => {
    if (parts.every((part) => part)) keys.push(`${kind}:${parts.join('|')}`)
  }
  const initials = [...new Set(one.words.map((word) => word.slice(0, 1)))].sort().join('')
  const begins = one.reading.slice(0, 3)
  for (const email of one.emails) add('email', email)
  for (const phone of one.phones) add('phone', phone)
  for (const name of new Set([one.reading, inOrder(one.words)])) {
    add('name', name)
    add('name-birthday', name, one.birthday)
    add('name-postcode', name, one.postcode)
    add('name-city', name, one.city)
  }
  add('begin-birthday', begins, one.birthday)
  add('birthday-postcode', one.birthday, one.postcode)
  add('birthday-initials', one.birthday, one.han ? begins.slice(0, 1) : initials, one.city)
  add('begin-postcode', begins, one.postcode)
  for (const mailbox of mailboxes(one)) add('mailbox', mailbox)
  return keys
}

/** Words of a name in the order of the alphabet: 'Lin Mei' is 'Mei Lin'. */
const inOrder = (words: readonly string[]): string => words.toSorted().join('')

/** Why two archives may be one, or speak against it. */
export const duplicateReasons = [
  'same-email',
  'same-mailbox',
  'other-email',
  'same-phone',
  'other-phone',
  'same-name',
  'same-reading',
  'swapped-name',
  'similar-name',
  'alike-name',
  'homophone',
  'other-name',
  'same-birthday',
  'similar-birthday',
  'other-birthday',
  'same-postcode',
  'same-address',
  'same-city',
  'other-city',
  'same-company',
  'other-gender',
  'other-kind',
] as const
export type DuplicateReason = (typeof duplicateReasons)[number]

/** Reasons that tell of contact data: what somebody's address, number, mailbox or birthday is, or is not. */
export const tellsContact = (reason: DuplicateReason): boolean => /-(email|mailbox|phone|birthday|postcode|address)$/.test(reason)

/**
 * How often a finding is made of two records of the same customer (m) and of two records that only met in a block (u). The weight of a finding is log₂(m ÷ u), and weights add up: Fellegi & Sunter,
 * "A Theory for Record Linkage", JASA 64 (1969). m follows the rates at which contacts change and names are misspelt in address files (Winkler, "Overview of Record Linkage", US Census Bureau
 * RRS 2006-02, and Christen, "Data Matching", 2012); u follows from how many people share a value: some 1,000 current names, 15,000 birthdays among grown-ups, hundreds of postcodes. People
 * who met in a block share a household more often than strangers, so u of a telephone or an address is far above chance.
 */
const frequencies: Readonly<Record<DuplicateReason, { readonly m: number; readonly u: number }>> = {
  'same-email': { m: 0.7, u: 0.0012 },
  'same-mailbox': { m: 0.06, u: 0.004 },
  'other-email': { m: 0.24, u: 0.9 },
  'same-phone': { m: 0.7, u: 0.004 },
  'other-phone': { m: 0.3, u: 0.95 },
  'same-name': { m: 0.65, u: 0.004 },
  'same-reading': { m: 0.1, u: 0.0012 },
  'swapped-name': { m: 0.05, u: 0.0006 },
  'similar-name': { m: 0.12, u: 0.004 },
  'alike-name': { m: 0.05, u: 0.02 },
  homophone: { m: 0.01, u: 0.008 },
  'other-name': { m: 0.02, u: 0.96 },
  'same-birthday': { m: 0.9, u: 0.004 },
  'similar-birthday': { m: 0.06, u: 0.01 },
  'other-birthday': { m: 0.04, u: 0.98 },
  'same-postcode': { m: 0.8, u: 0.15 },
  'same-address': { m: 0.6, u: 0.06 },
  'same-city': { m: 0.9, u: 0.35 },
  'other-city': { m: 0.1, u: 0.65 },
  'same-company': { m: 0.7, u: 0.15 },
  'other-gender': { m: 0.02, u: 0.5 },
  'other-kind': { m: 0.03, u: 0.4 },
}

/** What a finding is worth, in bits. */
export const weightOf = (reason: DuplicateReason): number => Math.log2(frequencies[reason].m / frequencies[reason].u)

/** From here on a pair is shown to somebody: so much more likely one than two, even though only one pair of some hundred that met is one. */
export const shownFrom = 9
/** From here on it is called very likely. */
export const likelyFrom = 13

export interface Scored {
  readonly score: number
  /** The strongest first, those that speak against it last. */
  readonly reasons: readonly DuplicateReason[]
}

/** How likely two archives are of the same person or company, with the reasons. The same whichever comes first. */
export function compare(a: Compared, b: Compared): Scored {
  const reasons = [
    ...emailReasons(a, b),
    ...phoneReasons(a, b),
    ...nameReasons(a, b),
    ...birthdayReasons(a.birthday, b.birthday),
    ...agreement(a.postcode, b.postcode, 'same-postcode'),
    ...agreement(a.address, b.address, 'same-address'),
    ...(a.postcode !== null && a.postcode === b.postcode ? [] : agreement(a.city, b.city, 'same-city', 'other-city')),
    ...agreement(a.company, b.company, 'same-company'),
    ...(a.gender !== null && b.gender !== null && a.gender !== b.gender ? (['other-gender'] as const) : []),
    ...(a.kind === b.kind ? [] : (['other-kind'] as const)),
  ]
  const score = reasons.reduce((sum, reason) => sum + weightOf(reason), 0)
  return { score, reasons: reasons.toSorted((x, y) => weightOf(y) - weightOf(x)) }
}

function agreement(a: string | null, b: string | null, same: DuplicateReason, other?: DuplicateReason): DuplicateReason[] {
  if (a === null || b === null) return []
  return a === b ? [same] : other ? [other] : []
}

/** One address in common is enough: who has several uses them in turn. */
function emailReasons(a: Compared, b: Compared): DuplicateReason[] {
  if (a.emails.length === 0 || b.emails.length === 0) return []
  if (a.emails.some((email) => b.emails.includes(email))) return ['same-email']
  return [mailboxes(a).some((mailbox) => mailboxes(b).includes(mailbox)) ? 'same-mailbox' : 'other-email']
}

/** What stands before the @, where it is long enough to say something. */
const mailboxes = ({ emails }: Compared): readonly string[] => [
  ...new Set(emails.map((email) => email.split('@')[0]!).filter((mailbox) => mailbox.length > 5)),
]

function phoneReasons(a: Compared, b: Compared): DuplicateReason[] {
  if (a.phones.length === 0 || b.phones.length === 0) return []
  return [a.phones.some((phone) => b.phones.includes(phone)) ? 'same-phone' : 'other-phone']
}

function nameReasons(a: Compared, b: Compared): DuplicateReason[] {
  return a.name === '' || b.name === '' ? [] : [nameReason(a, b)]
}

function nameReason(a: Compared, b: Compared): DuplicateReason {
  if (a.name === b.name) return 'same-name'
  // The same sound in other characters is another name more often than not; the same sound in Latin letters is the same name spelt out.
  if (a.han && b.han) {
    if (a.reading === b.reading) return 'homophone'
    return sharedCharacters(a.name, b.name) ? 'alike-name' : 'other-name'
  }
  if (a.reading === b.reading) return 'same-reading'
  if (a.han !== b.han) {
    const [han, latin] = a.han ? [a, b] : [b, a]
    const turned = latin.words.length > 1 && [...latin.words.slice(1), latin.words[0]!].join('') === han.reading
    return turned ? 'same-reading' : jaroWinkler(a.reading, b.reading) >= 0.94 ? 'alike-name' : 'other-name'
  }
  if (a.words.length > 1 && inOrder(a.words) === inOrder(b.words)) return 'swapped-name'
  return latinName(a, b)
}

/** Word against word: a household shares one word exactly and not the other, a misspelling leaves all of them alike. */
function latinName(a: Compared, b: Compared): DuplicateReason {
  if (a.words.length !== b.words.length) {
    const [fewer, more] = a.words.length < b.words.length ? [a.words, b.words] : [b.words, a.words]
    return fewer.length > 1 && fewer.every((word) => more.includes(word))
      ? 'similar-name'
      : jaroWinkler(a.name, b.name) >= 0.93
        ? 'similar-name'
        : 'other-name'
  }
  const likeness = Math.min(...a.words.map((word, i) => wordLikeness(word, b.words[i]!)))
  const turned = Math.min(...a.words.map((word, i) => wordLikeness(word, b.words.at(-1 - i)!)))
  const best = Math.max(likeness, turned)
  return best >= 0.9 ? 'similar-name' : best >= 0.84 ? 'alike-name' : 'other-name'
}

/** An initial stands for every word that begins with it. */
const wordLikeness = (a: string, b: string): number => ((a.length === 1 || b.length === 1) && a[0] === b[0] ? 0.9 : jaroWinkler(a, b))

/** Han names of the same surname with one of two further characters in common. */
function sharedCharacters(a: string, b: string): boolean {
  const [mine, theirs] = [[...a], [...b]]
  return (
    mine.length === theirs.length &&
    mine.length > 2 &&
    mine[0] === theirs[0] &&
    mine.filter((c, i) => theirs[i] === c).length >= mine.length - 1
  )
}

function birthdayReasons(a: string | null, b: string | null): DuplicateReason[] {
  if (a === null || b === null) return []
  if (a === b) return ['same-birthday']
  const [year, month, day] = a.split('-')
  const turned = `${year}-${day}-${month}` === b
  const differing = [...a].filter((figure, i) => figure !== b[i]).length
  return [turned || differing === 1 ? 'similar-birthday' : 'other-birthday']
}
