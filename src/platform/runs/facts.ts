import { z } from 'zod'
import { code, fact } from '../fact.ts'

/** A long work came to its end, whichever: what reacts to all that a run did reacts to this, once, and not to each of its batches. */
export const runEnded = fact(
  'runs.ended',
  z.object({ runId: z.uuid(), kind: code, state: z.enum(['done', 'failed', 'cancelled']), undoOf: z.uuid().nullable() }),
)
