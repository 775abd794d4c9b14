/** What the archive's first two groups hold about a customer. Names are the field's own everywhere: API, history, import, screens. */
export const basicFields = [
  'kind',
  'role',
  'phase',
  'name',
  'givenName',
  'familyName',
  'company',
  'email',
  'phone',
  'gender',
  'birthday',
  'language',
  'address',
  'city',
  'region',
  'country',
  'postcode',
  'ownerId',
  'tags',
  'note',
] as const
export const extendedFields = [
  'occupation',
  'incomeBand',
  'interests',
  'education',
  'maritalStatus',
  'preferredChannel',
  'industry',
  'companySize',
  'website',
  'foundHow',
  'traits',
  'traitNote',
  'priceSensitivity',
  'purchaseExperience',
  'targetMarket',
  'expectationBefore',
  'expectationDuring',
  'expectationAfter',
] as const
export const archiveFields = [...basicFields, ...extendedFields] as const

export type BasicField = (typeof basicFields)[number]
export type ExtendedField = (typeof extendedFields)[number]
export type ArchiveField = (typeof archiveFields)[number]
/** Tags and traits are lists of words, everything else is text, levels too ('1' … '5'); days are 'YYYY-MM-DD'; null is "not known". */
export type FieldValue = string | readonly string[] | null
export type ArchiveValues = Readonly<Partial<Record<ArchiveField, FieldValue>>>

export const customerKinds = ['person', 'company'] as const
export type CustomerKind = (typeof customerKinds)[number]

/** Who a record is about (A-09, B-15): a customer, others with whom a relation is kept, or a colleague or department. Only customers are valued and stand in lists unless others are asked for. */
export const customerRoles = ['customer', 'dealer', 'partner', 'press', 'community', 'internal'] as const
export type CustomerRole = (typeof customerRoles)[number]

/** How far the relation has come. */
export const relationPhases = ['identify', 'build', 'maintain', 'consolidate'] as const
export const priceSensitivities = ['low', 'middle', 'high'] as const
/** What somebody expects of the service, from hardly anything to everything (B-09). */
export const expectationLevels = ['1', '2', '3', '4', '5'] as const
/** What a person who matters does in the customer's decisions. */
export const decisionRoles = ['decides', 'influences', 'uses', 'pays', 'blocks'] as const
export const listFields: readonly ArchiveField[] = ['tags', 'traits']

/** What is only asked of the one kind; a company has no birthday, a person no industry. */
const ofPersons: readonly ArchiveField[] = [
  'givenName',
  'familyName',
  'gender',
  'birthday',
  'occupation',
  'incomeBand',
  'education',
  'maritalStatus',
]
const ofCompanies: readonly ArchiveField[] = ['industry', 'companySize']

/** Whether a field says something about a customer of a kind. A company's own company would be another one. */
export const suits = (field: ArchiveField, kind: string): boolean =>
  kind === 'company' ? !ofPersons.includes(field) && field !== 'company' : !ofCompanies.includes(field)

/** The four groups of a customer's archive (B-02). */
export const archiveGroups = ['basic', 'extended', 'keyPersons', 'usedCompetitors'] as const
export type ArchiveGroup = (typeof archiveGroups)[number]

export interface ArchiveContent {
  readonly values: ArchiveValues
  readonly keyPersons: number
  readonly usedCompetitors: number
}

export interface Completeness {
  /** Whole percent, the plain mean of the four groups. */
  readonly overall: number
  readonly groups: Readonly<Record<ArchiveGroup, number>>
  /** Fields that would raise it, in the order in which they are asked; 'keyPerson' and 'usedCompetitor' for the groups that want one entry. */
  readonly missing: readonly { readonly group: ArchiveGroup; readonly field: string }[]
}

/** In what customers differ, persons and companies alike (B-08, B-09). */
const different: readonly ExtendedField[] = [
  'traits',
  'priceSensitivity',
  'purchaseExperience',
  'targetMarket',
  'expectationBefore',
  'expectationDuring',
  'expectationAfter',
]

/** What a complete archive knows; the rest is welcome but not asked for. */
const asked: Readonly<Record<CustomerKind, { readonly basic: readonly BasicField[]; readonly extended: readonly ExtendedField[] }>> = {
  person: {
    basic: ['name', 'email', 'phone', 'gender', 'birthday', 'address', 'city'],
    extended: ['occupation', 'incomeBand', 'interests', 'education', 'preferredChannel', ...different],
  },
  company: {
    basic: ['name', 'email', 'phone', 'address', 'city', 'country'],
    extended: ['industry', 'companySize', 'website', 'interests', 'preferredChannel', ...different],
  },
}

/**
 * How complete an archive is, per group and overall, in whole percent (rounded down, so that 100 means everything). A group of fields is the share of the
 * asked fields that are known; the groups of key persons and of used competitors are complete with one entry. All basic fields and nothing else give 25 %.
 */
export function completeness({ values, keyPersons, usedCompetitors }: ArchiveContent): Completeness {
  const { basic, extended } = asked[values.kind === 'company' ? 'company' : 'person']
  const unknown = (fields: readonly ArchiveField[]) => fields.filter((field) => !isKnown(values[field]))
  const lacks = { basic: unknown(basic), extended: unknown(extended) }
  const shares = {
    basic: 1 - lacks.basic.length / basic.length,
    extended: 1 - lacks.extended.length / extended.length,
    keyPersons: keyPersons > 0 ? 1 : 0,
    usedCompetitors: usedCompetitors > 0 ? 1 : 0,
  }
  const percent = (share: number) => Math.floor(share * 100 + 1e-9)
  return {
    overall: percent((shares.basic + shares.extended + shares.keyPersons + shares.usedCompetitors) / 4),
    groups: {
      basic: percent(shares.basic),
      extended: percent(shares.extended),
      keyPersons: percent(shares.keyPersons),
      usedCompetitors: percent(shares.usedCompetitors),
    },
    missing: [
      ...lacks.basic.map((field) => ({ group: 'basic' as const, field })),
      ...lacks.extended.map((field) => ({ group: 'extended' as const, field })),
      ...(keyPersons > 0 ? [] : [{ group: 'keyPersons' as const, field: 'keyPerson' }]),
      ...(usedCompetitors > 0 ? [] : [{ group: 'usedCompetitors' as const, field: 'usedCompetitor' }]),
    ],
  }
}

/** Whether a value says anything. */
export const isKnown = (value: FieldValue | undefined): boolean =>
  value !== undefined && value !== null && (typeof value === 'string' ? value.trim() !== '' : value.length > 0)

/**
 * The name to show for what is known: the name itself, else given and family name (in Chinese, Japanese and Korean without a space, family name first), else the company,
 * the e-mail address, the phone number, at last the key.
 */
export function nameOf(values: ArchiveValues, key: string): string {
  const text = (field: ArchiveField) => (isKnown(values[field]) ? String(values[field]).trim() : '')
  const given = text('givenName')
  const family = text('familyName')
  const parts = /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(family + given)
    ? family + given
    : `${given} ${family}`.trim()
  return text('name') || parts || text('company') || text('email') || text('phone') || key
}
