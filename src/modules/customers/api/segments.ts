import { z } from 'zod'
import { endpoint, money, nothing, page, paging } from '#platform/contract.ts'
import { tiers } from '../domain/book.ts'
import { segmentColumnNames, segmentQuestions } from '../domain/segment.ts'
import { figure, id, version } from './basics.ts'

const read = { permission: 'customers.read' }
const bound = z.union([z.number(), z.string().max(20)]).optional()

export const Definition = z.object({
  match: z.enum(['all', 'any']),
  groups: z
    .array(
      z.object({
        match: z.enum(['all', 'any']),
        conditions: z
          .array(
            z.object({
              /** A field of the archive, a figure of the book, or a field that the company defined by its id. */
              column: z.union([z.enum(segmentColumnNames), z.templateLiteral(['own:', z.uuid()])]),
              is: z.enum(segmentQuestions),
              not: z.boolean().optional(),
              values: z.array(z.string().max(200)).max(200).readonly().optional(),
              from: bound,
              to: bound,
              days: z.int().min(0).max(36_500).optional(),
            }),
          )
          .max(20)
          .readonly(),
      }),
    )
    .max(10)
    .readonly(),
})

const Segment = z.object({ id, name: z.string(), definition: Definition, shared: z.boolean(), mine: z.boolean(), version })
const size = z.object({ customers: z.int(), more: z.boolean() })
const values = { name: z.string().trim().min(1).max(100), definition: Definition, shared: z.boolean() }

/** A definition in an address. */
const written = z.codec(z.string().max(20_000), z.string(), { decode: (text) => text, encode: (text) => text })

export const segmentsApi = {
  segments: endpoint('GET /customer-segments', {
    about: 'nobody',
    ...read,
    summary: 'One’s own segments and those that others share',
    input: nothing,
    result: z.object({ items: z.array(Segment) }),
  }),
  segmentSize: endpoint('GET /customer-segments/size', {
    about: 'reach',
    ...read,
    summary: 'How many customers a definition (as JSON) means: exact up to 10,000, `more` says that there are more than that',
    timeLimit: 5000,
    input: z.object({ definition: written }),
    result: size,
  }),
  makeSegment: endpoint('POST /customer-segments', {
    about: 'nobody',
    ...read,
    summary: 'Keeps conditions on customers under a name, for oneself or for everybody',
    input: z.object(values),
    result: Segment,
  }),
  changeSegment: endpoint('PUT /customer-segments/:segmentId', {
    about: 'nobody',
    ...read,
    summary: 'Writes one of one’s own segments anew',
    input: z.object({ segmentId: id, version, ...values }),
    result: Segment,
  }),
  removeSegment: endpoint('DELETE /customer-segments/:segmentId', {
    about: 'nobody',
    ...read,
    summary: 'Removes one of one’s own segments',
    input: z.object({ segmentId: id, version }),
    result: nothing,
  }),
  members: endpoint('GET /customer-segments/:segmentId/members', {
    notes: 'list',
    about: 'reach',
    ...read,
    summary: 'The customers whom a segment means at this moment, by name, with how many there are',
    timeLimit: 5000,
    input: z.object({ segmentId: id, ...paging }),
    result: page(
      z.object({
        id,
        name: z.string(),
        company: z.string().nullable(),
        city: z.string().nullable(),
        tier: z.enum(tiers).nullable().meta(figure),
        lifetimeValueMinor: money.nullable().meta(figure),
      }),
    ).extend({ segment: Segment, count: size }),
  }),
}
