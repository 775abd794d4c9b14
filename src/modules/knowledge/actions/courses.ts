import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { enabledUsers, userById } from '#platform/sign-in/users.ts'
import type { trainingEndpoints } from '../api/training.ts'
import { progressBySkill } from '../domain/training.ts'
import { courseCompleted } from '../facts.ts'
import { articleById } from '../store/articles.ts'
import {
  allCourses,
  completionsBy,
  completionsOf,
  countCompletions,
  courseById,
  deleteCompletion,
  insertCompletion,
  insertCourse,
  type StoredCourse,
  updateCourse,
} from '../store/courses.ts'
import { countPractices, listRecognitions } from '../store/practices.ts'
import { allTechniques, countUsesBy, techniqueById } from '../store/techniques.ts'
import { looksAfter, missing, mustWorkHere, nobodyHere, peopleBy, stampOf } from './common.ts'
import { lastYear } from './techniques.ts'

type CourseActions = Pick<
  Actions<typeof trainingEndpoints>,
  | 'courses'
  | 'addCourse'
  | 'changeCourse'
  | 'completeCourse'
  | 'completions'
  | 'noteCompletion'
  | 'removeCompletion'
  | 'ownTraining'
  | 'training'
>
export const courseActions: CourseActions = {
  async courses(context, { retired = false }) {
    const people = await enabledUsers(context.db)
    return { items: (await views(context, people)).filter(({ active }) => active || retired), people: people.length }
  },

  async addCourse(context, input) {
    await refuseUnknown(context, input)
    const id = context.newId()
    await insertCourse(context.db, { ...input, id }, stampOf(context))
    return viewCalled(context, id)
  },

  async changeCourse(context, { courseId, version, ...input }) {
    await courseCalled(context, courseId)
    await refuseUnknown(context, input)
    if (!(await updateCourse(context.db, { ...input, id: courseId }, version, stampOf(context)))) throw changedMeanwhile('this course')
    return viewCalled(context, courseId)
  },

  async completeCourse(context, { courseId }) {
    const course = await courseCalled(context, courseId)
    if (!course.active) throw refuse('conflict', 'course-retired', 'This course is given no more')
    await complete(context, courseId, context.actor.id, null)
    return {}
  },

  async completions(context, { courseId, done, cursor, limit = defaultPageSize }) {
    await courseCalled(context, courseId)
    const { items, ...rest } = await peopleBy(context, await completionsOf(context.db, courseId), { isDone: done, cursor, limit })
    return { ...rest, items: items.map(({ userId, name, done: completedAt }) => ({ userId, name, completedAt })) }
  },

  async noteCompletion(context, { courseId, userId, note = null }) {
    await courseCalled(context, courseId)
    if (!looksAfter(context, userId)) throw nobodyHere('userId')
    await mustWorkHere(context, 'userId', userId)
    await complete(context, courseId, userId, note || null)
    return {}
  },

  async removeCompletion(context, { courseId, userId }) {
    const { db } = context
    if (!looksAfter(context, userId) || !(await deleteCompletion(db, userId, courseId))) throw missing('completion')
    return {}
  },

  ownTraining: async (context) => trainingOf(context, context.actor.id),

  async training(context, { userId }) {
    if (!looksAfter(context, userId) || !(await userById(context.db, userId))) throw missing('user')
    return trainingOf(context, userId)
  },
}

async function complete(context: Context, courseId: string, userId: string, note: string | null): Promise<void> {
  const { db, now, actor } = context
  const isNew = await insertCompletion(db, { userId, courseId, completedAt: now, notedBy: actor.id, note })
  if (isNew) await context.publish(courseCompleted, { courseId, userId, notedBy: actor.id })
}

async function trainingOf({ db, now }: Context, userId: string) {
  const courses = await allCourses(db)
  const completed = await completionsBy(db, userId)
  const techniques = await allTechniques(db)
  const uses = await countUsesBy(db, userId, lastYear(now))
  return {
    userId,
    completed: completed.map(({ courseId, completedAt, notedBy, note }) => ({
      courseId,
      name: courses.find(({ id }) => id === courseId)!.name,
      ...{ completedAt, notedBy, note },
    })),
    bySkill: progressBySkill(
      courses.map(({ id, skills, active }) => ({ courseId: id, skills, active })),
      new Set(completed.map(({ courseId }) => courseId)),
    ),
    practices: await countPractices(db, userId),
    techniques: techniques.flatMap(({ id, name }) => (uses.has(id) ? [{ techniqueId: id, name, ...uses.get(id)! }] : [])),
    recognitions: [...(await listRecognitions(db, userId, null, 10))],
  }
}

async function views({ db, actor }: Context, people: readonly string[]) {
  const done = new Map((await completionsBy(db, actor.id)).map(({ courseId, completedAt }) => [courseId, completedAt]))
  const counts = await countCompletions(db, people)
  return (await allCourses(db)).map((course) => ({
    ...course,
    skills: [...course.skills],
    completedAt: done.get(course.id) ?? null,
    completedBy: counts.get(course.id) ?? 0,
  }))
}

async function viewCalled(context: Context, id: string) {
  return (await views(context, await enabledUsers(context.db))).find((course) => course.id === id)!
}

async function courseCalled({ db }: Context, id: string): Promise<StoredCourse> {
  const found = await courseById(db, id)
  if (!found) throw missing('course')
  return found
}

async function refuseUnknown({ db }: Context, { articleId, techniqueId }: Pick<StoredCourse, 'articleId' | 'techniqueId'>): Promise<void> {
  if (articleId !== null && !(await articleById(db, articleId))) throw unknown('articleId', 'article')
  if (techniqueId !== null && !(await techniqueById(db, techniqueId))) throw unknown('techniqueId', 'technique')
}
const unknown = (field: string, what: string) =>
  refuse('invalid', `no-such-${what}`, `There is no such ${what}`, {
    fields: [{ field, reason: `no-such-${what}`, detail: `There is no such ${what}` }],
  })
