import { z } from 'zod'
import { customerIn, day, endpoint, money, nothing } from '#platform/contract.ts'
import { relationKinds, relationSides } from '../domain/relation.ts'
import { figure, id, read, write } from './basics.ts'

const amount = money.nullable().meta(figure)
const Figures = z.object({
  orders: z.int().nullable().meta(figure),
  revenueMinor: amount,
  profitMinor: amount,
  valuedOn: day.nullable().meta(figure),
})

export const relationEndpoints = {
  relations: endpoint('GET /customers/:id/relations', {
    about: customerIn('id'),
    notes: 'input.id',
    ...read,
    summary: 'Who belongs to a customer: family, group, who referred whom, dealers and their end users, with what the others buy',
    input: z.object({ id }),
    result: z.object({
      items: z.array(
        z.object({
          id,
          kind: z.enum(relationKinds),
          /** Which side the customer of the page is on. */
          side: z.enum(relationSides),
          note: z.string().nullable(),
          /** Null: somebody whom the reader does not see. */
          other: z.object({ id, name: z.string(), city: z.string().nullable(), figures: Figures }).nullable(),
        }),
      ),
      /** Those whom this customer referred, together (B-11). */
      referred: z.object({ customers: z.int(), revenueMinor: amount, profitMinor: amount }),
    }),
  }),
  relate: endpoint('POST /customers/:id/relations', {
    about: [...customerIn('id'), ...customerIn('otherId')],
    ...write,
    summary:
      'Relates two customers; `side` says on which side the customer of the path is: first is the elder, the company above, the referrer, the dealer',
    input: z.object({
      id,
      otherId: id,
      kind: z.enum(relationKinds),
      side: z.enum(relationSides),
      note: z.string().trim().max(200).nullable().optional(),
    }),
    result: nothing,
  }),
  unrelate: endpoint('DELETE /customers/:id/relations/:relationId', {
    about: customerIn('id'),
    ...write,
    summary: 'Takes a relation back, on both sides',
    input: z.object({ id, relationId: id }),
    result: nothing,
  }),
}
