/**
 * What other modules may use of knowledge. A module's own domain may also stand on `domain/*.ts` here (pure on pure), such as for `suggest`, `phraseHints`, `renderTemplate`, `pointProblems`, `promisesIn`.
 */
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { articleActions, lineOf, standing } from './actions/articles.ts'
import { type ArticleKind, shownIn } from './domain/article.ts'
import type { PhraseRule } from './domain/phrases.ts'
import { blocksOf } from './domain/prose.ts'
import type { TemplateKind } from './domain/template.ts'
import type { Language } from './domain/texts.ts'
import { phrasesSetting } from './settings.ts'
import { articlesLike } from './store/article-lists.ts'
import { countPublishedBetween, publishedBetween, publishedOf } from './store/articles.ts'
import { allTechniques, techniqueById } from './store/techniques.ts'
import { allTemplates, templateById, templateVersion } from './store/templates.ts'

export { articleActions } from './actions/articles.ts'
export { bulletinActions, type NewBulletin, tellEverybody as publishBulletin } from './actions/bulletins.ts'
export { courseActions } from './actions/courses.ts'
export { suggestionsFor as suggestTechniques } from './actions/techniques.ts'
export { type NewUse, recordOutcome as noteTechniqueOutcome, recordUse as noteTechniqueUse } from './actions/use.ts'
export type { BulletinKind } from './domain/bulletin.ts'
export { type PhraseHint, type PhraseRule, phraseHints, rewritten } from './domain/phrases.ts'
export type { Block } from './domain/prose.ts'
export {
  mayUse,
  type PointNotes,
  type PointProblem,
  pointProblems,
  promisesIn,
  type Situation,
  type Suggestion,
  suggest,
  type Technique,
} from './domain/technique.ts'
export {
  type Letters,
  type Placeholder,
  placeholderNames,
  type Rendered,
  renderTemplate,
  type TemplateKind,
  type TemplateValues,
  templateKinds,
} from './domain/template.ts'
export { articlePublished, bulletinPublished, techniqueUsed } from './facts.ts'
export { bulletinsOf } from './store/bulletins.ts'
export { type TechniqueUse, usesOf as techniqueUsesOf } from './store/techniques.ts'

/** Every technique that is in use, in the order of the company. */
export const techniques = async (db: Db) => (await allTechniques(db)).filter(({ active }) => active)
export const techniqueOf = (db: Db, id: string) => techniqueById(db, id)

/** What `phraseHints` looks for. */
export const phraseRules = async (db: Db): Promise<readonly PhraseRule[]> => (await readSetting(db, phrasesSetting)).rules

/** Reply templates that are in use, of one kind where wanted. */
export const templates = async (db: Db, kind?: TemplateKind) =>
  (await allTemplates(db)).filter((one) => one.active && (kind === undefined || one.kind === kind))
/** A template with its newest version, whether it is in use or not. */
export const templateOf = (db: Db, id: string) => templateById(db, id)
/** What a version of a template said, such as that of a letter that was sent. */
export const templateAsOf = (db: Db, id: string, version: number) => templateVersion(db, id, version)

/** The six actions at the desk, and the rules of conduct, as they are published; null where nothing is. */
export const guide = (db: Db, language: Language) => standing(db, 'guide', language)
export const conductRules = (db: Db, language: Language) => standing(db, 'conduct', language)

/** What is looked after so that complaints of a category do not arise. */
export async function preventionOf(db: Db, category: string, language: Language) {
  const found = await publishedOf(db, 'prevention' satisfies ArticleKind, category)
  return found.map(({ id, publishedRevision, content }) => ({ id, revision: publishedRevision!, ...shownIn(content, language) }))
}

/** Published articles that have most to do with some words and tags, the best first, as whoever acts sees them. */
export const suggestArticles = async ({ db, actor }: Context, words: string, tags: readonly string[] = [], limit = 5) =>
  (await articlesLike(db, actor.id, words, tags, limit)).map(lineOf)

/** The language of letters to somebody who has told none. */
export const companyLanguage = async (db: Db): Promise<Language> => (await readSetting(db, organizationProfile)).locale

/** How the company deals with complaints, as it is published, cut into blocks; null where nothing is. In another language where it has none in this one. */
export async function complaintPolicy(context: Context, language: Language) {
  const { policy } = await articleActions.complaintPolicy(context, { language })
  return policy && { ...policy, blocks: blocksOf(policy.body) }
}

/** Whether a complaint policy is published. */
export const hasComplaintPolicy = async (db: Db): Promise<boolean> => (await publishedOf(db, 'policy')).length > 0

/** When the complaint policy was published in a period, and by whom. */
export const policiesPublished = (db: Db, from: Date, to: Date) => publishedBetween(db, 'policy', from, to)
/** How many there are of them. */
export const policiesPublishedCount = (db: Db, from: Date, to: Date) => countPublishedBetween(db, 'policy', from, to)
