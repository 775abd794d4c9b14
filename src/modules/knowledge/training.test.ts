import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notificationEndpoints } from '#modules/organization/api/notifications.ts'
import type { Actor } from '#platform/context.ts'
import { type App, startApp } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { knowledgeApi } from './api.ts'
import { shippedTechniques } from './domain/shipped/techniques.ts'

let app: App
let trainer: Actor
let agent: Actor
beforeAll(async () => {
  app = await startApp()
  trainer = await colleague(app, 'Trainer')
  agent = { ...(await colleague(app, 'Agent')), can: (permission) => permission !== 'knowledge.train' && permission !== 'knowledge.write' }
})
afterAll(() => app.close())

const knowledge = (actor: Actor = trainer) => app.as(knowledgeApi, actor)
const texts = (en: string) => ({ en, 'zh-CN': '', 'zh-TW': '' })
const course = {
  name: texts('Listening'),
  about: texts(''),
  skills: ['attitude' as const, 'skill' as const],
  articleId: null,
  techniqueId: null,
  link: null,
  active: true,
}
const calm = shippedTechniques[0]!.id

describe('courses (P-06)', () => {
  test('what one completes counts for its skills, and is seen by oneself and by whoever looks after training', async () => {
    const { id } = await knowledge().addCourse({ ...course, techniqueId: calm })
    await knowledge().addCourse({ ...course, name: texts('Products'), skills: ['knowledge'] })
    await knowledge(agent).completeCourse({ courseId: id })
    await knowledge(agent).completeCourse({ courseId: id })
    const own = await knowledge(agent).ownTraining({})
    expect(own).toMatchObject({
      completed: [{ courseId: id, name: texts('Listening'), notedBy: agent.id, note: null }],
      bySkill: { attitude: { done: 1, of: 1 }, skill: { done: 1, of: 1 }, knowledge: { done: 0, of: 1 } },
    })
    expect(await knowledge().training({ userId: agent.id })).toEqual(own)
    expect((await knowledge().courses({})).items.find((one) => one.id === id)).toMatchObject({ completedAt: null, completedBy: 1 })
    expect((await knowledge().completions({ courseId: id, done: false })).items.map(({ userId }) => userId)).toEqual([trainer.id])
    await expect(knowledge(agent).training({ userId: trainer.id })).rejects.toMatchObject({ status: 403 })
  })

  test('a trainer notes and takes back what others completed', async () => {
    const { id } = await knowledge().addCourse({ ...course, name: texts('First aid') })
    app.now = new Date(app.now.getTime() + 1000)
    await knowledge().noteCompletion({ courseId: id, userId: agent.id, note: 'With certificate' })
    expect((await knowledge(agent).ownTraining({})).completed[0]).toMatchObject({
      courseId: id,
      notedBy: trainer.id,
      note: 'With certificate',
    })
    await knowledge().removeCompletion({ courseId: id, userId: agent.id })
    await expect(knowledge().removeCompletion({ courseId: id, userId: agent.id })).rejects.toMatchObject({ status: 404 })
    await expect(knowledge().noteCompletion({ courseId: id, userId: crypto.randomUUID() })).rejects.toMatchObject({ reason: 'nobody-here' })
  })

  test('a course that is given no more stays with whoever completed it', async () => {
    const { id } = await knowledge().addCourse({ ...course, name: texts('Fax'), skills: ['skill'] })
    await knowledge(agent).completeCourse({ courseId: id })
    await knowledge().changeCourse({ ...course, name: texts('Fax'), courseId: id, version: 1, skills: ['skill'], active: false })
    await expect(knowledge().completeCourse({ courseId: id })).rejects.toMatchObject({ reason: 'course-retired' })
    await expect(knowledge().changeCourse({ ...course, courseId: id, version: 1 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    expect((await knowledge(agent).courses({})).items.map((one) => one.id)).not.toContain(id)
    expect((await knowledge(agent).ownTraining({})).completed.map(({ courseId }) => courseId)).toContain(id)
  })

  test('it teaches what there is', async () => {
    await expect(knowledge().addCourse({ ...course, articleId: crypto.randomUUID() })).rejects.toMatchObject({
      fields: [{ field: 'articleId', reason: 'no-such-article' }],
    })
    const link = JSON.stringify({ ...course, link: 'javascript:alert(1)' })
    const headers = { 'content-type': 'application/json' }
    expect((await app.request('/api/v1/knowledge/courses', { method: 'POST', body: link, headers }, trainer)).status).toBe(422)
  })
})

describe('practice', () => {
  const notes = [
    { key: 'listen', text: 'The kettle leaks' },
    { key: 'position', text: 'That must not happen' },
    { key: 'promise', text: 'A new one tomorrow' },
  ]
  test('a beginner practises what they may not use yet, and somebody else says how it was', async () => {
    const transformation = shippedTechniques[2]!
    const tried = transformation.points.map(({ key }) => ({ key, text: 'tried' }))
    await knowledge(agent).practise({ techniqueId: transformation.id, situation: 'Took the sample for the product', notes: tried })
    app.now = new Date(app.now.getTime() + 1000)
    const practice = await knowledge(agent).practise({
      techniqueId: calm,
      situation: 'An angry call',
      notes: [...notes, { key: 'other', text: 'x' }],
    })
    expect(practice).toMatchObject({ notes, score: null })
    await expect(knowledge(agent).practise({ techniqueId: calm, situation: 'x', notes: notes.slice(1) })).rejects.toMatchObject({
      fields: [{ field: 'notes.listen' }],
    })
    expect((await knowledge().waitingPractices({})).items).toHaveLength(2)
    const others: Actor = { ...trainer, reach: () => [trainer.id] }
    expect((await knowledge(others).waitingPractices({})).items).toEqual([])
    const refused = { status: 404 }
    await expect(knowledge(others).judgePractice({ practiceId: practice.id, basedOn: null, score: 1, feedback: '' })).rejects.toMatchObject(
      refused,
    )
    await expect(knowledge(others).training({ userId: agent.id })).rejects.toMatchObject(refused)
    const [first] = (await knowledge().courses({})).items
    const listedFor = async (by: Actor) => (await knowledge(by).completions({ courseId: first!.id, done: false })).of
    expect([await listedFor(trainer), await listedFor(others)]).toEqual([2, 1])
    const judged = await knowledge().judgePractice({ practiceId: practice.id, basedOn: null, score: 4, feedback: 'Name the day' })
    expect(judged).toMatchObject({ score: 4, judgedBy: trainer.id })
    await expect(knowledge().judgePractice({ practiceId: practice.id, basedOn: null, score: 1, feedback: '' })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
    await knowledge().judgePractice({ practiceId: practice.id, basedOn: judged.judgedAt, score: 5, feedback: '' })
    expect((await knowledge(agent).practices({})).items.map(({ score }) => score)).toEqual([5, null])
    expect((await knowledge(agent).ownTraining({})).practices).toEqual({ count: 2, judged: 1, meanScore: 5 })
    expect((await app.as(notificationEndpoints, agent).notifications({})).items[0]).toMatchObject({ kind: 'knowledge.practice-judged' })
  })

  test('nobody judges their own', async () => {
    const { id } = await knowledge().practise({ techniqueId: calm, situation: 'Mine', notes })
    expect((await knowledge().waitingPractices({})).items.map((one) => one.id)).not.toContain(id)
    await expect(knowledge().judgePractice({ practiceId: id, basedOn: null, score: 5, feedback: '' })).rejects.toMatchObject({
      reason: 'own-practice',
    })
  })

  test('what one used stands in one’s own training with what came of it', async () => {
    await knowledge(agent).noteUse({ techniqueId: calm, succeeded: true })
    await knowledge(agent).noteUse({ techniqueId: calm, succeeded: false })
    expect((await knowledge(agent).ownTraining({})).techniques).toMatchObject([{ techniqueId: calm, succeeded: 1, failed: 1, open: 0 }])
  })
})

describe('recognition (N-10)', () => {
  test('a colleague is thanked, hears of it, and it stands on what is known of them', async () => {
    const given = await knowledge(agent).recognize({ userId: trainer.id, text: 'Stayed late to help a guest home' })
    expect((await knowledge().ownTraining({})).recognitions).toMatchObject([{ id: given.id, givenBy: agent.id }])
    expect((await knowledge(agent).recognitions({ userId: trainer.id })).items).toHaveLength(1)
    expect((await app.as(notificationEndpoints, trainer).notifications({})).items[0]).toMatchObject({ kind: 'knowledge.recognized' })
    await expect(knowledge(agent).recognize({ userId: agent.id, text: 'Me' })).rejects.toMatchObject({ reason: 'own-praise' })
  })
  test('it is taken back by whoever gave it, or looks after training', async () => {
    const given = await knowledge().recognize({ userId: agent.id, text: 'Well done' })
    await expect(knowledge(agent).removeRecognition({ recognitionId: given.id })).rejects.toMatchObject({ status: 404 })
    await knowledge().removeRecognition({ recognitionId: given.id })
    expect((await knowledge(agent).recognitions({})).items.map(({ id }) => id)).not.toContain(given.id)
  })
})
