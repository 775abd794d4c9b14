import { z } from 'zod'
import { endpoint, flag, nothing, page, paging } from '#platform/contract.ts'
import { bulletinKinds } from '../domain/bulletin.ts'
import { ArticleLine, anyTexts, Bulletin, code, id, Reader, tags, texts, version } from './shapes.ts'

const read = { permission: 'knowledge.read', about: 'nobody' } as const
const write = { permission: 'knowledge.write', about: 'nobody' } as const
const bulletinId = id

/** What everybody is told of. */
export const bulletinEndpoints = {
  bulletins: endpoint('GET /knowledge/bulletins', {
    ...read,
    summary: 'Bulletins, the newest first; where wanted only those that one has yet to read',
    timeLimit: 1000,
    input: z.object({ unread: flag.optional(), kind: z.enum(bulletinKinds).optional(), tag: code.optional(), ...paging }),
    result: page(Bulletin),
  }),
  bulletin: endpoint('GET /knowledge/bulletins/:bulletinId', {
    ...read,
    summary: 'One bulletin',
    input: z.object({ bulletinId }),
    result: Bulletin,
  }),
  publishBulletin: endpoint('POST /knowledge/bulletins', {
    ...write,
    summary: 'Tells everybody; refused where it holds an address or a number that would lead to a person',
    input: z.object({ kind: z.enum(bulletinKinds), title: texts(200), body: anyTexts(20_000), tags }),
    result: Bulletin,
  }),
  withdrawBulletin: endpoint('POST /knowledge/bulletins/:bulletinId/withdrawal', {
    ...write,
    summary: 'Takes a bulletin back; who has read it stays known',
    input: z.object({ bulletinId, version }),
    result: Bulletin,
  }),
  readBulletin: endpoint('PUT /knowledge/bulletins/:bulletinId/reading', {
    ...read,
    summary: 'Says that one has read it',
    input: z.object({ bulletinId }),
    result: nothing,
  }),
  bulletinReaders: endpoint('GET /knowledge/bulletins/:bulletinId/readers', {
    permission: 'knowledge.train',
    about: 'nobody',
    summary: 'Who of those who may sign in has read it, or has not',
    input: z.object({ bulletinId, done: flag, ...paging }),
    result: page(Reader).extend({ doneCount: z.int(), of: z.int() }),
  }),
  toRead: endpoint('GET /knowledge/to-read', {
    ...read,
    summary: 'What one has yet to read: the newest bulletins, and what one is asked to stand by',
    timeLimit: 1000,
    input: nothing,
    result: z.object({ bulletins: z.array(Bulletin), moreBulletins: z.boolean(), acknowledgements: z.array(ArticleLine) }),
  }),
}
