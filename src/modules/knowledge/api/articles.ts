import { z } from 'zod'
import { endpoint, flag, instant, nothing, page, paging, wholeNumber } from '#platform/contract.ts'
import { articleKinds } from '../domain/article.ts'
import {
  Article,
  ArticleLine,
  articleFields,
  Content,
  code,
  Inspection,
  id,
  language,
  note,
  Reader,
  scores,
  tagList,
  version,
} from './shapes.ts'

const read = { permission: 'knowledge.read', about: 'nobody' } as const
const write = { permission: 'knowledge.write', about: 'nobody' } as const
const articleId = id
const query = z.string().trim().max(2000)
const Shown = z.object({
  title: z.string(),
  body: z.string(),
  items: z.array(z.object({ key: z.string(), title: z.string(), hint: z.string() })),
})
/** What everybody reads of one of the house's own articles. */
const Standing = Shown.extend({ id, revision: z.int(), publishedAt: instant }).nullable()

/** What the company knows and has agreed on. */
export const articleEndpoints = {
  articles: endpoint('GET /knowledge/articles', {
    ...read,
    summary: 'Published articles, the best found or the newest first; whoever writes them also sees drafts',
    timeLimit: 1000,
    input: z.object({
      q: query.optional(),
      kind: z.enum(articleKinds).optional(),
      tag: code.optional(),
      drafts: flag.optional(),
      ...paging,
    }),
    result: page(ArticleLine),
  }),
  suggestArticles: endpoint('GET /knowledge/article-suggestions', {
    ...read,
    summary: 'Published articles that have most to do with some words and tags, the best first',
    timeLimit: 1000,
    input: z.object({ q: query, tags: tagList.optional(), limit: wholeNumber(1, 20).optional() }),
    result: z.object({ items: z.array(ArticleLine) }),
  }),
  desk: endpoint('GET /knowledge/desk', {
    ...read,
    summary: 'What stands beside a conversation: the six actions and the rules of conduct, as they are published',
    input: z.object({ language }),
    result: z.object({ guide: Standing, conduct: Standing }),
  }),
  complaintPolicy: endpoint('GET /knowledge/complaint-policy', {
    permission: 'public',
    about: 'nobody',
    summary: 'How the company deals with complaints, as customers may read it; null where nothing is published',
    input: z.object({ language: language.optional() }),
    result: z.object({
      company: z.string(),
      policy: Shown.extend({ language, version: z.int(), publishedAt: instant }).nullable(),
    }),
  }),
  article: endpoint('GET /knowledge/articles/:articleId', {
    ...read,
    summary: 'One article as it is published; whoever writes them may name a revision',
    input: z.object({ articleId, revision: wholeNumber(1, 100_000).optional() }),
    result: Article,
  }),
  articleRevisions: endpoint('GET /knowledge/articles/:articleId/revisions', {
    ...write,
    summary: 'Who wrote which revision, the newest first',
    input: z.object({ articleId, ...paging }),
    result: page(z.object({ revision: z.int(), note: z.string().nullable(), madeAt: instant, madeBy: z.string() })),
  }),
  addArticle: endpoint('POST /knowledge/articles', {
    ...write,
    summary: 'Begins an article as a draft',
    input: z.object({ ...articleFields, content: Content, note: note.optional() }),
    result: Article,
  }),
  saveArticle: endpoint('PUT /knowledge/articles/:articleId', {
    ...write,
    summary: 'Writes the next revision as a draft; refused when somebody else has changed the article since the given version',
    input: z.object({ articleId, version, ...articleFields, content: Content, note: note.optional() }),
    result: Article,
  }),
  publishArticle: endpoint('POST /knowledge/articles/:articleId/publication', {
    ...write,
    summary: 'Lets everybody read the newest revision, a policy also customers',
    input: z.object({ articleId, version }),
    result: Article,
  }),
  withdrawArticle: endpoint('DELETE /knowledge/articles/:articleId/publication', {
    ...write,
    summary: 'Takes an article back: only whoever writes them sees it from now on',
    input: z.object({ articleId, version }),
    result: Article,
  }),
  noteReading: endpoint('PUT /knowledge/articles/:articleId/reading', {
    ...read,
    summary: 'Says that one has read the published revision, and, where it is asked for, that one stands by it',
    input: z.object({ articleId, revision: z.int().min(1), acknowledged: z.boolean() }),
    result: nothing,
  }),
  articleReaders: endpoint('GET /knowledge/articles/:articleId/readers', {
    permission: 'knowledge.train',
    about: 'nobody',
    summary: 'Who of those who may sign in has acknowledged (or else read) the published revision, or has not',
    input: z.object({ articleId, done: flag, ...paging }),
    result: page(Reader).extend({ doneCount: z.int(), of: z.int() }),
  }),
  inspections: endpoint('GET /knowledge/articles/:articleId/checks', {
    ...read,
    summary: 'How a checklist came out, the newest first',
    input: z.object({ articleId, ...paging }),
    result: page(Inspection),
  }),
  inspect: endpoint('POST /knowledge/articles/:articleId/checks', {
    permission: 'knowledge.inspect',
    about: 'nobody',
    summary: 'Notes how a checklist came out: each point 0 … 5, or null where it does not apply',
    input: z.object({
      articleId,
      revision: z.int().min(1),
      place: z.string().trim().max(200).nullable(),
      scores,
      note: note.nullable(),
    }),
    result: Inspection,
  }),
}
