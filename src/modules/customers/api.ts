import { z } from 'zod'
import { customerIn, endpoint, flag, instant, list, nothing, page, paging } from '#platform/contract.ts'
import { figure, id, read, version, write } from './api/basics.ts'
import { consentEndpoints } from './api/consent.ts'
import { contactEndpoints } from './api/contacts.ts'
import { duplicatesApi } from './api/duplicates.ts'
import { manyApi } from './api/many.ts'
import { mergeApi } from './api/merge.ts'
import { needEndpoints } from './api/needs.ts'
import { OwnValue, ownFieldEndpoints } from './api/own-fields.ts'
import { privacyApi } from './api/privacy.ts'
import { relationEndpoints } from './api/relations.ts'
import { reportEndpoints } from './api/reports.ts'
import { segmentsApi } from './api/segments.ts'
import {
  ArchiveFields,
  Customer,
  competitorFields,
  filter,
  KeyPerson,
  keyPersonFields,
  ListedCustomer,
  UsedCompetitor,
  View,
  ViewDefinition,
  viewedList,
} from './api/shapes.ts'
import { strategyEndpoints } from './api/strategy.ts'
import { touchEndpoints } from './api/touches.ts'
import { tiers } from './domain/book.ts'
import { exportHeadings, exportLanguages } from './domain/export.ts'
import { stages } from './domain/interaction.ts'

/** How touches come about; what they cost is set elsewhere. */
export { channels } from './domain/interaction.ts'

