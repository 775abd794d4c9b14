import { notify } from '#modules/organization/public.ts'
import { defaultPageSize } from '#platform/contract.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { trainingEndpoints } from '../api/training.ts'
import { practiceJudged, recognitionGiven } from '../facts.ts'
import {
  deleteRecognition,
  holdPractice,
  insertPractice,
  insertRecognition,
  judgePractice,
  listRecognitions,
  type Practice,
  practicesBy,
  recognitionById,
  waitingPractices,
} from '../store/practices.ts'
import { looksAfter, missing, mustWorkHere, pageOf, placeOfCursor, refuseProblems } from './common.ts'
import { techniqueCalled } from './techniques.ts'

type PracticeActions = Pick<
  Actions<typeof trainingEndpoints>,
  'practices' | 'waitingPractices' | 'practise' | 'judgePractice' | 'recognitions' | 'recognize' | 'removeRecognition'
>
export const practiceActions: PracticeActions = {
  async practices({ db, actor }, { cursor, limit = defaultPageSize }) {
    return listed(await practicesBy(db, actor.id, placeOfCursor(cursor), limit + 1), limit)
  },

  async waitingPractices({ db, actor, reach }, { cursor, limit = defaultPageSize }) {
    return listed(await waitingPractices(db, actor.id, reach, placeOfCursor(cursor), limit + 1), limit)
  },

  /** Practising takes no experience: it is how one comes to it. */
  async practise(context, { techniqueId, situation, notes }) {
    const { db, now, actor, newId } = context
    const { points } = await techniqueCalled(context, techniqueId)
    const said = points.map(({ key }) => ({ key, text: notes.find((note) => note.key === key)?.text ?? '' }))
    refuseProblems(
      said.flatMap(({ key, text }) => (text === '' ? [{ field: `notes.${key}`, reason: 'required' }] : [])),
      'Every point of the technique is tried',
    )
    const practice = { id: newId(), techniqueId, userId: actor.id, situation, notes: said, practisedAt: now }
    await insertPractice(db, practice)
    return viewOf({ ...practice, score: null, feedback: null, judgedAt: null, judgedBy: null })
  },

  async judgePractice(context, { practiceId, basedOn, score, feedback }) {
    const { db, now, actor } = context
    const practice = await holdPractice(db, practiceId)
    if (!practice || !looksAfter(context, practice.userId)) throw missing('practice')
    if (practice.userId === actor.id) throw refuse('conflict', 'own-practice', 'Somebody else says how one’s own practice was')
    if (practice.judgedAt?.getTime() !== basedOn?.getTime()) throw changedMeanwhile('this judgement', 'basedOn')
    const judgement = { score, feedback: feedback || null }
    await judgePractice(db, practiceId, { ...judgement, now, by: actor.id })
    await context.publish(practiceJudged, { practiceId, userId: practice.userId, score })
    await notify(context, {
      to: [practice.userId],
      kind: 'knowledge.practice-judged',
      values: { score, name: actor.name },
      link: '/training',
    })
    return viewOf({ ...practice, ...judgement, judgedAt: now, judgedBy: actor.id })
  },

  async recognitions({ db }, { userId, cursor, limit = defaultPageSize }) {
    const rows = await listRecognitions(db, userId ?? null, placeOfCursor(cursor), limit + 1)
    return pageOf(rows, limit, ({ givenAt, id }) => [givenAt.toISOString(), id])
  },

  async recognize(context, { userId, text }) {
    const { db, now, actor, newId } = context
    await mustWorkHere(context, 'userId', userId)
    if (userId === actor.id)
      throw refuse('conflict', 'own-praise', 'One does not thank oneself', {
        fields: [{ field: 'userId', reason: 'own-praise', detail: 'One does not thank oneself' }],
      })
    const recognition = { id: newId(), userId, text, givenAt: now, givenBy: actor.id }
    await insertRecognition(db, recognition)
    await context.publish(recognitionGiven, { recognitionId: recognition.id, userId, text })
    await notify(context, { to: [userId], kind: 'knowledge.recognized', values: { name: actor.name }, link: '/training' })
    return recognition
  },

  async removeRecognition({ db, actor }, { recognitionId }) {
    const found = await recognitionById(db, recognitionId)
    if (!found || (found.givenBy !== actor.id && !actor.can('knowledge.train'))) throw missing('recognition')
    await deleteRecognition(db, recognitionId)
    return {}
  },
}

const listed = (rows: readonly Practice[], limit: number) => {
  const { items, next } = pageOf(rows, limit, ({ practisedAt, id }) => [practisedAt.toISOString(), id])
  return { items: items.map(viewOf), next }
}
const viewOf = (one: Practice) => ({ ...one, notes: one.notes.map((note) => ({ ...note })) })
