import { z } from 'zod'
import { runKind } from '#platform/runs/run-kind.ts'
import { verifyTrail } from '#platform/trail/verify.ts'

export const verifyTrailKind = 'organization.verify-trail'

/** Walks the audit trail from its first block. Its result says whether it is whole. */
export const verifyTrailRun = runKind({
  kind: verifyTrailKind,
  permission: 'organization.audit',
  group: verifyTrailKind,
  input: z.object({}),
  work: ({ database, progress }) =>
    verifyTrail(database, { onProgress: (rows) => progress({ phase: 'verify-trail', done: rows, total: null }) }),
})
