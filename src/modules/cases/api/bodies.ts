import { z } from 'zod'
import { endpoint, nothing } from '#platform/contract.ts'
import { bindings } from '../domain/outside-body.ts'
import { categories, kinds } from '../domain/taxonomy.ts'
import { id } from './said.ts'

const read = { permission: 'cases.read', about: 'nobody' } as const
const manage = { permission: 'cases.manage', about: 'nobody' } as const
const byLanguage = (most: number) => {
  const text = z.string().trim().max(most)
  return z.object({ en: text, 'zh-CN': text, 'zh-TW': text })
}
const body = {
  names: byLanguage(120).refine((said) => Object.values(said).some((name) => name !== ''), 'must be named in one language at least'),
  /** What it does and how it is reached, as customers read it. */
  about: byLanguage(600),
  url: z.string().trim().max(500).nullable(),
  kinds: z.array(z.enum(kinds)).max(kinds.length),
  categories: z.array(z.enum(categories as [string, ...string[]])).max(categories.length),
  /** By key, of the company’s own without the version. */
  regimes: z.array(z.string().max(40)).max(60),
  deadline: z.object({ unit: z.enum(['days', 'months']), amount: z.int().min(1).max(3650) }).nullable(),
  binding: z.enum(bindings),
  retired: z.boolean(),
}
const stamp = z.int().min(0)
/** `version` 0: as it ships, and nobody here has looked through it. */
const Body = z.object({
  id,
  ...body,
  names: byLanguage(120),
  about: byLanguage(600),
  categories: z.array(z.string()),
  ships: z.boolean(),
  version: stamp,
})

/** Whoever outside of the company a customer can turn to. */
export const bodyEndpoints = {
  bodies: endpoint('GET /case-bodies', {
    ...read,
    summary: 'Whoever outside of the company customers can turn to who do not accept an answer, retired ones included',
    input: nothing,
    result: z.object({ bodies: z.array(Body) }),
  }),
  addBody: endpoint('POST /case-bodies', { ...manage, summary: 'Adds a body outside of the company', input: z.object(body), result: Body }),
  changeBody: endpoint('PUT /case-bodies/:bodyId', {
    ...manage,
    summary: 'Writes a body anew, or retires it; of one that ships it says also that it was looked through',
    input: z.object({ bodyId: id, version: stamp, ...body }),
    result: Body,
  }),
}
