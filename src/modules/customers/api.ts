import { z } from 'zod'
import { day, endpoint, flag, instant, list, money, nothing, page, paging, wholeNumber } from '#platform/contract.ts'
import { archiveGroups, customerKinds } from './domain/archive.ts'
import { activities, tiers, valueLabels } from './domain/book.ts'
import { customerSorts, directions } from './domain/customer-list.ts'
import { channels, stages } from './domain/interaction.ts'

const id = z.uuid()
const text = (limit: number) => z.string().trim().max(limit).nullable()
const version = z.int().min(1)

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

const Figures = z.object({
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
  segment: z.string().nullable(),
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

const keyPersonFields = {
  name: z.string().trim().min(1).max(200),
  role: text(200),
  email: text(254),
  phone: text(60),
  birthday: day.nullable(),
  note: text(2000),
}
const competitorFields = { name: z.string().trim().min(1).max(200), sharePercent: z.int().min(0).max(100).nullable(), note: text(2000) }
export const KeyPerson = z.object({ id, ...keyPersonFields })
export const UsedCompetitor = z.object({ id, ...competitorFields })

const percent = z.int().min(0).max(100)
export const Customer = z.object({
  id,
  version,
  values: ArchiveFields.extend({ kind: z.string(), name: z.string(), tags: z.array(z.string()) }),
  profiling: z.boolean(),
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

const filter = {
  q: z.string().trim().max(200).optional(),
  tier: list(z.enum(tiers)).optional(),
  valueLabel: list(z.enum(valueLabels)).optional(),
  activity: list(z.enum(activities)).optional(),
  segment: list(z.string()).optional(),
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
const View = z.object({ id, name: z.string(), definition: ViewDefinition })

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

const read = { permission: 'customers.read' }
const write = { permission: 'customers.write' }

export const api = {
  search: endpoint('GET /customers/search', {
    ...read,
    summary:
      'Finds customers by the beginnings of names, company, e-mail, phone, keys of other systems and key persons: the ten best, and why they match',
    timeLimit: 1000,
    input: z.object({ q: z.string().trim().min(1).max(200) }),
    result: z.object({
      items: z.array(
        z.object({
          id,
          name: z.string(),
          company: z.string().nullable(),
          city: z.string().nullable(),
          tier: z.enum(tiers),
          matched: z.object({ by: z.enum(['name', 'company', 'email', 'phone', 'key', 'other']), text: z.string() }),
        }),
      ),
    }),
  }),
  list: endpoint('GET /customers', {
    ...read,
    summary: 'Customers by search text and filters, sorted by name, value, profit, revenue, last order or creation',
    timeLimit: 1000,
    input: z.object({ ...filter, ...paging, count: flag.optional() }),
    result: page(ListedCustomer).extend({
      /** How many the filter leaves, where it was asked for: exact up to 10,000; `more` says that there are more than that. */
      count: z.object({ customers: z.int(), more: z.boolean() }).nullable(),
    }),
  }),
  export: endpoint('GET /customers/export', {
    ...read,
    summary: 'The whole list of a search and its filters as a CSV or Excel file',
    kind: 'download',
    input: z.object({ ...filter, format: z.enum(['csv', 'xlsx']), columns: list(z.string()).optional() }),
    result: z.unknown(),
  }),
  duplicates: endpoint('GET /customers/duplicates', {
    ...read,
    summary: 'Customers with the same e-mail address or phone number',
    input: z.object({ email: z.string().max(254).optional(), phone: z.string().max(60).optional() }),
    result: z.object({
      items: z.array(z.object({ id, name: z.string(), city: z.string().nullable(), same: z.array(z.enum(['email', 'phone'])) })),
    }),
  }),
  create: endpoint('POST /customers', {
    ...write,
    summary: 'Makes a customer',
    input: z.object({ values: ArchiveFields.partial().required({ name: true }) }),
    result: Customer,
  }),
  one: endpoint('GET /customers/:id', {
    ...read,
    summary: 'Everything of one customer’s archive, and the figures',
    input: z.object({ id }),
    result: Customer,
  }),
  change: endpoint('PATCH /customers/:id', {
    ...write,
    summary: 'Changes fields of an archive; what is set by hand wins over other sources from then on',
    input: z.object({ id, version, values: ArchiveFields.partial() }),
    result: Customer,
  }),
  setProfiling: endpoint('PUT /customers/:id/profiling', {
    ...write,
    summary: 'Switches the computing of a profile off or on for one customer',
    input: z.object({ id, profiling: z.boolean() }),
    result: z.object({ profiling: z.boolean() }),
  }),
  changes: endpoint('GET /customers/:id/changes', {
    ...read,
    summary: 'Who changed what of an archive and when, newest first',
    input: z.object({ id, ...paging }),
    result: page(
      z.object({
        id,
        field: z.string(),
        before: z.unknown(),
        after: z.unknown(),
        at: instant,
        by: z.string(),
        runId: id.nullable(),
      }),
    ),
  }),
  addKeyPerson: endpoint('POST /customers/:id/key-persons', {
    ...write,
    summary: 'Adds a person who matters around the customer',
    input: z
      .object({ id, ...keyPersonFields })
      .partial()
      .required({ id: true, name: true }),
    result: KeyPerson,
  }),
  changeKeyPerson: endpoint('PUT /customers/:id/key-persons/:personId', {
    ...write,
    summary: 'Writes what is known of a key person anew',
    input: z
      .object({ id, personId: id, ...keyPersonFields })
      .partial()
      .required({ id: true, personId: true, name: true }),
    result: KeyPerson,
  }),
  removeKeyPerson: endpoint('DELETE /customers/:id/key-persons/:personId', {
    ...write,
    summary: 'Removes a key person',
    input: z.object({ id, personId: id }),
    result: nothing,
  }),
  addUsedCompetitor: endpoint('POST /customers/:id/used-competitors', {
    ...write,
    summary: 'Adds a competitor that the customer also buys from',
    input: z
      .object({ id, ...competitorFields })
      .partial()
      .required({ id: true, name: true }),
    result: UsedCompetitor,
  }),
  changeUsedCompetitor: endpoint('PUT /customers/:id/used-competitors/:competitorId', {
    ...write,
    summary: 'Writes what is known of a used competitor anew',
    input: z
      .object({ id, competitorId: id, ...competitorFields })
      .partial()
      .required({ id: true, competitorId: true, name: true }),
    result: UsedCompetitor,
  }),
  removeUsedCompetitor: endpoint('DELETE /customers/:id/used-competitors/:competitorId', {
    ...write,
    summary: 'Removes a used competitor',
    input: z.object({ id, competitorId: id }),
    result: nothing,
  }),
  interactions: endpoint('GET /customers/:id/interactions', {
    ...read,
    summary: 'The touches with one customer, newest first',
    input: z.object({ id, ...paging }),
    result: page(Interaction),
  }),
  logInteraction: endpoint('POST /customers/:id/interactions', {
    ...write,
    summary: 'Notes one touch with a customer',
    input: z.object({
      id,
      channel: z.enum(channels),
      direction: z.enum(['in', 'out']),
      stage: z.enum(stages),
      summary: z.string().trim().min(1).max(2000),
      minutes: z.int().min(0).max(10_000).optional(),
      costMinor: z.int().min(0).max(1_000_000_000_000).nullable().optional(),
      occurredAt: instant.optional(),
    }),
    result: Interaction,
  }),
  timeline: endpoint('GET /customers/:id/timeline', {
    ...read,
    summary: 'What happened with one customer, from all modules, newest first, where wanted only before, during or after a purchase',
    input: z.object({ id, stage: z.enum(stages).optional(), ...paging }),
    result: page(
      z.object({
        id: z.string(),
        at: instant,
        kind: z.string(),
        stage: z.enum(stages).nullable(),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      }),
    ),
  }),
  views: endpoint('GET /customer-views', {
    ...read,
    summary: 'One’s own saved views of the customer list',
    input: nothing,
    result: z.object({ items: z.array(View) }),
  }),
  saveView: endpoint('POST /customer-views', {
    ...read,
    summary: 'Saves a view of the customer list under a name; one of the same name is replaced',
    input: z.object({ name: z.string().trim().min(1).max(100), definition: ViewDefinition }),
    result: View,
  }),
  removeView: endpoint('DELETE /customer-views/:viewId', {
    ...read,
    summary: 'Removes one of one’s own saved views',
    input: z.object({ viewId: id }),
    result: nothing,
  }),
}
