import { z } from 'zod'
import { day, endpoint } from '#platform/contract.ts'
import { Interval } from './figures.ts'
import { maybe } from './said.ts'

const month = z.string().regex(/^(?!0000)\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-01')
const Item = z.object({ key: z.string(), points: z.number(), most: z.int() })
const trend = {
  slope: z.number().nullable(),
  interval: Interval.nullable(),
  verdict: z.enum(['rising', 'falling', 'no-detectable-trend', 'too-little-data']),
}
const Month = z.object({ month: day, points: z.number(), grade: z.string() })

export const selfAssessmentEndpoints = {
  selfAssessment: endpoint('GET /case-self-assessment', {
    permission: 'cases.write',
    about: 'nobody',
    summary: 'The sheet by which one judges one’s own service, what one found month by month, and its trend',
    input: z.object({}),
    result: z.object({
      items: z.array(z.object({ key: z.string(), names: z.record(z.string(), z.string()).nullable(), most: z.int() })),
      grades: z.array(z.object({ from: z.number(), grade: z.string() })),
      months: z.array(Month.extend({ items: z.array(Item), toNext: z.number().nullable(), note: z.string().nullable(), version: z.int() })),
      ...trend,
    }),
  }),
  assessSelf: endpoint('PUT /case-self-assessment/:month', {
    permission: 'cases.write',
    about: 'nobody',
    summary: 'Writes down how one found one’s own service in a month',
    input: z.object({
      month,
      /** 0 where there is none of this month yet. */
      version: z.int().min(0),
      items: z.array(z.object({ key: z.string().max(40), points: z.number().min(0).max(100) })).max(30),
      note: maybe(2000),
    }),
    result: z.object({ month: day, points: z.number(), grade: z.string(), version: z.int() }),
  }),
  selfAssessments: endpoint('GET /case-self-assessments', {
    permission: 'cases.manage',
    about: 'nobody',
    summary: 'How people judged their own service in the last twelve months, with grades and trends',
    input: z.object({}),
    result: z.object({ people: z.array(z.object({ userId: z.string(), months: z.array(Month), ...trend })) }),
  }),
}
