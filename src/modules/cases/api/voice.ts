import { z } from 'zod'
import { endpoint, flag, instant, list, nothing, page, pageAnswer, paging, thingIn } from '#platform/contract.ts'
import { states } from '../domain/case.ts'
import { publicationStates } from '../domain/publication.ts'
import { categories, kinds } from '../domain/taxonomy.ts'
import { id, version, words } from './said.ts'
import { Acted } from './shapes.ts'

const read = { permission: 'cases.read' }
const write = { permission: 'cases.write' }
const state = z.enum(publicationStates)

const Text = z.object({ said: words(2000), done: words(2000) }).nullable()
/** What was said in general words and what was done about it, by language; at least in the company’s. */
const texts = z.object({ en: Text, 'zh-CN': Text, 'zh-TW': Text })
const caseIds = z.array(id).min(1).max(50)

const Customer = z.object({ id, name: z.string() }).nullable()
const ShortCase = z.object({
  id,
  number: z.string(),
  kind: z.enum(kinds),
  subject: z.string(),
  state: z.enum(states),
  category: z.string().nullable(),
  customer: Customer,
})
const Publication = z.object({
  id,
  state,
  texts,
  madeAt: instant,
  madeBy: z.string(),
  publishedAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
  /** Where it may go now, by whoever asks. */
  may: z.array(state),
  version,
})
const PublicationWhole = Publication.extend({
  /** Those behind it that whoever asks may see, with when their customers were told; and how many there are besides. */
  cases: z.array(ShortCase.extend({ toldAt: instant.nullable() })),
  hidden: z.int(),
})
const publicationId = id

export const voiceEndpoints = {
  voice: endpoint('GET /voice', {
    ...read,
    about: 'reach',
    notes: 'list',
    summary:
      'What customers said, the newest first: complaints, suggestions, enquiries, messages and chats, and what they said of how they were served. A page that looks for words may hold few or none and go on all the same',
    timeLimit: 2000,
    input: z.object({
      kind: list(z.enum(kinds)).optional(),
      category: list(z.enum(categories as [string, ...string[]])).optional(),
      state: list(z.enum(states)).optional(),
      /** Words that all have to occur in what was said. */
      q: z.string().trim().min(1).max(200).optional(),
      /** Only what nothing is published about, or about to be. */
      unanswered: flag.optional(),
      ...paging,
    }),
    result: page(
      z.object({
        /** Of what was said; several of one case can have the same. */
        key: z.string(),
        source: z.enum(['opened', 'message', 'feedback']),
        at: instant,
        text: z.string(),
        satisfied: z.boolean().nullable(),
        score: z.int().nullable(),
        case: ShortCase,
        publications: z.array(z.object({ id, state })),
      }),
    ),
  }),
  publications: endpoint('GET /publications', {
    ...read,
    about: 'nobody',
    summary: 'What customers said in general words and what was done about it, the last written first',
    input: z.object({ state: list(state).optional(), ...paging }),
    result: page(Publication.extend({ cases: z.int() })),
  }),
  publication: endpoint('GET /publications/:publicationId', {
    ...read,
    about: 'reach',
    notes: 'list.cases',
    summary: 'One of them, with the cases behind it',
    input: z.object({ publicationId }),
    result: PublicationWhole,
  }),
  publicationsOfCase: endpoint('GET /cases/:caseId/publications', {
    ...read,
    about: thingIn('cases.case', 'caseId'),
    summary: 'What was or is to be published because of a case',
    input: z.object({ caseId: id }),
    result: z.object({ publications: z.array(Publication) }),
  }),
  makePublication: endpoint('POST /publications', {
    ...write,
    about: thingIn('cases.case', 'caseIds'),
    summary:
      'Writes what was said and what was done about it, as a draft, or at once for everybody (`visible`) by those who may publish; refused where it names those who said it, or holds contact data',
    input: z.object({ caseIds, texts, visible: z.boolean().optional() }),
    result: Publication,
  }),
  changePublication: endpoint('PATCH /publications/:publicationId', {
    ...write,
    about: thingIn('cases.case', 'caseIds'),
    summary: 'Changes what it says, or adds cases to it; what is published is changed by those who may publish',
    input: z.object({ publicationId, version, texts: texts.optional(), caseIds: caseIds.optional() }),
    result: Publication,
  }),
  movePublication: endpoint('PUT /publications/:publicationId/state', {
    permission: 'cases.publish',
    about: 'nobody',
    summary: 'Publishes it, which tells those who said it, once; or withdraws it',
    input: z.object({ publicationId, version, state: z.enum(['published', 'withdrawn']) }),
    result: Publication,
  }),
  dropPublication: endpoint('DELETE /publications/:publicationId', {
    ...write,
    about: 'nobody',
    summary: 'Throws a draft away',
    input: z.object({ publicationId, version }),
    result: nothing,
  }),
  publish: endpoint('POST /cases/:caseId/publication', {
    ...write,
    about: thingIn('cases.case', 'caseId'),
    summary: 'Writes what a customer said and what was done about it, and publishes it or keeps it as a draft',
    input: z.object({ caseId: id, version, texts, visible: z.boolean() }),
    result: Acted,
  }),
  saidAndDone: endpoint('GET /p/said', {
    permission: 'public',
    about: 'nobody',
    kind: 'page',
    result: pageAnswer,
    summary: 'What customers said and what the company did about it, as it is published',
    input: z.object({ after: z.string().max(200).optional() }),
    page: { framed: true, listed: true },
  }),
}
