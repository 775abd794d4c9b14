import { z } from 'zod'
import { endpoint, instant, wholeNumber } from '../contract.ts'

export const Run = z.object({
  id: z.uuid(),
  kind: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'undone']),
  input: z.unknown(),
  progress: z.object({ phase: z.string(), done: z.number(), total: z.number().nullable() }).nullable(),
  result: z.unknown(),
  problem: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  undoOf: z.uuid().nullable(),
  /** What the asking person may do with it now. */
  mayCancel: z.boolean(),
  mayUndo: z.boolean(),
})
export type Run = z.output<typeof Run>

const one = z.object({ id: z.uuid() })

export const runsApi = {
  list: endpoint('GET /runs', {
    about: 'nobody',
    summary: 'The latest long works, newest first',
    permission: 'runs.read',
    input: z.object({ kind: z.string().max(100).optional(), limit: wholeNumber(1, 100).optional() }),
    result: z.array(Run),
  }),
  one: endpoint('GET /runs/:id', { about: 'nobody', summary: 'How far a long work is', permission: 'runs.read', input: one, result: Run }),
  cancel: endpoint('POST /runs/:id/cancellation', {
    about: 'nobody',
    summary: 'Asks a waiting or working run to stop; what it has saved stays',
    // Of whoever asked for it, and of those with runs.write.
    permission: 'runs.read',
    input: one,
    result: Run,
  }),
  undo: endpoint('POST /runs/:id/undoing', {
    about: 'nobody',
    summary: 'Takes back what an ended run made, as a run of its own',
    // Of whoever asked for it, and of those with runs.write.
    permission: 'runs.read',
    input: one,
    result: Run,
  }),
}
