import { z } from 'zod'
import { customerIn, day, endpoint, instant, money, nothing, page, paging } from '#platform/contract.ts'
import { extraTypes, observationStates, serviceLayers } from '../domain/service-layers.ts'

const id = z.uuid()
const version = z.int().min(1)
const text = z.string().trim().min(1).max(2000)
/** Added over a year's services it is still a whole number. */
const cost = money.min(0).max(100_000_000_000)
const score = z.int().min(0).max(10).nullable().meta({ description: 'Satisfaction from 0 to 10; null: not asked' })
const read = { permission: 'value.read', about: 'nobody' } as const
const write = { permission: 'value.policies', about: 'nobody' } as const
const ofCustomer = { permission: 'value.read', about: customerIn('customerId'), notes: 'input.customerId' } as const
const noting = { permission: 'value.serve', about: customerIn('customerId') } as const

const service = {
  layer: z.enum(serviceLayers),
  extraType: z.enum(extraTypes).nullable(),
  name: z.string().trim().min(1).max(200),
  description: text.nullable(),
  expected: z.boolean(),
  costMinor: cost,
  targetMinutes: z.int().min(1).max(525_600).nullable(),
}
const Service = z.object({ id, ...service, version })

const observation = { noticed: text, hypothesis: text.nullable() }
const Observation = z.object({
  id,
  customerId: id,
  ...observation,
  state: z.enum(observationStates),
  noticedAt: instant,
  noticedBy: z.string(),
  version,
})

const given = {
  what: text,
  givenOn: day,
  costMinor: cost,
  scoreBefore: score,
  scoreAfter: score,
  reaction: text.nullable(),
}
const Given = z.object({
  id,
  customerId: id,
  serviceId: id.nullable(),
  observationId: id.nullable(),
  layer: z.enum(serviceLayers),
  extraType: z.enum(extraTypes).nullable(),
  expected: z.boolean(),
  ...given,
  givenBy: z.string(),
  version,
})

const effect = {
  given: z.int(),
  costMinor: money,
  scored: z.int(),
  meanChange: z.number().nullable(),
  plusMinus: z.number().nullable().meta({ description: 'Half of the width of the 95 % interval of the mean' }),
}

/** The catalogue of services in three layers, what was noticed about customers, and what was given to them (K-01…K-04). */
export const serviceEndpoints = {
  services: endpoint('GET /value/services', {
    ...read,
    summary: 'The catalogue of services: within the scope, extra, beyond imagination; each expected by customers or not',
    input: nothing,
    result: z.object({ items: z.array(Service) }),
  }),
  addService: endpoint('POST /value/services', {
    ...write,
    summary: 'Adds a service to the catalogue',
    input: z.object(service),
    result: Service,
  }),
  changeService: endpoint('PUT /value/services/:serviceId', {
    ...write,
    summary: 'Writes a service of the catalogue anew; what was given of it stays as it was',
    input: z.object({ serviceId: id, version, ...service }),
    result: Service,
  }),
  removeService: endpoint('DELETE /value/services/:serviceId', {
    ...write,
    summary: 'Takes a service off the catalogue; what was given of it stays',
    input: z.object({ serviceId: id, version }),
    result: nothing,
  }),
  serviceLayers: endpoint('GET /value/service-layers', {
    permission: 'value.read',
    about: 'everybody',
    summary: 'How the satisfaction of customers changed with what was given to them, by layer, by type, and expected against unexpected',
    timeLimit: 5_000,
    input: z.object({ from: day.optional(), to: day.optional() }),
    result: z.object({
      from: day,
      to: day,
      layers: z.array(z.object({ layer: z.enum(serviceLayers), ...effect })),
      extraTypes: z.array(z.object({ extraType: z.enum(extraTypes), ...effect })),
      expected: z.object(effect),
      unexpected: z.object(effect),
    }),
  }),
  openObservations: endpoint('GET /value/observations', {
    permission: 'value.read',
    about: 'reach',
    notes: 'list',
    summary: 'What was noticed about customers and nobody has acted on yet, newest first',
    input: z.object(paging),
    result: page(Observation.extend({ customerName: z.string() })),
  }),
  observations: endpoint('GET /value/customers/:customerId/observations', {
    ...ofCustomer,
    summary: 'What was noticed about a customer, newest first, at most two hundred',
    input: z.object({ customerId: id }),
    result: z.object({ items: z.array(Observation) }),
  }),
  observe: endpoint('POST /value/customers/:customerId/observations', {
    ...noting,
    summary: 'Notes what was noticed about a customer, and which need they may have that they have not voiced',
    input: z.object({ customerId: id, ...observation }),
    result: Observation,
  }),
  changeObservation: endpoint('PUT /value/customers/:customerId/observations/:observationId', {
    ...noting,
    summary: 'Writes an observation anew, with its hypothesis, or drops it',
    input: z.object({ customerId: id, observationId: id, version, ...observation, dropped: z.boolean() }),
    result: Observation,
  }),
  servicesGiven: endpoint('GET /value/customers/:customerId/services-given', {
    ...ofCustomer,
    summary: 'What was given to a customer, newest first, at most two hundred',
    input: z.object({ customerId: id }),
    result: z.object({ items: z.array(Given) }),
  }),
  giveService: endpoint('POST /value/customers/:customerId/services-given', {
    ...noting,
    summary:
      'Notes a service that was given, of the catalogue or (without one) a surprise beyond imagination; with an observation it is the answer to that. Its cost counts as cost to serve',
    input: z.object({ customerId: id, serviceId: id.nullable(), observationId: id.nullable(), ...given }),
    result: Given,
  }),
  changeServiceGiven: endpoint('PUT /value/customers/:customerId/services-given/:givenId', {
    ...noting,
    summary: 'Corrects a service that was given, or adds how the customer reacted later',
    input: z.object({ customerId: id, givenId: id, version, ...given }),
    result: Given,
  }),
}
