import { z } from 'zod'
import { customerIn, day, endpoint, instant, page, paging, thingIn } from '#platform/contract.ts'
import { desertionReasons } from '../domain/desertion.ts'
import { Pareto } from './figures.ts'
import { id, maybe, version } from './said.ts'

const reason = z.enum(desertionReasons)
const terms = { leftOn: day, rival: maybe(200), reason: reason.nullable(), note: maybe(2000) }
const Desertion = z.object({
  id,
  customerId: id,
  ...{ leftOn: day, rival: z.string().nullable(), reason: reason.nullable(), note: z.string().nullable() },
  backOn: day.nullable(),
  notedAt: instant,
  notedBy: z.string(),
  version,
})
const period = { from: day.optional(), to: day.optional() }

export const desertionEndpoints = {
  desertionsOfCustomer: endpoint('GET /customers/:customerId/desertions', {
    notes: 'input.customerId',
    permission: 'cases.read',
    about: customerIn('customerId'),
    summary: 'When a customer went to somebody else, and whether they came back',
    input: z.object({ customerId: id }),
    result: z.object({ desertions: z.array(Desertion) }),
  }),
  noteDesertion: endpoint('POST /customers/:customerId/desertions', {
    permission: 'cases.write',
    about: customerIn('customerId'),
    summary: 'Notes that a customer went to somebody else: when, to whom and why',
    input: z.object({ customerId: id, ...terms }),
    result: Desertion,
  }),
  changeDesertion: endpoint('PATCH /desertions/:desertionId', {
    permission: 'cases.write',
    about: thingIn('cases.desertion', 'desertionId'),
    summary: 'Changes an entry of the register, or notes that the customer came back',
    input: z.object({ desertionId: id, version, ...z.object(terms).partial().shape, backOn: day.nullable().optional() }),
    result: Desertion,
  }),
  desertions: endpoint('GET /desertions', {
    permission: 'cases.read',
    about: 'reach',
    notes: 'list',
    summary: 'Who went to somebody else in a period, the last first',
    timeLimit: 1000,
    input: z.object({ ...period, reason: reason.optional(), ...paging }),
    result: page(Desertion.extend({ customerName: z.string() })),
  }),
  desertionReport: endpoint('GET /desertions/report', {
    permission: 'cases.read',
    about: 'everybody',
    summary: 'How many went to somebody else in a period, by reason, by rival and by month',
    timeLimit: 2000,
    input: z.object(period),
    result: z.object({
      from: day,
      to: day,
      customers: z.int(),
      back: z.int(),
      reasons: Pareto,
      rivals: Pareto,
      withoutReason: z.int(),
      withoutRival: z.int(),
      months: z.array(z.object({ month: z.string(), customers: z.int(), back: z.int() })),
    }),
  }),
}
