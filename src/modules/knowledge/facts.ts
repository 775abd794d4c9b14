import { z } from 'zod'
import { code, fact, personal } from '#platform/fact.ts'
import { articleKinds } from './domain/article.ts'
import { bulletinKinds } from './domain/bulletin.ts'
import { templateKinds } from './domain/template.ts'

const change = z.enum(['made', 'changed'])
const origin = z.object({ module: code, id: z.string() }).nullable()

export const techniqueChanged = fact('knowledge.technique-changed', z.object({ techniqueId: z.uuid(), change, active: z.boolean() }))
/** `succeeded` is null as long as nobody knows. */
export const techniqueUsed = fact(
  'knowledge.technique-used',
  z.object({ useId: z.uuid(), techniqueId: z.uuid(), userId: z.string(), succeeded: z.boolean().nullable(), origin }),
)
export const templateChanged = fact(
  'knowledge.template-changed',
  z.object({ templateId: z.uuid(), kind: z.enum(templateKinds), version: z.int(), change }),
)
export const articlePublished = fact(
  'knowledge.article-published',
  z.object({ articleId: z.uuid(), kind: z.enum(articleKinds), revision: z.int(), needsAcknowledgement: z.boolean() }),
)
export const articleWithdrawn = fact(
  'knowledge.article-withdrawn',
  z.object({ articleId: z.uuid(), kind: z.enum(articleKinds), revision: z.int() }),
)
export const articleAcknowledged = fact(
  'knowledge.article-acknowledged',
  z.object({ articleId: z.uuid(), revision: z.int(), userId: z.string() }),
)
export const checklistDone = fact(
  'knowledge.checklist-done',
  z.object({ inspectionId: z.uuid(), articleId: z.uuid(), revision: z.int(), result: z.number().nullable() }),
)
export const bulletinPublished = fact(
  'knowledge.bulletin-published',
  z.object({ bulletinId: z.uuid(), kind: z.enum(bulletinKinds), publishedBy: z.string(), origin }),
)
export const bulletinWithdrawn = fact('knowledge.bulletin-withdrawn', z.object({ bulletinId: z.uuid(), kind: z.enum(bulletinKinds) }))
export const courseCompleted = fact('knowledge.course-completed', z.object({ courseId: z.uuid(), userId: z.string(), notedBy: z.string() }))
export const practiceJudged = fact('knowledge.practice-judged', z.object({ practiceId: z.uuid(), userId: z.string(), score: z.int() }))
/** What is told of a colleague may name a customer. */
export const recognitionGiven = fact(
  'knowledge.recognition-given',
  z.object({ recognitionId: z.uuid(), userId: z.string(), text: personal(z.string()) }),
)
