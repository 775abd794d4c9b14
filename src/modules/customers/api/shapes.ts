import { z } from 'zod'
import { day, instant, list, money, wholeNumber } from '#platform/contract.ts'
import { archiveGroups, customerKinds } from '../domain/archive.ts'
import { activities, segments, tiers, valueLabels } from '../domain/book.ts'
import { customerSorts, directions } from '../domain/customer-list.ts'
import { channels, stages } from '../domain/interaction.ts'

export const id = z.uuid()
const text = (limit: number) => z.string().trim().max(limit).nullable()
export const version = z.int().min(1)

/** What the first two groups of an archive hold; the fields of `domain/archive.ts`. */
export const ArchiveFields = z.object({
  kind: z.enum(customerKinds),
  name: z.string().trim().min(1).max(200),
  givenName: text(100),
  familyName: text(100),
  company: text(200),
  email: text(254),
  phone: text(60),
  gender: text(40),
  birthday: day.nullable(),
  language: text(40),
  address: text(500),
  city: text(120),
  region: text(120),
  country: text(120),
  postcode: text(40),
  ownerId: text(60),
  tags: z.array(z.string().trim().min(1).max(60)).max(50),
  note: text(5000),
  occupation: text(200),
  incomeBand: text(100),
  interests: text(1000),
  education: text(200),
  maritalStatus: text(60),
  preferredChannel: text(60),
  industry: text(200),
  companySize: text(60),
  website: text(300),
  foundHow: text(300),
})

export const Figures = z.object({
  orders: z.int(),
  firstOrderDay: day.nullable(),
  lastOrderDay: day.nullable(),
  revenueMinor: money,
  profitMinor: money,
  lifetimeValueMinor: money,
  expectedSpendMinor: money.nullable(),
  expectedOrders: z.number().nullable(),
  probabilityAlive: z.number().nullable(),
  probabilityOrdering: z.number().nullable(),
  tier: z.enum(tiers),
  valueLabel: z.enum(valueLabels),
  activity: z.enum(activities),
  segment: z.enum(segments).nullable(),
  recencyScore: z.int().nullable(),
  frequencyScore: z.int().nullable(),
  monetaryScore: z.int().nullable(),
  valuedOn: day.nullable(),
})

export const ListedCustomer = Figures.extend({
  id,
  kind: z.string(),
  name: z.string(),
  company: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  ownerId: z.string().nullable(),
  tags: z.array(z.string()),
  completeness: z.int(),
  externalKey: z.string().nullable(),
  createdAt: instant,
})

export const keyPersonFields = {
  name: z.string().trim().min(1).max(200),
  role: text(200),
  email: text(254),
  phone: text(60),
  birthday: day.nullable(),
  note: text(2000),
}
export const competitorFields = {
  name: z.string().trim().min(1).max(200),
  sharePercent: z.int().min(0).max(100).nullable(),
  note: text(2000),
}
export const KeyPerson = z.object({ id, ...keyPersonFields })
export const UsedCompetitor = z.object({ id, ...competitorFields })

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

export const ViewDefinition = z.object({
  query: z.record(z.string().max(40), z.string().max(4000)),
  columns: z.array(z.string().max(40)).max(40),
})
export const View = z.object({ id, name: z.string(), definition: ViewDefinition, shared: z.boolean(), mine: z.boolean() })

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
})
