import { z } from 'zod'
import { day, endpoint, instant, nothing, page, paging } from '#platform/contract.ts'

const audit = 'organization.audit'
const trail = z.enum(['fact', 'read'])

/** Which part of the trail: what was done (`fact`) or who looked at whom (`read`), narrowed to one person, kind, customer, or days. */
const filter = {
  trail,
  actor: z.string().max(100).optional(),
  name: z.string().max(100).optional(),
  customerId: z.uuid().optional(),
  from: day.optional(),
  to: day.optional(),
}

const Chain = z.object({
  trail,
  blocks: z.int(),
  rows: z.int(),
  dropped: z.int(),
  unsealed: z.int(),
  head: z.object({ number: z.int(), hash: z.string() }).nullable(),
})

export const auditApi = {
  audit: endpoint('GET /audit/entries', {
    about: 'everybody',
    summary: 'The audit trail, newest first: who did what when, or who looked at which customer',
    permission: audit,
    input: z.object({ ...filter, ...paging }),
    result: page(
      z.object({
        id: z.string(),
        at: instant,
        name: z.string(),
        actor: z.string(),
        actorName: z.string().nullable(),
        customerId: z.uuid().nullable(),
        customerName: z.string().nullable(),
        values: z.record(z.string(), z.unknown()),
        erased: z.boolean(),
        block: z.int().nullable(),
      }),
    ),
    timeLimit: 10_000,
  }),
  exportAudit: endpoint('GET /audit/export', {
    about: 'everybody',
    summary: 'The same as a CSV file, streamed',
    permission: audit,
    kind: 'download',
    notes: 'file',
    input: z.object(filter),
    result: z.unknown(),
  }),
  auditNames: endpoint('GET /audit/names', {
    about: 'nobody',
    summary: 'The kinds of entries that the trail holds',
    permission: audit,
    input: z.object({ trail }),
    result: z.object({ names: z.array(z.string()) }),
  }),
  auditState: endpoint('GET /audit/state', {
    about: 'nobody',
    summary: 'The ends of the chains, and how the last check of them ended',
    permission: audit,
    input: nothing,
    result: z.object({
      heads: z.array(z.object({ trail, number: z.int(), hash: z.string(), sealedAt: instant })),
      checking: z.boolean(),
      checked: z
        .object({
          at: instant,
          chains: z.array(Chain),
          broken: z.object({ trail, block: z.int(), reason: z.string(), detail: z.string() }).nullable(),
        })
        .nullable(),
    }),
  }),
  checkAudit: endpoint('POST /audit/verifications', {
    about: 'nobody',
    summary: 'Walks the chains from their first blocks, as a run; answers its id',
    permission: audit,
    input: nothing,
    result: z.object({ runId: z.uuid() }),
  }),
}
