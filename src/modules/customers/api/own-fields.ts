import { z } from 'zod'
import { customerIn, endpoint, nothing } from '#platform/contract.ts'
import { ownFieldTypes, ownLimits } from '../domain/own-fields.ts'
import { id, names, read, write } from './basics.ts'

/** What a field holds: a word, a number, yes or no, several words. */
export const OwnValue = z.union([z.string().max(ownLimits.long), z.number(), z.boolean(), z.array(z.string().max(60)).max(100), z.null()])

export const ownFieldEndpoints = {
  ownFields: endpoint('GET /customer-own-fields', {
    about: 'nobody',
    ...read,
    summary:
      'The fields that the company defined for its customers, in their order; removed ones are marked, personal ones left out for whoever may not see contact data',
    input: nothing,
    result: z.object({
      fields: z.array(
        z.object({
          id,
          names,
          type: z.enum(ownFieldTypes),
          required: z.boolean(),
          inList: z.boolean(),
          personal: z.boolean().optional(),
          choices: z.array(z.object({ key: z.string(), names })),
          removed: z.boolean(),
        }),
      ),
    }),
  }),
  ownValues: endpoint('GET /customers/:id/own-values', {
    about: customerIn('id'),
    notes: 'input.id',
    ...read,
    summary: 'What one customer’s own fields hold, by field; what is not known is missing',
    input: z.object({ id }),
    result: z.object({ values: z.record(z.string(), OwnValue) }),
  }),
  setOwnValues: endpoint('PATCH /customers/:id/own-values', {
    about: customerIn('id'),
    ...write,
    summary: 'Sets own fields of one customer; null takes a value away, fields that are not named stay. `before` is what the writer saw',
    input: z.object({ id, before: z.record(z.string(), OwnValue), values: z.record(z.string(), OwnValue) }),
    result: z.object({ values: z.record(z.string(), OwnValue) }),
  }),
  purgeOwnField: endpoint('DELETE /customer-own-fields/:fieldId/values', {
    about: 'everybody',
    permission: 'customers.manage',
    summary: 'Deletes what every customer’s archive holds of a field that was removed',
    input: z.object({ fieldId: id }),
    result: z.object({ customers: z.int() }),
  }),
}

const OwnFilterEntry = z.object({
  field: id,
  /** Any of these words, or yes. */
  is: z.array(z.string().max(500)).max(50).optional(),
  from: z.union([z.number(), z.string().max(500)]).optional(),
  to: z.union([z.number(), z.string().max(500)]).optional(),
  /** A text that holds any of these pieces, whatever their case. */
  contains: z.array(z.string().trim().min(1).max(200)).min(1).max(10).optional(),
  /** Alone: whether something is known at all. */
  known: z.boolean().optional(),
})
export type OwnFilter = z.output<typeof OwnFilterEntry>

/** Conditions on own fields, as JSON in the query. */
export const ownFilter = z.codec(z.string().max(4000), z.array(OwnFilterEntry).max(10), {
  decode: (text, context) => {
    try {
      return JSON.parse(text) as OwnFilter[]
    } catch {
      context.issues.push({ code: 'custom', input: text, message: 'must be JSON' })
      return z.NEVER
    }
  },
  encode: (filter) => JSON.stringify(filter),
})
