import { z } from 'zod'
import { day, endpoint, nothing, page, paging, thingIn } from '#platform/contract.ts'
import { standings } from '../domain/promise.ts'
import { freightKinds, termNames } from '../domain/terms.ts'

const quantity = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,6})?$/)
  .meta({ description: 'An exact decimal of at least 0 with at most six places, such as 12.5' })
const word = (length: number) => z.string().trim().min(1).max(length)
const place = z.int().min(1).max(2000)

const LineTerms = z.object({ place, quantity: quantity.nullish(), grade: word(200).nullish(), specification: word(1000).nullish() })
const said = {
  /** Of the whole order; each line has its own. */
  quantity: quantity.nullish(),
  grade: word(200).nullish(),
  specification: word(1000).nullish(),
  deliveryPlace: word(500).nullish(),
  settlement: word(200).nullish(),
  tradeTerms: word(500).nullish(),
  lines: z.array(LineTerms).max(2000).optional(),
}

/** What is promised for an order; nothing is promised where a field is left out. What its lines order is promised anyway. */
export const TermsInput = z.object({
  ...said,
  promisedDay: day.nullish(),
  /** By which way the customer pays. */
  payment: word(100).nullish(),
})
export type TermsInput = z.output<typeof TermsInput>

const DeliveryInput = z.object({ ...said, day, moreFollows: z.boolean() })

/** How a promised day was kept; `days` is how much later than promised, negative before it. */
export const PromiseView = z.object({
  promisedDay: day.nullable(),
  deliveredDay: day.nullable(),
  standing: z.enum(standings).nullable(),
  days: z.int().nullable(),
})
export type PromiseView = z.output<typeof PromiseView>

const LineTermsView = z.object({
  place,
  quantity: z.string().nullable(),
  grade: z.string().nullable(),
  specification: z.string().nullable(),
})
const saidView = {
  quantity: z.string().nullable(),
  grade: z.string().nullable(),
  specification: z.string().nullable(),
  /** Where somebody lives or works: for those who see how they are reached. */
  deliveryPlace: z.string().nullable().meta({ personal: 'customers.read-personal' }),
  settlement: z.string().nullable(),
  tradeTerms: z.string().nullable(),
  lines: z.array(LineTermsView),
}

export const DeviationView = z.object({
  term: z.enum(termNames),
  /** The place of the order's line; null for the order as a whole. */
  place: place.nullable(),
  /** Null where it is a place that the reader may not see. */
  promised: z.string().nullable(),
  /** Null: nothing has come, or as above. */
  delivered: z.string().nullable(),
  /** What is missing counts negative, and so do days before the promised one; null between words. */
  difference: z
    .discriminatedUnion('unit', [
      z.object({ unit: z.literal('quantity'), quantity: z.string() }),
      z.object({ unit: z.literal('days'), days: z.int() }),
    ])
    .nullable(),
})
export type DeviationView = z.output<typeof DeviationView>

export const FreightView = z.object({
  id: z.uuid(),
  kind: z.enum(freightKinds),
  day,
  line: place.nullable(),
  quantity: z.string().nullable(),
  note: z.string().nullable(),
  notedBy: z.string(),
})

/** Everything that was agreed for an order, what came, what happened on the way, and where they differ. */
export const TermsView = z.object({
  orderId: z.uuid(),
  customerId: z.uuid(),
  terms: z.object({ ...saidView, promisedDay: day.nullable(), payment: z.string().nullable() }),
  promise: PromiseView,
  deliveries: z.array(
    z.object({
      ...saidView,
      id: z.uuid(),
      day,
      moreFollows: z.boolean(),
      /** Null where a file said it. */ notedBy: z.string().nullable(),
    }),
  ),
  freight: z.array(FreightView),
  deviations: z.array(DeviationView),
  /** What came altogether, where deliveries say; lines by their place. */
  delivered: z.object({ quantity: z.string().nullable(), lines: z.array(z.object({ place, quantity: z.string() })) }),
  byHand: z.boolean(),
  /** 0 where nothing was ever said. */
  version: z.int(),
})
export type TermsView = z.output<typeof TermsView>

const id = z.object({ id: z.uuid() })
const seen = { version: z.int().min(0) }
const about = thingIn('orders.order', 'id')
const read = { permission: 'orders.read' }
const write = { permission: 'orders.write', about }
const month = z.string().meta({ description: 'A month, YYYY-MM' })
const share = z.number().nullable()

export const termsApi = {
  terms: endpoint('GET /orders/:id/terms', {
    about,
    notes: 'result.customerId',
    ...read,
    summary: 'What was promised for an order, what came, what happened on the way, and where they differ',
    input: id,
    result: TermsView,
  }),
  setTerms: endpoint('PUT /orders/:id/terms', {
    ...write,
    summary:
      'Says what is promised for an order, whole; `version` is that of what the writer saw, 0 where nothing was said yet; whoever may not see where it is delivered does not change that',
    input: TermsInput.extend({ id: z.uuid(), ...seen }),
    result: TermsView,
  }),
  noteDelivery: endpoint('POST /orders/:id/deliveries', {
    ...write,
    summary: 'Notes what came on a day; a delivery of which more follows leaves the order unfulfilled',
    input: DeliveryInput.extend({ id: z.uuid() }),
    result: TermsView,
  }),
  removeDelivery: endpoint('DELETE /orders/:id/deliveries/:deliveryId', {
    ...write,
    summary: 'Takes back a delivery that was noted wrongly',
    input: id.extend({ deliveryId: z.uuid(), ...seen }),
    result: TermsView,
  }),
  noteFreight: endpoint('POST /orders/:id/freight-events', {
    ...write,
    summary: 'Notes that goods were damaged, lost, spoilt or badly handled on their way',
    input: id.extend({
      kind: z.enum(freightKinds),
      day,
      line: place.nullish(),
      quantity: quantity.nullish(),
      note: word(2000).nullish(),
    }),
    result: TermsView,
  }),
  removeFreight: endpoint('DELETE /orders/:id/freight-events/:eventId', {
    ...write,
    summary: 'Takes back a freight event that was noted wrongly',
    input: id.extend({ eventId: z.uuid(), ...seen }),
    result: TermsView,
  }),
  promiseMonths: endpoint('GET /delivery-promises/months', {
    about: 'everybody',
    ...read,
    summary: 'How the promised days of the last twelve months were kept; shares are of the promises that are due',
    timeLimit: 10_000,
    input: nothing,
    result: z.object({
      items: z.array(
        z.object({
          month,
          early: z.int(),
          onTime: z.int(),
          late: z.int(),
          overdue: z.int(),
          open: z.int(),
          due: z.int(),
          earlyShare: share,
          onTimeShare: share,
          lateShare: share,
          overdueShare: share,
          meanLateDays: share,
        }),
      ),
    }),
  }),
  brokenPromises: endpoint('GET /delivery-promises/broken', {
    about: 'reach',
    ...read,
    notes: 'list.items',
    summary:
      'Orders that have not come though their promised day is past, those promised longest ago first; or those that came late, the latest first',
    input: z.object({ ...paging, state: z.enum(['late', 'overdue']) }),
    result: page(
      z.object({
        orderId: z.uuid(),
        customerId: z.uuid(),
        customerName: z.string(),
        number: z.string().nullable(),
        promisedDay: day,
        deliveredDay: day.nullable(),
        days: z.int(),
      }),
    ),
  }),
}
