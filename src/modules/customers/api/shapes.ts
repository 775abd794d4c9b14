import { z } from 'zod'
import { day, flag, instant, list, money, wholeNumber } from '#platform/contract.ts'
import {
  archiveGroups,
  customerKinds,
  customerRoles,
  decisionRoles,
  expectationLevels,
  priceSensitivities,
  relationPhases,
} from '../domain/archive.ts'
import { activities, segments, tiers, valueLabels } from '../domain/book.ts'
import { likedChannels } from '../domain/contact-ways.ts'
import { customerSorts, directions } from '../domain/customer-list.ts'
import { channels, stages } from '../domain/interaction.ts'
import { qualificationTests } from '../domain/qualification.ts'
import { figure, id, personal, version } from './basics.ts'
import { mayContactFilter } from './consent.ts'
import { OwnValue, ownFilter } from './own-fields.ts'

const words = z.array(z.string().trim().min(1).max(60)).max(50)
const text = (limit: number) => z.string().trim().max(limit).nullable()

/** What the first two groups of an archive hold; the fields of `domain/archive.ts`. */
export const ArchiveFields = z.object({
  kind: z.enum(customerKinds),
  role: z.enum(customerRoles),
  phase: z.enum(relationPhases).nullable(),
  name: z.string().trim().min(1).max(200),
  givenName: text(100),
  familyName: text(100),
  company: text(200),
  email: text(254).meta(personal),
  phone: text(60).meta(personal),
  gender: text(40),
  birthday: day.nullable().meta(personal),
  language: text(40),
  address: text(500).meta(personal),
  city: text(120),
  region: text(120),
  country: text(120),
  postcode: text(40).meta(personal),
  ownerId: text(60),
  tags: words,
  note: text(5000),
  occupation: text(200),
  incomeBand: text(100),
  interests: text(1000),
  education: text(200),
  maritalStatus: text(60),
  preferredChannel: z.enum(likedChannels).nullable(),
  industry: text(200),
  companySize: text(60),
  website: text(300),
  foundHow: text(300),
  traits: words,
  traitNote: text(500),
  priceSensitivity: z.enum(priceSensitivities).nullable(),
  purchaseExperience: text(500),
  targetMarket: text(200),
  expectationBefore: z.enum(expectationLevels).nullable(),
  expectationDuring: z.enum(expectationLevels).nullable(),
  expectationAfter: z.enum(expectationLevels).nullable(),
})

export const Figures = z.object({
  orders: z.int().nullable().meta(figure),
  firstOrderDay: day.nullable().meta(figure),
  lastOrderDay: day.nullable().meta(figure),
  revenueMinor: money.nullable().meta(figure),
  profitMinor: money.nullable().meta(figure),
  lifetimeValueMinor: money.nullable().meta(figure),
  expectedSpendMinor: money.nullable().meta(figure),
  expectedOrders: z.number().nullable().meta(figure),
  probabilityAlive: z.number().nullable().meta(figure),
  probabilityOrdering: z.number().nullable().meta(figure),
  tier: z.enum(tiers).nullable().meta(figure),
  valueLabel: z.enum(valueLabels).nullable().meta(figure),
  activity: z.enum(activities).nullable().meta(figure),
  segment: z.enum(segments).nullable().meta(figure),
  recencyScore: z.int().nullable().meta(figure),
  frequencyScore: z.int().nullable().meta(figure),
  monetaryScore: z.int().nullable().meta(figure),
  valuedOn: day.nullable().meta(figure),
})

export const ListedCustomer = Figures.extend({
  id,
  kind: z.string(),
  name: z.string(),
  company: z.string().nullable(),
  email: z.string().nullable().meta(personal),
  phone: z.string().nullable().meta(personal),
  city: z.string().nullable(),
  ownerId: z.string().nullable(),
  tags: z.array(z.string()),
  completeness: z.int(),
  externalKey: z.string().nullable(),
  createdAt: instant,
  role: z.string(),
  phase: z.string().nullable(),
  region: z.string().nullable(),
  /** Whether the rule of who is a target customer is met (C-16); everybody's is while there is none. */
  target: z.boolean(),
  /** Own fields that lists show, by field. */
  own: z.record(z.string(), OwnValue),
})

export const keyPersonFields = {
  name: z.string().trim().min(1).max(200),
  role: text(200),
  decides: z.enum(decisionRoles).nullable(),
  email: text(254).meta(personal),
  phone: text(60).meta(personal),
  birthday: day.nullable().meta(personal),
  note: text(2000),
}
export const competitorFields = {
  name: z.string().trim().min(1).max(200),
  sharePercent: z.int().min(0).max(100).nullable(),
  note: text(2000),
}
export const KeyPerson = z.object({ id, version, ...keyPersonFields })
export const UsedCompetitor = z.object({ id, version, ...competitorFields })

