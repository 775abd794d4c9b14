import { z } from 'zod'
import { customerIn, day, endpoint, instant, nothing, page, paging } from '#platform/contract.ts'
import { customerKinds } from '../domain/archive.ts'
import { duplicateReasons } from '../domain/duplicates.ts'
import { figure, id, personal } from './basics.ts'

const merge = { permission: 'customers.merge' }
const states = ['open', 'later', 'different', 'same'] as const

const side = z.object({
  id,
  name: z.string(),
  company: z.string().nullable(),
  email: z.string().nullable().meta(personal),
  phone: z.string().nullable().meta(personal),
  /** Further e-mail addresses and telephone numbers. */
  further: z.array(z.string()).nullable().meta(personal),
  city: z.string().nullable(),
  birthday: day.nullable().meta(personal),
  ownerId: z.string().nullable(),
  orders: z.int().nullable().meta(figure),
  externalKey: z.string().nullable(),
})
const reasons = z.array(z.enum(duplicateReasons))

export const duplicatesApi = {
  duplicates: endpoint('GET /customers/duplicates', {
    notes: 'list',
    about: 'reach',
    permission: 'customers.write',
    summary:
      'Customers with the same e-mail address, telephone number or name as what somebody is entering, the likeliest first; by the name alone for whoever may not see contact data',
    timeLimit: 1000,
    input: z.object({
      name: z.string().max(200).optional(),
      kind: z.enum(customerKinds).optional(),
      email: z.string().max(254).optional(),
      phone: z.string().max(60).optional(),
      company: z.string().max(200).optional(),
      city: z.string().max(120).optional(),
      address: z.string().max(500).optional(),
      birthday: day.optional(),
    }),
    result: z.object({
      items: z.array(z.object({ id, name: z.string(), city: z.string().nullable(), reasons, likely: z.boolean() })),
    }),
  }),
  duplicatePairs: endpoint('GET /customer-duplicates', {
    notes: 'list',
    about: 'reach',
    permission: 'customers.read',
    summary: 'Pairs of customers who may be one and the same, the likeliest first, with the reasons',
    timeLimit: 2000,
    input: z.object({ state: z.enum(states).optional(), customerId: id.optional(), ...paging }),
    result: page(
      z.object({
        one: side,
        other: side,
        score: z.number().nullable().meta(personal),
        likely: z.boolean(),
        reasons,
        state: z.enum(states),
        foundAt: instant,
      }),
    ),
  }),
  decideDuplicate: endpoint('PUT /customer-duplicates/:id/:otherId', {
    about: [...customerIn('id'), ...customerIn('otherId')],
    ...merge,
    summary:
      'Says of a pair that they are different (it is never asked again), that it is decided later, or opens it again; `before` is what the writer saw',
    input: z.object({ id, otherId: id, before: z.enum(states), state: z.enum(['different', 'later', 'open']) }),
    result: nothing,
  }),
  findDuplicates: endpoint('POST /customer-duplicates/searches', {
    about: 'everybody',
    ...merge,
    summary: 'Starts a search through the whole archive for customers who may be one and the same',
    input: nothing,
    result: z.object({ runId: id }),
  }),
}
