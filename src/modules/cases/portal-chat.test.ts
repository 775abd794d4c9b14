import { describe, expect, test } from 'vitest'
import { pathOf, portal } from '#test/portal.ts'
import { casesApi } from './api.ts'

const { act, app, fresh, get, later, newest, post, shown } = portal()

describe('a chat', () => {
  const framed = { 'sec-fetch-dest': 'iframe' }
  const begin = async () => {
    const values = { text: 'Do you repair pots?', name: 'Visitor' }
    const hidden = await shown('/p/enquiry', '/p/enquiry', framed)
    return post('/p/enquiry?frame=1', new URLSearchParams({ ...hidden, ...values }), fresh(framed))
  }
  test('needs no address, is closed when it is answered, and the customer says whether they are satisfied', async () => {
    const path = pathOf((await begin()).location)
    const one = await newest()
    expect(one).toMatchObject({ kind: 'enquiry', channel: 'chat' })
    await app().as(casesApi).sendMessage({ caseId: one.id, text: 'Yes, we do', answers: true })
    expect(await app().as(casesApi).one({ caseId: one.id })).toMatchObject({ state: 'closed', answered: { text: 'Yes, we do' } })
    const { text } = await get(path)
    expect(text.split('Yes, we do')).toHaveLength(2)
    expect((await act(path, 'feedback', { satisfied: 'yes', score: '10' })).status).toBe(303)
    expect((await app().as(casesApi).one({ caseId: one.id })).feedback).toMatchObject({ satisfied: true, score: 10 })
    expect((await get(path)).text).not.toContain('id="feedback"')
  })
  test('becomes a complaint with one click, with what was written, and goes on at the same link', async () => {
    const path = pathOf((await begin()).location)
    const one = await newest()
    await act(path, 'messages', { text: 'Mine arrived broken!' })
    const { version } = await app().as(casesApi).one({ caseId: one.id })
    const { made } = await app().as(casesApi).makeComplaint({ caseId: one.id, version })
    const found = await app().as(casesApi).one({ caseId: made.id })
    expect(found).toMatchObject({ kind: 'complaint', record: { description: 'Do you repair pots?\n\nMine arrived broken!' } })
    expect((await get(path)).text).toContain(found.number)
    await app().as(casesApi).sendMessage({ caseId: made.id, text: 'We are sorry' })
    expect((await get(path)).text).toContain('We are sorry')
    expect((await app().as(casesApi).messages({ caseId: made.id })).items).toHaveLength(3)
  })
  test('that nobody answers within a day is late', async () => {
    await begin()
    const one = await newest()
    later(25 * 3600)
    const { clocks } = await app().as(casesApi).clocks({ caseId: one.id })
    expect(clocks.some(({ breachedAt }) => breachedAt !== null)).toBe(true)
  })
})
