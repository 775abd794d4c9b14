import { z } from 'zod'
import { instant, list } from '#platform/contract.ts'
import { articleKinds, bestScore } from '../domain/article.ts'
import { bulletinKinds } from '../domain/bulletin.ts'
import { phraseKinds } from '../domain/phrases.ts'
import { dimensions, pointKinds } from '../domain/technique.ts'
import { templateKinds } from '../domain/template.ts'
import { isWritten, languages } from '../domain/texts.ts'
import { skillNames } from '../domain/training.ts'

export const id = z.uuid()
export const version = z.int().min(1)
export const language = z.enum(languages)
/** A name that is compared and never shown as it is: letters, digits, hyphens, dots. */
export const code = z
  .string()
  .trim()
  .max(60)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/ -]*$/u, 'must be letters, digits, hyphens and dots')
export const tags = z.array(code).max(20)
export const tagList = list(z.string().max(60))
export const note = z.string().trim().max(2000)

const inEach = (limit: number) => z.object({ en: written(limit), 'zh-CN': written(limit), 'zh-TW': written(limit) })
const written = (limit: number) => z.string().trim().max(limit)
/** A text in every language; one that is written in none says nothing. */
export const texts = (limit: number) => inEach(limit).refine(isWritten, 'must be written in at least one language')
export const anyTexts = (limit: number) => inEach(limit)

const Point = z.object({ key: code, kind: z.enum(pointKinds), title: texts(200), hint: anyTexts(500) })
const Rule = z.object({ when: z.partialRecord(z.enum(dimensions), z.array(code).max(50)), against: z.boolean() })
export const techniqueFields = {
  name: texts(120),
  body: texts(5000),
  points: z.array(Point).max(10),
  rules: z.array(Rule).max(50),
  minimumExperience: z.int().min(1).max(5).nullable(),
  isDefault: z.boolean(),
  active: z.boolean(),
}
const counts = { succeeded: z.int(), failed: z.int(), open: z.int() }
export const Technique = z.object({
  id,
  key: z.string().nullable(),
  ...techniqueFields,
  version,
  changedAt: instant,
  changedBy: z.string(),
})
export const TechniqueWithUse = Technique.extend({
  /** Of the last year. */
  use: z.object({ ...counts, success: z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable() }),
})
export const Suggestion = z.object({
  technique: Technique,
  because: z.array(z.object({ dimension: z.enum(dimensions), value: z.string() })),
  disabled: z.enum(['hand-over-to-experienced']).nullable(),
})

export const PhraseRule = z.object({
  key: code,
  language,
  kind: z.enum(phraseKinds),
  parts: z
    .array(z.array(z.string().trim().min(1).max(60)).min(1).max(40))
    .min(1)
    .max(3),
  gap: z.int().min(0).max(200),
  proposals: z.array(z.string().trim().min(1).max(120)).max(6),
})

const Letter = z.object({ subject: z.string().trim().max(200), body: z.string().trim().max(10_000) })
export const Letters = z.object({ en: Letter, 'zh-CN': Letter, 'zh-TW': Letter })
export const templateFields = { kind: z.enum(templateKinds), name: texts(120), active: z.boolean(), texts: Letters }
export const Template = z.object({ id, key: z.string().nullable(), ...templateFields, version, changedAt: instant, changedBy: z.string() })

const Item = z.object({ key: code, title: texts(300), hint: anyTexts(1000) })
export const Content = z.object({ title: texts(200), body: anyTexts(50_000), items: z.array(Item).max(100) })
export const articleFields = {
  kind: z.enum(articleKinds),
  category: code.nullable(),
  tags,
  ownerRole: z.string().max(60).nullable(),
  needsAcknowledgement: z.boolean(),
}
const articleHead = {
  id,
  key: z.string().nullable(),
  ...articleFields,
  revision: z.int(),
  publishedRevision: z.int().nullable(),
  publishedAt: instant.nullable(),
  publishedBy: z.string().nullable(),
  version,
  changedAt: instant,
  changedBy: z.string(),
}
export const ArticleLine = z.object({
  ...articleHead,
  title: anyTexts(200),
  /** Whether one has read the published revision, and said that one stands by it. */
  read: z.boolean(),
  acknowledged: z.boolean(),
})
export const Article = ArticleLine.extend({ shownRevision: z.int(), content: z.object({ ...Content.shape, title: anyTexts(200) }) })

export const scores = z.array(z.object({ key: code, score: z.int().min(0).max(bestScore).nullable(), note: note.nullable() })).max(100)
export const Inspection = z.object({
  id,
  revision: z.int(),
  place: z.string().nullable(),
  scores,
  result: z.number().nullable(),
  note: z.string().nullable(),
  doneAt: instant,
  doneBy: z.string(),
})

export const Bulletin = z.object({
  id,
  kind: z.enum(bulletinKinds),
  title: anyTexts(200),
  body: anyTexts(20_000),
  tags: z.array(z.string()),
  origin: z.object({ module: z.string(), id: z.string() }).nullable(),
  publishedAt: instant,
  publishedBy: z.string(),
  withdrawnAt: instant.nullable(),
  readAt: instant.nullable(),
  version,
})

/** Somebody of whom it is told whether they have read. */
export const Reader = z.object({ userId: id, name: z.string(), readAt: instant.nullable(), acknowledgedAt: instant.nullable() })

export const skill = z.enum(skillNames)
/** Leads out of the product: only https, so that nothing else hides behind a link. */
const link = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .nullable()
export const courseFields = {
  name: texts(120),
  about: anyTexts(3000),
  skills: z.array(skill).max(3),
  articleId: id.nullable(),
  techniqueId: id.nullable(),
  link,
  active: z.boolean(),
}
export const Course = z.object({
  id,
  ...courseFields,
  version,
  changedAt: instant,
  changedBy: z.string(),
  completedAt: instant.nullable(),
  /** How many of those who may sign in have completed it. */
  completedBy: z.int(),
})

export const PracticeNotes = z.array(z.object({ key: code, text: z.string().trim().max(2000) })).max(10)
export const Practice = z.object({
  id,
  techniqueId: id,
  userId: z.string(),
  situation: z.string(),
  notes: PracticeNotes,
  practisedAt: instant,
  score: z.int().min(1).max(5).nullable(),
  feedback: z.string().nullable(),
  judgedAt: instant.nullable(),
  judgedBy: z.string().nullable(),
})

export const Recognition = z.object({ id, userId: z.string(), text: z.string(), givenAt: instant, givenBy: z.string() })

const reached = z.object({ done: z.int(), of: z.int() })
/** What somebody has learned and practised, and what colleagues thank them for. */
export const Training = z.object({
  userId: z.string(),
  completed: z.array(
    z.object({ courseId: id, name: anyTexts(120), completedAt: instant, notedBy: z.string(), note: z.string().nullable() }),
  ),
  bySkill: z.object({ attitude: reached, knowledge: reached, skill: reached }),
  practices: z.object({ count: z.int(), judged: z.int(), meanScore: z.number().nullable() }),
  techniques: z.array(z.object({ techniqueId: id, name: anyTexts(120), ...counts })),
  recognitions: z.array(Recognition),
})
