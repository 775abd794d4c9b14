import { z } from 'zod'
import { endpoint, nothing } from '#platform/contract.ts'

/** What the demo company is loaded by, in order. */
export const demoSteps = ['prepare', 'customers', 'touches', 'products', 'orders', 'deliveries', 'spend', 'valuation', 'cases'] as const

const Step = z.object({
  step: z.enum(demoSteps),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'undone']),
  done: z.number(),
  total: z.number().nullable(),
  /** Why it failed, one sentence. */
  problem: z.string().nullable(),
})

export const DemoState = z.object({
  /** none: nothing of it is here · loading · loaded · failed: a step failed and nothing works on it any more. */
  state: z.enum(['none', 'loading', 'loaded', 'failed']),
  /** Whether the demo company may be loaded: only into an empty book. */
  possible: z.boolean(),
  steps: z.array(Step),
})

export const demoApi = {
  state: endpoint('GET /demo', {
    about: 'nobody',
    summary: 'Whether the demo company is here, or how far its loading is',
    permission: 'demo.load',
    input: nothing,
    result: DemoState,
  }),
  load: endpoint('POST /demo', {
    about: 'nobody',
    summary: 'Loads the demo company into an empty book: files through the importers, touches between them, then a valuation',
    permission: 'demo.load',
    input: nothing,
    result: z.object({ runId: z.uuid() }),
  }),
}
