import { z } from 'zod'
import { endpoint, instant, nothing, wholeNumber } from '#platform/contract.ts'
import { type StrategyPart, strategyParts } from '../domain/strategy.ts'

const part = z.string().trim().max(5000)
const content = z.object(Object.fromEntries(strategyParts.map((name) => [name, part])) as Record<StrategyPart, typeof part>)
const Strategy = z.object({
  /** 0 while nobody has written one. */
  version: z.int(),
  content,
  complete: z.boolean(),
  missing: z.array(z.enum(strategyParts)),
  savedAt: instant.nullable(),
  savedBy: z.string().nullable(),
  /** Null while nobody who answers for it has agreed. */
  approvedAt: instant.nullable(),
  approvedBy: z.string().nullable(),
  /** The shared segments that it is about, as far as they are there. */
  segments: z.array(z.object({ id: z.uuid(), name: z.string() })),
})

/** How the company builds and manages its customers. */
export const strategyEndpoints = {
  strategy: endpoint('GET /customer-strategy', {
    permission: 'customers.read',
    about: 'nobody',
    summary: 'The customer strategy, or an earlier version of it, with what is missing',
    input: z.object({ version: wholeNumber(1, 2 ** 31 - 1).optional() }),
    result: Strategy,
  }),
  strategyVersions: endpoint('GET /customer-strategy/versions', {
    permission: 'customers.read',
    about: 'nobody',
    summary: 'Who saved the strategy when, the latest hundred versions, newest first',
    input: nothing,
    result: z.object({
      items: z.array(
        z.object({ version: z.int(), complete: z.boolean(), savedAt: instant, savedBy: z.string(), approvedAt: instant.nullable() }),
      ),
    }),
  }),
  saveStrategy: endpoint('POST /customer-strategy/versions', {
    permission: 'customers.strategy',
    about: 'nobody',
    summary: 'Saves the next version; as complete only when all four elements and all three answers are written',
    input: z.object({
      basedOn: z.int().min(0),
      content,
      complete: z.boolean(),
      /** Left out: those of the version before. */
      segmentIds: z.array(z.uuid()).max(50).optional(),
    }),
    result: Strategy,
  }),
  approveStrategy: endpoint('POST /customer-strategy/versions/:version/approval', {
    permission: 'customers.approve-strategy',
    about: 'nobody',
    summary: 'Approves the latest version, where it is complete; the next version needs approval anew',
    input: z.object({ version: wholeNumber(1, 2 ** 31 - 1) }),
    result: Strategy,
  }),
}
