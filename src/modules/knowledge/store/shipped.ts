import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { shippedArticles } from '../domain/shipped/articles.ts'
import { shippedTemplates } from '../domain/shipped/letters.ts'
import { shippedTechniques } from '../domain/shipped/techniques.ts'
import { insertArticle } from './articles.ts'
import { insertTechniques } from './techniques.ts'
import { insertTemplate } from './templates.ts'

/** As whom and when the product wrote what it brings along. */
const stamp = { now: new Date('2026-01-01T00:00:00Z'), by: 'system' }

/** Brings in what was never here: at the first start everything, after an upgrade what is new. What a company changed or took out of use stays so. */
export async function bringContents(db: Db): Promise<void> {
  const techniques = await unseen(db, 'technique', shippedTechniques)
  await insertTechniques(db, techniques, stamp)
  for (const template of await unseen(db, 'template', shippedTemplates)) await insertTemplate(db, { ...template, active: true }, stamp)
  for (const { content, published, ...article } of await unseen(db, 'article', shippedArticles))
    await insertArticle(db, article, { content, note: null }, published, stamp)
}

/** Of some contents those that were never brought in, which counts as done with this. Two processes that start at once do not both get the same. */
async function unseen<T extends { readonly key: string | null }>(db: Db, kind: string, all: readonly T[]): Promise<readonly T[]> {
  const { rows } = await sql<{ key: string }>`
    insert into knowledge.shipped (key) select k from unnest(${all.map(({ key }) => `${kind}:${key}`)}::text[]) k on conflict do nothing returning key`.execute(
    db,
  )
  const fresh = new Set(rows.map(({ key }) => key))
  return all.filter(({ key }) => fresh.has(`${kind}:${key}`))
}
