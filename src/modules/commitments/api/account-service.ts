import { z } from 'zod'
import { customerIn, day, endpoint, instant, nothing } from '#platform/contract.ts'
import { proposalStates } from '../domain/proposal.ts'

const id = z.uuid()
const version = z.int().min(1)
const read = { permission: 'commitments.read', about: customerIn('customerId') } as const
const write = { permission: 'commitments.write', about: customerIn('customerId') } as const

const service = {
  title: z.string().trim().min(1).max(200),
  detail: z.string().trim().max(2000).nullable(),
  /** Since when it is done. */
  since: day.nullable(),
}
const Service = z.object({ id, ...service, version, changedAt: instant, changedBy: z.string() })

const Need = z.object({
  id,
  text: z.string(),
  /** Products of the catalogue that answer it. */
  productCodes: z.array(z.string()),
})
const Proposal = z.object({
  id,
  need: z.object({ id, text: z.string() }),
  productCode: z.string(),
  note: z.string().nullable(),
  state: z.enum(proposalStates),
  madeAt: instant,
  madeBy: z.string(),
  closedAt: instant.nullable(),
  version,
})

/** What is done for one account alone (L-03), and what is proposed to it for which need (L-06). */
export const accountServiceEndpoints = {
  services: endpoint('GET /customers/:customerId/services', {
    ...read,
    summary: 'The service sheet of an account: what is done for this customer that others do not get',
    input: z.object({ customerId: id }),
    result: z.object({ items: z.array(Service) }),
  }),
  addService: endpoint('POST /customers/:customerId/services', {
    ...write,
    summary: 'Adds a line to the service sheet of an account',
    input: z.object({ customerId: id, ...service }),
    result: Service,
  }),
  changeService: endpoint('PUT /customers/:customerId/services/:serviceId', {
    ...write,
    summary: 'Writes a line of the service sheet anew; refused when somebody else has changed it since the given version',
    input: z.object({ customerId: id, serviceId: id, version, ...service }),
    result: Service,
  }),
  removeService: endpoint('DELETE /customers/:customerId/services/:serviceId', {
    ...write,
    summary: 'Takes a line off the service sheet',
    input: z.object({ customerId: id, serviceId: id, version }),
    result: nothing,
  }),
  proposals: endpoint('GET /customers/:customerId/proposals', {
    ...read,
    summary: 'What was proposed to a customer, newest first, and the needs that they told',
    input: z.object({ customerId: id }),
    result: z.object({ items: z.array(Proposal), needs: z.array(Need) }),
  }),
  propose: endpoint('POST /customers/:customerId/proposals', {
    ...write,
    summary: 'Notes that a product was proposed for a need of the customer’s; without a need nothing is proposed',
    input: z.object({
      customerId: id,
      needId: id,
      productCode: z.string().trim().min(1).max(200),
      note: z.string().trim().max(2000).nullable().optional(),
    }),
    result: Proposal,
  }),
  closeProposal: endpoint('PUT /customers/:customerId/proposals/:proposalId/state', {
    ...write,
    summary: 'Says what came of a proposal, or that it is open again',
    input: z.object({ customerId: id, proposalId: id, version, state: z.enum(proposalStates) }),
    result: Proposal,
  }),
}