const percent = z.int().min(0).max(100)
export const Customer = z.object({
  id,
  version,
  values: ArchiveFields.extend({ kind: z.string(), name: z.string(), tags: z.array(z.string()) }),
  profiling: z.boolean(),
  /** When the person was erased; null for everybody else. */
  erasedAt: instant.nullable(),
  createdAt: instant,
  createdBy: z.string(),
  updatedAt: instant,
  keyPersons: z.array(KeyPerson),
  usedCompetitors: z.array(UsedCompetitor),
  completeness: z.object({
    overall: percent,
    groups: z.record(z.enum(archiveGroups), percent),
    missing: z.array(z.object({ group: z.enum(archiveGroups), field: z.string() })),
  }),
  /** Under what name other systems know the customer. */
  sources: z.array(z.object({ source: z.string(), externalKey: z.string(), seenAt: instant.nullable() })),
  /** Where a source says something else than the archive. */
  differences: z.array(z.object({ field: z.string(), source: z.string(), says: z.union([z.string(), z.array(z.string())]) })),
  figures: Figures,
  /** What a target customer has and this one has not (C-16); empty for a target, and while there is no rule. */
  notTarget: z.array(z.object({ field: z.string(), test: z.enum(qualificationTests), words: z.array(z.string()) })),
})

export const filter = {
  q: z.string().trim().max(200).optional(),
  tier: list(z.enum(tiers)).optional(),
  valueLabel: list(z.enum(valueLabels)).optional(),
  activity: list(z.enum(activities)).optional(),
  segment: list(z.enum(segments)).optional(),
  owner: list(z.string()).optional(),
  city: list(z.string()).optional(),
  tag: list(z.string()).optional(),
  kind: z.enum(customerKinds).optional(),
  role: list(z.enum(customerRoles)).optional(),
  phase: list(z.enum(relationPhases)).optional(),
  region: list(z.string()).optional(),
  priceSensitivity: list(z.enum(priceSensitivities)).optional(),
  incomeBand: list(z.string()).optional(),
  occupation: list(z.string()).optional(),
  interest: list(z.string()).optional(),
  trait: list(z.string()).optional(),
  ageFrom: wholeNumber(0, 150).optional(),
  ageTo: wholeNumber(0, 150).optional(),
  mayContact: mayContactFilter.optional(),
  own: ownFilter.optional(),
  /** Only target customers (C-16), or only those who are none. */
  target: flag.optional(),
  /** Whom a kept segment means at this moment; `segment` are those that the figures give. */
  inSegment: id.optional(),
  /** The own field by which `sort` 'own' sorts. */
  sortField: id.optional(),
  lastOrderFrom: day.optional(),
  lastOrderTo: day.optional(),
  lifetimeValueFrom: wholeNumber(-Number.MAX_SAFE_INTEGER).optional(),
  lifetimeValueTo: wholeNumber(-Number.MAX_SAFE_INTEGER).optional(),
  profitFrom: wholeNumber(-Number.MAX_SAFE_INTEGER).optional(),
  profitTo: wholeNumber(-Number.MAX_SAFE_INTEGER).optional(),
  recencyScore: wholeNumber(1, 10).optional(),
  frequencyScore: wholeNumber(1, 10).optional(),
  monetaryScore: wholeNumber(1, 10).optional(),
  sort: z.enum(customerSorts).optional(),
  direction: z.enum(directions).optional(),
}

/** Lists of which somebody may keep views; that of customers where none is named. */
export const viewedList = z.enum(['customers', 'cases'])
export const ViewDefinition = z.object({
  query: z.record(z.string().max(40), z.string().max(4000)),
  columns: z.array(z.string().max(40)).max(40),
})
export const View = z.object({ id, name: z.string(), definition: ViewDefinition, shared: z.boolean(), mine: z.boolean(), version })

export const Interaction = z.object({
  id,
  occurredAt: instant,
  channel: z.enum(channels),
  direction: z.enum(['in', 'out']),
  stage: z.enum(stages),
  summary: z.string(),
  minutes: z.int(),
  costMinor: money.nullable(),
  recordedBy: z.string(),
  opinion: z.string().nullable(),
  nextStep: z.string().nullable(),
  nextStepOn: day.nullable(),
  version: z.int(),
  withdrawnAt: instant.nullable(),
  attachments: z.array(z.object({ fileId: id, name: z.string(), bytes: z.int() })),
  mentions: z.array(z.string()),
  needs: z.array(z.object({ id, text: z.string() })),
})
