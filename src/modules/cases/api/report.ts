import { z } from 'zod'
import { day, endpoint, instant, money, page, paging } from '#platform/contract.ts'
import { extraTypes } from '../domain/custom-requests.ts'
import { dimensions, measures } from '../domain/report.ts'
import { kinds, verdicts } from '../domain/taxonomy.ts'
import { Cost, contestFigures, Durations, Interval, Pareto, Rate, RateTrend, Regulator, Share, trendVerdict } from './figures.ts'
import { id } from './said.ts'
import { ListedCase } from './shapes.ts'

const everybody = { permission: 'cases.read', about: 'everybody' } as const

/** The period, both days included; without them the last twelve months. One kind, complaints where none is named. */
const filter = {
  from: day.optional(),
  to: day.optional(),
  kind: z.enum(kinds).optional(),
  tier: z.string().max(40).optional(),
  departmentId: id.optional(),
  productCode: z.string().max(100).optional(),
  verdict: z.enum(verdicts).optional(),
}
const period = { from: day, to: day }
const ParetoOf = z.object({ chart: Pareto, unsaid: z.int() })
const dimension = z.enum(dimensions)
const file = { format: z.enum(['csv', 'xlsx']), language: z.enum(['en', 'zh-CN', 'zh-TW']).optional() }

export const reportEndpoints = {
  report: endpoint('GET /case-report', {
    ...everybody,
    summary: 'Cases of a period: rates, what they are about, speed, satisfaction, cost, and what the literature makes of them',
    timeLimit: 10_000,
    input: z.object(filter),
    result: z.object({
      ...period,
      cases: z.int(),
      rates: RateTrend,
      paretos: z.object({
        category: ParetoOf,
        reason: ParetoOf,
        dissatisfaction: ParetoOf,
        cause: ParetoOf,
        department: ParetoOf,
        product: ParetoOf,
        tier: ParetoOf,
      }),
      board: z.object({
        firstAnswer: Durations,
        settlement: Durations,
        late: Share,
        reopened: Share,
        satisfied: Share,
        backlog: Durations,
        found: Share,
        established: Share,
        undecided: z.int(),
        establishedRate: Rate,
      }),
      /** How well the cases were served, by the last sheet of each that was judged; null for whoever does not judge the work of everybody. */
      quality: z.object({ sevenR: Share, courtesy: Share, notArgued: Share }).nullable(),
      cost: Cost,
      iceberg: z.object({ persistent: z.int(), dissatisfied: z.int(), silent: z.int(), source: z.string() }),
      wordOfMouth: z.object({ satisfied: z.int(), dissatisfied: z.int(), good: z.int(), bad: z.int(), source: z.string() }),
    }),
  }),
  reportTrends: endpoint('GET /case-report/trends', {
    ...everybody,
    summary: 'Cases by month and by category, reason, dissatisfaction, cause, department, product or tier, each with its trend',
    timeLimit: 10_000,
    input: z.object({ ...filter, by: dimension }),
    result: z.object({
      months: z.array(z.string()),
      rows: z.array(
        z.object({ key: z.string(), total: z.int(), months: z.array(z.int()), verdict: trendVerdict, change: z.number().nullable() }),
      ),
      others: z.array(z.int()),
    }),
  }),
  reportCases: endpoint('GET /case-report/cases', {
    ...everybody,
    notes: 'list',
    summary: 'The cases that were counted in a figure of the report, the last received first',
    timeLimit: 5_000,
    input: z.object({
      ...filter,
      measure: z.enum(measures).optional(),
      by: dimension.optional(),
      /** With `by`: what it is there. */
      key: z.string().max(200).optional(),
      /** Of what was taken outside, to whom. */
      body: id.optional(),
      ...paging,
    }),
    result: page(ListedCase),
  }),
  contestReport: endpoint('GET /case-report/contests', {
    ...everybody,
    summary:
      'Appeals and what was taken to bodies outside, by month, body and category: what came and was decided in a period, and how much for the customer',
    timeLimit: 10_000,
    input: z.object(filter),
    result: z.object({
      ...period,
      total: z.object(contestFigures),
      byMonth: z.array(z.object({ key: z.string(), ...contestFigures })),
      byBody: z.array(z.object({ key: z.string(), name: z.string(), ...contestFigures })),
      byCategory: z.array(z.object({ key: z.string(), ...contestFigures })),
    }),
  }),
  reportRepurchase: endpoint('GET /case-report/repurchase', {
    ...everybody,
    summary: 'How many customers ordered again after their complaint was settled, beside customers who never complained',
    timeLimit: 10_000,
    input: z.object(filter),
    result: z.object({
      /** Days within which they ordered again, and the last day of settlement for which these are over. */
      days: z.int(),
      until: day,
      /** Where there are more customers than this, as many were drawn. */
      most: z.int(),
      resolved: Share,
      without: Share,
      inBand: z.enum(['below', 'within', 'above', 'cannot-tell', 'too-little-data']),
      band: z.object({ low: z.number(), high: z.number(), source: z.string() }),
      difference: z.number().nullable(),
      interval: Interval.nullable(),
      comparison: z.enum(['more-loyal', 'less-loyal', 'no-detectable-difference', 'too-little-data']),
    }),
  }),
  regulatorReport: endpoint('GET /case-report/regulator', {
    ...everybody,
    summary: 'The counts that supervisors ask for, by product and category',
    timeLimit: 10_000,
    input: z.object({ from: day.optional(), to: day.optional(), kind: z.enum(kinds).optional() }),
    result: z.object({ ...period, report: Regulator }),
  }),
  regulatorFile: endpoint('GET /case-report/regulator/file', {
    ...everybody,
    summary: 'The same as a CSV or Excel file',
    kind: 'download',
    timeLimit: 10_000,
    input: z.object({ from: day.optional(), to: day.optional(), kind: z.enum(kinds).optional(), ...file }),
    result: z.unknown(),
  }),
  customRequests: endpoint('GET /case-report/custom-requests', {
    ...everybody,
    summary: 'Custom requests received in a period by what they ask for: how many were quoted, accepted, refused and fulfilled',
    timeLimit: 2_000,
    input: z.object({ from: day.optional(), to: day.optional() }),
    result: z.object({
      ...period,
      types: z.array(
        z.object({
          /** Null: nobody said. */
          extra: z.enum(extraTypes).nullable(),
          ...{ requests: z.int(), quoted: z.int(), accepted: z.int(), refused: z.int(), fulfilled: z.int() },
        }),
      ),
    }),
  }),
  scorecard: endpoint('GET /case-scorecard', {
    ...everybody,
    summary: 'Service at a glance: what is open and late, what came this week, what was done, how quickly and how it was found',
    timeLimit: 2_000,
    input: z.object({}),
    result: z.object({
      at: instant,
      open: z.int(),
      late: z.int(),
      newThisWeek: z.int(),
      newWeekBefore: z.int(),
      /** Of the last 90 days. */
      satisfied: Share,
      firstAnswer: Durations,
      settlement: Durations,
      /** Of the last seven days: touches with customers, and what was done on cases. */
      touches: z.int(),
      acts: z.int(),
      costMinor: money,
    }),
  }),
}
