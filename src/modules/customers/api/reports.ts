import { z } from 'zod'
import { day, endpoint, instant, page, paging, wholeNumber } from '#platform/contract.ts'
import { exportHeadings, exportLanguages } from '../domain/export.ts'
import { id, personal, read } from './basics.ts'

const month = z.string().regex(/^(?!0000)\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-01')
/** A field of the archive, or one that the company defined: `own:<id>`. */
const changedField = z.string().regex(/^[a-zA-Z]{1,40}(:[0-9a-f-]{36})?$/, 'must be the name of a field')
const changeFilter = { month, field: changedField.optional() }

export const reportEndpoints = {
  birthdays: endpoint('GET /customer-birthdays', {
    notes: 'list',
    about: 'reach',
    ...read,
    summary: 'Birthdays of the coming days: of customers and of the people who matter around them',
    timeLimit: 1000,
    input: z.object({ days: wholeNumber(1, 60).optional() }),
    result: z.object({
      items: z.array(
        z.object({
          customerId: id,
          customerName: z.string(),
          personId: id.nullable(),
          name: z.string(),
          role: z.string().nullable(),
          birthday: day.nullable().meta(personal),
          /** The coming day. */
          on: day.nullable().meta(personal),
        }),
      ),
      more: z.boolean(),
    }),
  }),
  monthChanges: endpoint('GET /customer-changes', {
    notes: 'list',
    about: 'reach',
    ...read,
    summary: 'Every field of every archive that changed in a month, newest first, where wanted one field alone',
    timeLimit: 1000,
    input: z.object({ ...changeFilter, ...paging }),
    result: page(
      z.object({
        id,
        customerId: id,
        customerName: z.string(),
        field: z.string(),
        before: z.unknown(),
        after: z.unknown(),
        at: instant,
        by: z.string(),
        runId: id.nullable(),
      }),
    ),
  }),
  monthFields: endpoint('GET /customer-changes/fields', {
    about: 'reach',
    ...read,
    summary: 'Which fields changed in a month, how often and of how many customers, the most changed first',
    timeLimit: 2000,
    input: z.object({ month }),
    result: z.object({ fields: z.array(z.object({ field: z.string(), changes: z.int(), customers: z.int() })) }),
  }),
  monthExport: endpoint('GET /customer-changes/export', {
    about: 'reach',
    notes: 'file',
    permission: 'customers.export',
    summary: 'The changes of a month as a CSV or Excel file, in words of a language or with keys for programs',
    kind: 'download',
    input: z.object({
      ...changeFilter,
      format: z.enum(['csv', 'xlsx']),
      /** Words for people (by default), with times as they read them, or keys for programs, which never change. */
      headings: z.enum(exportHeadings).optional(),
      /** Of the words; by default the organization's. */
      language: z.enum(exportLanguages).optional(),
    }),
    result: z.unknown(),
  }),
}
