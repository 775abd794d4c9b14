import { z } from 'zod'
import { day, endpoint, instant, money, nothing } from '#platform/contract.ts'
import { nextStepCodes } from '../domain/next-steps.ts'

const percent = z.number()
const stages = z.enum(['before', 'during', 'after'])

/** Null where the book was never valued or the person may not see values. */
const Valued = z
  .object({
    asOf: day,
    finishedAt: instant,
    lifetimeValueMinor: money,
    profitMinor: money,
    tiers: z.array(z.object({ tier: z.enum(['platinum', 'gold', 'iron', 'lead']), customers: z.int(), profitMinor: money })),
    model: z.string(),
    grade: z.string().nullable(),
  })
  .nullable()

/** One month: new customers, customers who bought before and again, customers whose second purchase day it brought. */
const Month = z.object({ month: z.string(), won: z.int(), retained: z.int(), converted: z.int() })

export const homeEndpoints = {
  home: endpoint('GET /insight/home', {
    about: 'reach',
    summary: 'The loop with live figures, and what to do next; parts that the person may not see are null',
    permission: 'insight.read',
    input: nothing,
    result: z.object({
      know: z.object({
        customers: z.int(),
        /** There are more than `customers`, nobody counted how many. */
        more: z.boolean(),
        /** First purchase in the month of the as-of day. */
        newThisMonth: z.int().nullable(),
        /** Mean over the archive, or over a sample of it where it is large. */
        completenessPercent: percent.nullable(),
      }),
      value: Valued,
      serve: z.object({ days: z.int(), stages: z.array(z.object({ stage: stages, touches: z.int() })) }).nullable(),
      keep: z.object({ months: z.array(Month) }).nullable(),
      next: z.array(z.object({ code: z.enum(nextStepCodes), values: z.record(z.string(), z.union([z.string(), z.number()])) })),
    }),
  }),
  benchmarks: endpoint('GET /insight/benchmarks', {
    about: 'reach',
    summary: 'Figures of the literature with their source, and beside them what the company’s own figures say',
    permission: 'insight.read',
    input: nothing,
    result: z.object({
      asOf: day.nullable(),
      retention: z.object({
        ranges: z.array(z.object({ source: z.string(), low: z.number(), high: z.number() })),
        /** Own profit of the last twelve months, before cost to serve, and what it would be within each range. */
        own: z
          .object({
            from: day,
            to: day,
            profitMinor: money,
            basis: z.enum(['known', 'margin', 'revenue']),
            ranges: z.array(z.object({ source: z.string(), lowMinor: money, highMinor: money })),
          })
          .nullable(),
      }),
      winning: z.object({
        benchmark: z.number(),
        own: z
          .object({
            from: day,
            to: day,
            /** False: the history is younger than two years, so kept and lost leave out who bought earlier. */
            comparable: z.boolean(),
            acquireMinor: money,
            retainMinor: money,
            /** Spent for both at once; in neither figure. */
            bothMinor: money,
            won: z.int(),
            kept: z.int(),
            lost: z.int(),
            perNewMinor: z.number().nullable(),
            perKeptMinor: z.number().nullable(),
            ratio: z.number().nullable(),
            leaking: z.boolean(),
          })
          .nullable(),
      }),
    }),
  }),
}
