import { defaultPageSize } from '#platform/contract.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { articleEndpoints } from '../api/articles.ts'
import { checkResult, isChecklist, scoresFit } from '../domain/article.ts'
import { checklistDone } from '../facts.ts'
import { contentOf } from '../store/articles.ts'
import { type Inspection, insertInspection, inspectionsOf } from '../store/inspections.ts'
import { seenArticle } from './articles.ts'
import { pageOf, placeOfCursor } from './common.ts'

export const inspectionActions: Pick<Actions<typeof articleEndpoints>, 'inspections' | 'inspect'> = {
  async inspections(context, { articleId, cursor, limit = defaultPageSize }) {
    await seenArticle(context, articleId)
    const rows = await inspectionsOf(context.db, articleId, placeOfCursor(cursor), limit + 1)
    const { items, next } = pageOf(rows, limit, ({ doneAt, id }) => [doneAt.toISOString(), id])
    return { items: items.map(viewOf), next }
  },

  async inspect(context, { articleId, revision, place, scores, note = null }) {
    const { db, now, actor, newId } = context
    const article = await seenArticle(context, articleId)
    if (!isChecklist(article.kind)) throw refuse('conflict', 'no-checklist', 'This is not a list to go through')
    if (article.publishedRevision !== revision) throw changedMeanwhile('this checklist', 'revision')
    const { items } = (await contentOf(db, articleId, revision))!
    if (!scoresFit(items, scores))
      throw refuse('invalid', 'scores-do-not-fit', 'Every point of the list is looked at once', {
        fields: [{ field: 'scores', reason: 'scores-do-not-fit', detail: 'Every point of the list is looked at once' }],
      })
    const done = { id: newId(), articleId, revision, place: place || null, scores, result: checkResult(scores), note: note || null }
    const inspection: Inspection = { ...done, doneAt: now, doneBy: actor.id }
    await insertInspection(db, inspection)
    await context.publish(checklistDone, { inspectionId: done.id, articleId, revision, result: done.result })
    return viewOf(inspection)
  },
}

const viewOf = ({ articleId: _, scores, ...one }: Inspection) => ({ ...one, scores: scores.map((score) => ({ ...score })) })
