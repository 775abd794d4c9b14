import { z } from 'zod'
import { endpoint, instant, nothing } from '#platform/contract.ts'
import { actors, conditions, needs } from '../domain/process.ts'
import { kinds } from '../domain/taxonomy.ts'
import { CaseProcess } from './shapes.ts'

const key = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const version = z.int().min(1)
const edit = z.int().min(1)
/** Of a path: text that is a number. */
const inPath = z.codec(z.string().regex(/^\d{1,6}$/), version, { decode: Number, encode: String })
const manage = { permission: 'cases.manage', about: 'nobody' } as const
const when = z.enum(conditions).nullable()
/** By language; what is missing is said in English, what is missing there in the product's words. */
const names = z.partialRecord(z.enum(['en', 'zh-CN', 'zh-TW']), z.string().trim().min(1).max(80))

export const WrittenStep = z.object({
  key,
  names,
  actor: z.enum(actors),
  needs: z.array(z.object({ need: z.enum(needs), when })).max(20),
  ways: z.array(z.object({ to: z.string().max(40), when })).max(10),
  back: z.array(key).max(30),
  pauses: z.boolean(),
  minutes: z.int().min(1).max(1_000_000).nullable(),
  resolves: z.boolean(),
})

const Listed = CaseProcess.extend({
  kind: z.enum(kinds),
  state: z.enum(['shipped', 'draft', 'published', 'retired']),
  madeAt: instant.nullable(),
  madeBy: z.string().nullable(),
  /** By which new cases of its kind run. */
  current: z.boolean(),
  edit,
})

export const processEndpoints = {
  processes: endpoint('GET /case-processes', {
    permission: 'cases.read',
    about: 'nobody',
    summary: 'By which steps each kind of case is handled, with every version',
    input: z.object({}),
    result: z.object({ processes: z.array(Listed) }),
  }),
  copyProcess: endpoint('POST /case-processes/:key/:version/copies', {
    ...manage,
    summary: 'Makes a draft of a process, to be changed; cases that run keep theirs',
    input: z.object({ key, version: inPath }),
    result: z.object({ key, version }),
  }),
  saveProcess: endpoint('PUT /case-processes/:key/:version', {
    ...manage,
    summary: 'Writes a draft anew; `edit` is the one that the writer saw',
    input: z.object({
      key,
      version: inPath,
      edit,
      names,
      steps: z.array(WrittenStep).min(1).max(30),
    }),
    result: z.object({ edit }),
  }),
  publishProcess: endpoint('POST /case-processes/:key/:version/publication', {
    ...manage,
    summary: 'Lets new cases of its kind run by a draft, or by one that was retired',
    input: z.object({ key, version: inPath, edit }),
    result: nothing,
  }),
  retireProcess: endpoint('POST /case-processes/:key/:version/retirement', {
    ...manage,
    summary: 'Lets no new case run by it; those that do go on',
    input: z.object({ key, version: inPath, edit }),
    result: nothing,
  }),
  removeProcess: endpoint('DELETE /case-processes/:key/:version', {
    ...manage,
    summary: 'Throws a draft away',
    input: z.object({ key, version: inPath, edit }),
    result: nothing,
  }),
}
