import { z } from 'zod'
import { endpoint, flag, instant, nothing, page, paging } from '#platform/contract.ts'
import { Course, courseFields, id, note, Practice, PracticeNotes, Recognition, Training, version } from './shapes.ts'

const read = { permission: 'knowledge.read', about: 'nobody' } as const
const train = { permission: 'knowledge.train', about: 'nobody' } as const
const courseId = id
/** Who works here. */
const userId = id

/** What people learn, practise, and are thanked for. */
export const trainingEndpoints = {
  courses: endpoint('GET /knowledge/courses', {
    ...read,
    summary: 'Every course, with when one completed it and how many have; where wanted also those that are given no more',
    input: z.object({ retired: flag.optional() }),
    result: z.object({ items: z.array(Course), people: z.int() }),
  }),
  addCourse: endpoint('POST /knowledge/courses', {
    ...train,
    summary: 'Adds a course: an article, a technique or a link, and which skills it teaches',
    input: z.object(courseFields),
    result: Course,
  }),
  changeCourse: endpoint('PUT /knowledge/courses/:courseId', {
    ...train,
    summary: 'Writes a course anew; refused when somebody else has changed it since the given version',
    input: z.object({ courseId, version, ...courseFields }),
    result: Course,
  }),
  completeCourse: endpoint('POST /knowledge/courses/:courseId/completion', {
    ...read,
    summary: 'Says that one has completed a course',
    input: z.object({ courseId }),
    result: nothing,
  }),
  completions: endpoint('GET /knowledge/courses/:courseId/completions', {
    ...train,
    summary: 'Who of those who may sign in has completed a course, or has not',
    input: z.object({ courseId, done: flag, ...paging }),
    result: page(z.object({ userId, name: z.string(), completedAt: instant.nullable() })).extend({ doneCount: z.int(), of: z.int() }),
  }),
  noteCompletion: endpoint('POST /knowledge/courses/:courseId/completions', {
    ...train,
    summary: 'Notes that somebody has completed a course',
    input: z.object({ courseId, userId, note: note.optional() }),
    result: nothing,
  }),
  removeCompletion: endpoint('DELETE /knowledge/courses/:courseId/completions/:userId', {
    ...train,
    summary: 'Takes back that somebody has completed a course',
    input: z.object({ courseId, userId }),
    result: nothing,
  }),
  ownTraining: endpoint('GET /knowledge/training/myself', {
    ...read,
    summary: 'What one has learned and practised, and what colleagues thank one for',
    input: nothing,
    result: Training,
  }),
  training: endpoint('GET /knowledge/training/:userId', {
    ...train,
    summary: 'The same of somebody',
    input: z.object({ userId }),
    result: Training,
  }),
  practices: endpoint('GET /knowledge/practices', {
    ...read,
    summary: 'One’s own practices, the newest first',
    input: z.object(paging),
    result: page(Practice),
  }),
  waitingPractices: endpoint('GET /knowledge/waiting-practices', {
    ...train,
    summary: 'Practices on which nobody has said anything yet, the oldest first',
    input: z.object(paging),
    result: page(Practice),
  }),
  practise: endpoint('POST /knowledge/techniques/:techniqueId/practices', {
    ...read,
    summary: 'Practises a technique on an invented situation: what one would say at each of its points',
    input: z.object({ techniqueId: id, situation: z.string().trim().min(1).max(2000), notes: PracticeNotes }),
    result: Practice,
  }),
  judgePractice: endpoint('PUT /knowledge/practices/:practiceId/judgement', {
    ...train,
    summary: 'Says how a practice was; `basedOn` is when the judgement was made that the writer saw, null for none',
    input: z.object({ practiceId: id, basedOn: instant.nullable(), score: z.int().min(1).max(5), feedback: note }),
    result: Practice,
  }),
  recognitions: endpoint('GET /knowledge/recognitions', {
    ...read,
    summary: 'What colleagues thank each other for, the newest first; of one person where wanted',
    input: z.object({ userId: userId.optional(), ...paging }),
    result: page(Recognition),
  }),
  recognize: endpoint('POST /knowledge/recognitions', {
    ...read,
    summary: 'Tells what a colleague did for others; they hear of it',
    input: z.object({ userId, text: z.string().trim().min(1).max(1000) }),
    result: Recognition,
  }),
  removeRecognition: endpoint('DELETE /knowledge/recognitions/:recognitionId', {
    ...read,
    summary: 'Takes back what one told; others’ only by whoever looks after training',
    input: z.object({ recognitionId: id }),
    result: nothing,
  }),
}