export const api = {
  ...consentEndpoints,
  ...contactEndpoints,
  ...touchEndpoints,
  ...needEndpoints,
  ...relationEndpoints,
  ...ownFieldEndpoints,
  ...reportEndpoints,
  ...strategyEndpoints,
  search: endpoint('GET /customers/search', {
    notes: 'list',
    about: 'reach',
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
          tier: z.enum(tiers).nullable().meta(figure),
          matched: z.object({ by: z.enum(['name', 'company', 'email', 'phone', 'key', 'other']), text: z.string() }),
        }),
      ),
    }),
  }),
  list: endpoint('GET /customers', {
    notes: 'list',
    about: 'reach',
    ...read,
    summary:
      'Customers by search text and filters, of which one may be a kept segment, sorted by name, value, profit, revenue, last order or creation',
    // What a segment asks for need not have an index, and is cut off like any other filter.
    timeLimit: 1000,
    input: z.object({ ...filter, ...paging, count: flag.optional() }),
    result: page(ListedCustomer).extend({
      /** How many the filter leaves, where it was asked for: exact up to 10,000; `more` says that there are more than that. */
      count: z.object({ customers: z.int(), more: z.boolean() }).nullable(),
    }),
  }),
  filterWords: endpoint('GET /customers/filter-words', {
    about: 'reach',
    ...read,
    summary:
      'The most frequent cities, regions, tags, traits, occupations, interests and income bands, to choose from when a list is narrowed',
    timeLimit: 1000,
    input: nothing,
    result: z.object({
      city: z.array(z.string()),
      tag: z.array(z.string()),
      region: z.array(z.string()),
      occupation: z.array(z.string()),
      interest: z.array(z.string()),
      incomeBand: z.array(z.string()),
      trait: z.array(z.string()),
    }),
  }),
  export: endpoint('GET /customers/export', {
    about: 'reach',
    notes: 'file',
    permission: 'customers.export',
    summary:
      'The whole list of a search and its filters as a CSV or Excel file, with headings in words of a language or with keys for programs',
    kind: 'download',
    input: z.object({
      ...filter,
      format: z.enum(['csv', 'xlsx']),
      columns: list(z.string()).optional(),
      /** Words for people (by default), with amounts and times as they read them, or keys for programs, which never change. */
      headings: z.enum(exportHeadings).optional(),
      /** Of the words; by default the organization's. */
      language: z.enum(exportLanguages).optional(),
    }),
    result: z.unknown(),
  }),
  ...duplicatesApi,
  create: endpoint('POST /customers', {
    about: 'reach',
    ...write,
    summary: 'Makes a customer; own fields that have to be filled in are asked for',
    input: z.object({ values: ArchiveFields.partial().required({ name: true }), own: z.record(z.string(), OwnValue).optional() }),
    result: Customer,
  }),
  one: endpoint('GET /customers/:id', {
    about: customerIn('id'),
    notes: 'input.id',
    ...read,
    summary: 'Everything of one customer’s archive, and the figures',
    input: z.object({ id }),
    result: Customer,
  }),
  change: endpoint('PATCH /customers/:id', {
    about: customerIn('id'),
    ...write,
    summary: 'Changes fields of an archive; what is set by hand wins over other sources from then on',
    input: z.object({ id, version, values: ArchiveFields.partial() }),
    result: Customer,
  }),
  setProfiling: endpoint('PUT /customers/:id/profiling', {
    about: customerIn('id'),
    ...write,
    summary: 'Switches the computing of a profile off or on for one customer',
    input: z.object({ id, profiling: z.boolean() }),
    result: z.object({ profiling: z.boolean() }),
  }),
  changes: endpoint('GET /customers/:id/changes', {
    about: customerIn('id'),
    notes: 'input.id',
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
    about: customerIn('id'),
    ...write,
    summary: 'Adds a person who matters around the customer',
    input: z
      .object({ id, ...keyPersonFields })
      .partial()
      .required({ id: true, name: true }),
    result: KeyPerson,
  }),
  changeKeyPerson: endpoint('PATCH /customers/:id/key-persons/:personId', {
    about: customerIn('id'),
    ...write,
    summary: 'Changes what is known of a key person; what is left out stays',
    input: z
      .object({ id, personId: id, version, ...keyPersonFields })
      .partial()
      .required({ id: true, personId: true, version: true }),
    result: KeyPerson,
  }),
  removeKeyPerson: endpoint('DELETE /customers/:id/key-persons/:personId', {
    about: customerIn('id'),
    ...write,
    summary: 'Removes a key person',
    input: z.object({ id, personId: id, version }),
    result: nothing,
  }),
  addUsedCompetitor: endpoint('POST /customers/:id/used-competitors', {
    about: customerIn('id'),
    ...write,
    summary: 'Adds a competitor that the customer also buys from',
    input: z
      .object({ id, ...competitorFields })
      .partial()
      .required({ id: true, name: true }),
    result: UsedCompetitor,
  }),
  changeUsedCompetitor: endpoint('PATCH /customers/:id/used-competitors/:competitorId', {
    about: customerIn('id'),
    ...write,
    summary: 'Changes what is known of a used competitor; what is left out stays',
    input: z
      .object({ id, competitorId: id, version, ...competitorFields })
      .partial()
      .required({ id: true, competitorId: true, version: true }),
    result: UsedCompetitor,
  }),
  removeUsedCompetitor: endpoint('DELETE /customers/:id/used-competitors/:competitorId', {
    about: customerIn('id'),
    ...write,
    summary: 'Removes a used competitor',
    input: z.object({ id, competitorId: id, version }),
    result: nothing,
  }),
  timeline: endpoint('GET /customers/:id/timeline', {
    about: customerIn('id'),
    notes: 'input.id',
    ...read,
    summary:
      'What happened with one customer, from all modules, newest first, where wanted only of one stage, of one module or kind, or noted by one person',
    input: z.object({
      id,
      stage: z.enum(stages).optional(),
      /** A module (`orders`), a kind of its entries (`orders.refund`), or touches by a channel (`customers.interaction.visit`). */
      of: z.string().max(60).optional(),
      by: z.string().max(60).optional(),
      ...paging,
    }),
    result: page(
      z.object({
        id: z.string(),
        at: instant,
        kind: z.string(),
        stage: z.enum(stages).nullable(),
        by: z.string().nullable(),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      }),
    ),
  }),
  views: endpoint('GET /customer-views', {
    about: 'nobody',
    ...read,
    summary: 'Saved views of the list of customers or another list: one’s own and those that others share',
    input: z.object({ list: viewedList.optional() }),
    result: z.object({ items: z.array(View) }),
  }),
  saveView: endpoint('POST /customer-views', {
    about: 'nobody',
    ...read,
    summary:
      'Saves a view of the list of customers, or another list, under a name, in place of one’s own that has the name already, whose version is given (0 where there is none)',
    input: z.object({
      list: viewedList.optional(),
      name: z.string().trim().min(1).max(100),
      version: z.int().min(0),
      definition: ViewDefinition,
      shared: z.boolean().optional(),
    }),
    result: View,
  }),
  removeView: endpoint('DELETE /customer-views/:viewId', {
    about: 'nobody',
    ...read,
    summary: 'Removes one of one’s own saved views',
    input: z.object({ viewId: id, version }),
    result: nothing,
  }),
  ...mergeApi,
  ...manyApi,
  ...privacyApi,
  ...segmentsApi,
}
