import { z } from 'zod'
import { endpoint, instant, nothing, page, paging } from '#platform/contract.ts'
import { needStates } from '../domain/need.ts'
import { id, read, version } from './basics.ts'

const manage = { permission: 'customers.manage-needs' }
const text = z.string().trim().min(1).max(200)
const category = z.string().trim().max(60).nullable()
export const Need = z.object({
  id,
  text: z.string(),
  category: z.string().nullable(),
  state: z.enum(needStates),
  customers: z.int(),
  productCodes: z.array(z.string()),
  lastNotedAt: instant.nullable(),
  version: z.int(),
})

export const needEndpoints = {
  needs: endpoint('GET /customer-needs', {
    about: 'everybody',
    ...read,
    summary: 'The needs register: what customers want, most wanted first, with how many customers want it',
    timeLimit: 2000,
    input: z.object({ q: z.string().trim().max(200).optional(), state: z.enum(needStates).optional(), ...paging }),
    result: page(Need),
  }),
  needSuggestions: endpoint('GET /customer-need-suggestions', {
    about: 'reach',
    ...read,
    summary:
      'Needs of the register whose text holds the given words, to choose from while a touch is noted: those that somebody has looked at, and those heard from customers one sees',
    input: z.object({ q: z.string().trim().max(200) }),
    result: z.object({ items: z.array(z.object({ id, text: z.string() })) }),
  }),
  needCustomers: endpoint('GET /customer-needs/:needId/customers', {
    notes: 'list',
    about: 'reach',
    ...read,
    summary: 'Who has a need, newest note first',
    input: z.object({ needId: id, ...paging }),
    result: page(z.object({ customerId: id, name: z.string(), interactionId: id, notedAt: instant, notedBy: z.string() })),
  }),
  changeNeed: endpoint('PUT /customer-needs/:needId', {
    about: 'nobody',
    ...manage,
    summary: 'Changes the words, the category or the state of a need',
    input: z.object({ needId: id, version, text, category, state: z.enum(needStates) }),
    result: nothing,
  }),
  mergeNeed: endpoint('POST /customer-needs/:needId/merges', {
    about: 'nobody',
    ...manage,
    summary:
      'Takes another need that means the same into this one, with its customers and products; refused when somebody else has changed the other since the given version',
    input: z.object({ needId: id, otherId: id, otherVersion: version }),
    result: nothing,
  }),
  linkProduct: endpoint('PUT /customer-needs/:needId/products/:productCode', {
    about: 'nobody',
    ...manage,
    summary: 'Says that a product of the catalogue answers a need',
    input: z.object({ needId: id, productCode: z.string().trim().min(1).max(200) }),
    result: nothing,
  }),
  unlinkProduct: endpoint('DELETE /customer-needs/:needId/products/:productCode', {
    about: 'nobody',
    ...manage,
    summary: 'Says that a product does not answer a need',
    input: z.object({ needId: id, productCode: z.string().trim().min(1).max(200) }),
    result: nothing,
  }),
}
