import { z } from 'zod'
import { endpoint, instant, nothing, page, paging } from '../contract.ts'

/** A folder below one of those that the operator allows, with the names of files that are meant. */
const folderSource = z.object({
  kind: z.literal('folder'),
  root: z.string().min(1).max(1000),
  path: z
    .string()
    .trim()
    .max(500)
    .regex(/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\\p{Cc}]*$/u, 'must be a folder below the one that is allowed, such as shop/orders')
    .default(''),
  pattern: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^/\\\p{Cc}]+$/u, 'must be the name of a file, in which * stands for anything, such as orders-*.csv'),
})
const addressSource = z.object({
  kind: z.literal('address'),
  url: z.string().trim().max(2000),
  /** Whether the address may lie in the company's own network; only then it may begin with http. */
  ownNetwork: z.boolean().default(false),
  sign: z.enum(['none', 'bearer', 'basic']),
  /** For basic. */
  user: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^:\p{Cc}]*$/u, 'must be without a colon')
    .default(''),
})
export const planSource = z.discriminatedUnion('kind', [folderSource, addressSource])
export type PlanSource = z.output<typeof planSource>

export const planSchedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('minutes'), every: z.int().min(5).max(720) }),
  z.object({ kind: z.literal('hours'), every: z.int().min(1).max(168) }),
  /** Minutes after midnight in the organization's time zone. */
  z.object({ kind: z.literal('day'), at: z.int().min(0).max(1439) }),
])

export const PlanView = z.object({
  id: z.uuid(),
  name: z.string(),
  importer: z.string(),
  mapping: z.string(),
  source: planSource,
  hasSecret: z.boolean(),
  schedule: planSchedule,
  afterwards: z.enum(['left', 'moved']),
  tell: z.array(z.uuid()),
  /** To be sent back with a change. */
  version: z.int(),
  pausedAt: instant.nullable(),
  /** When it is looked at next. */
  dueAt: instant,
  lookedAt: instant.nullable(),
  /** How often in a row the source could not be read, and why the last time. */
  failures: z.int(),
  problem: z.string().nullable(),
})
export type PlanView = z.output<typeof PlanView>

const values = {
  name: z.string().trim().min(1).max(120),
  importer: z.string().max(60),
  /** The name of a saved mapping of that importer. */
  mapping: z.string().trim().min(1).max(100),
  source: planSource,
  /** The key or password for an address; left out it stays as it is. */
  secret: z
    .string()
    .min(1)
    .max(4000)
    .regex(/^[\x20-\x7e]+$/, 'must be of plain letters, figures and signs')
    .optional(),
  schedule: planSchedule,
  afterwards: z.enum(['left', 'moved']),
  tell: z.array(z.uuid()).max(50),
}
const one = z.object({ id: z.uuid() })
// Imports reach all customers, so do plans for them.
const common = { permission: 'imports.plan', about: 'everybody' } as const

export const plansApi = {
  plans: endpoint('GET /import-plans', {
    ...common,
    summary: 'Imports that happen by plan, and the folders from which they may fetch files',
    input: nothing,
    result: z.object({ items: z.array(PlanView), folders: z.array(z.string()) }),
  }),
  addPlan: endpoint('POST /import-plans', {
    ...common,
    summary: 'Plans an import: from where, with which saved mapping, when, and what happens to a file afterwards',
    idempotency: 'none',
    input: z.object(values),
    result: PlanView,
  }),
  changePlan: endpoint('PUT /import-plans/:id', {
    ...common,
    summary: 'Changes a plan; refused when somebody else has changed it since the given version. Refused files are looked at again',
    idempotency: 'none',
    input: z.object({ ...one.shape, ...values, version: z.int().min(1) }),
    result: PlanView,
  }),
  removePlan: endpoint('DELETE /import-plans/:id', {
    ...common,
    summary: 'Removes a plan with its history; what it imported stays',
    input: one.extend({ version: z.int().min(1) }),
    result: nothing,
  }),
  pausePlan: endpoint('PUT /import-plans/:id/state', {
    ...common,
    summary: 'Pauses a plan or lets it go on',
    input: z.object({ ...one.shape, paused: z.boolean() }),
    result: PlanView,
  }),
  lookNow: endpoint('POST /import-plans/:id/looks', {
    ...common,
    summary: 'Looks at the source now, paused or not; refused files are looked at again',
    input: one,
    result: PlanView,
  }),
  planHistory: endpoint('GET /import-plans/:id/history', {
    ...common,
    summary: 'What became of the files of a plan, newest first',
    input: z.object({ ...one.shape, ...paging }),
    result: page(
      z.object({
        id: z.uuid(),
        at: instant,
        outcome: z.enum(['taken', 'unchanged', 'refused', 'unreadable']),
        fileName: z.string().nullable(),
        bytes: z.number().nullable(),
        problem: z.string().nullable(),
        runId: z.uuid().nullable(),
        runState: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'undone']).nullable(),
        rows: z.int().nullable(),
        rejected: z.int().nullable(),
        /** Where the file was put, below its folder. */
        filedAs: z.string().nullable(),
      }),
    ),
  }),
}
