import { z } from 'zod'
import { day, endpoint, money, page, paging, wholeNumber } from '#platform/contract.ts'

/** Old customers are run (M-05), not only kept: whom to contact, whom to greet, who brings others, and what campaigns made of those whom they won. */
export const oldCustomerEndpoints = {
  oldCustomers: endpoint('GET /insight/old-customers', {
    about: 'reach',
    permission: 'insight.read',
    notes: 'list',
    summary:
      'Those who have bought for long, or once bought and fell asleep, the most profitable first, with what is to be done for them; nobody for whoever may not see what customers bring',
    timeLimit: 2000,
    input: z.object({ activity: z.enum(['old', 'asleep']).optional(), ownerId: z.uuid().optional(), ...paging }),
    result: page(
      z.object({
        customerId: z.uuid(),
        name: z.string(),
        city: z.string().nullable(),
        ownerId: z.string().nullable(),
        activity: z.enum(['old', 'asleep']),
        tier: z.enum(['platinum', 'gold', 'iron', 'lead']),
        profitMinor: money,
        orders: z.int(),
        lastOrderDay: day.nullable(),
        /** How the frequency of contact stands; null for whoever may not see commitments. */
        contact: z
          .object({
            dueBy: day.nullable(),
            last: z.object({ day, channel: z.string() }).nullable(),
            /** How to get in touch; null where they refused everything. */
            propose: z.string().nullable(),
          })
          .nullable(),
        /** The birthday that comes within thirty days. */
        birthdayOn: day.nullable().meta({ personal: 'customers.read-personal' }),
        /** How many they referred. */
        referred: z.int(),
      }),
    ),
  }),
  campaigns: endpoint('GET /insight/campaigns', {
    about: 'everybody',
    permission: 'insight.read',
    summary:
      'Of each campaign how many customers it won with their first order in the last months, how many of those bought on a later day, and how many others they referred',
    timeLimit: 4000,
    input: z.object({ months: wholeNumber(1, 120).optional() }),
    result: z.object({
      from: day,
      /** The largest hundred; null for whoever may not see all orders and customers. */
      items: z.array(z.object({ campaign: z.string(), firstOrders: z.int(), secondPurchases: z.int(), referred: z.int() })).nullable(),
    }),
  }),
}
