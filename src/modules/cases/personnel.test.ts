import { beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { makeLink } from '#platform/private-link.ts'
import { erasePerson } from '#platform/subject/erasure.ts'
import { everybody } from '#test/app.ts'
import { colleague } from '#test/colleague.ts'
import { portal } from '#test/portal.ts'
import { renewCases } from './actions/renewing.ts'
import { casesApi } from './api.ts'

const { act, app, get } = portal()
const cases = (by: Actor = everybody) => app().as(casesApi, by)
const year = { from: '2026-01-01', to: '2026-12-31' }
const scoredAs = async ({ id }: Actor) => (await cases().personnelValue(year)).items.find(({ userId }) => userId === id) ?? null
const meansOf = async (who: Actor) => {
  const value = await scoredAs(who)
  return value && [value.attitude, value.knowledge, value.skill].map(({ mean, count }) => [mean, count])
}

let ada: Actor
let bob: Actor
let fay: Actor
let customerId: string
beforeAll(async () => {
  ada = await colleague(app(), 'Ada')
  bob = await colleague(app(), 'Bob')
  fay = await colleague(app(), 'Fay')
  customerId = await person('Harbour Tea')
})
const person = async (name: string) => (await app().as(customersApi).create({ values: { name } })).id

/** An enquiry that somebody answered, with the customer's private page. */
async function answeredBy(who: Actor | null, whose = customerId) {
  const said = { subject: 'Lid', description: 'Does it fit?', channel: 'phone' as const }
  const { id } = await cases().open({ ...said, kind: 'enquiry', customerId: whose, ownerId: who?.id ?? null })
  await cases(who ?? everybody).answer({
    caseId: id,
    version: (await cases().one({ caseId: id })).version,
    text: 'It does',
    channel: 'phone',
  })
  const { token } = await app().transaction((context) =>
    makeLink(context, { purpose: 'cases.follow', thingId: id, customerId: whose, days: 9, narrow: false }),
  )
  return { id, page: `/p/case/${token}` }
}
const hear = async (caseId: string, by: Actor, scores: Record<string, number | null>) =>
  cases(by).hear({ caseId, version: (await cases().one({ caseId })).version, satisfied: true, score: null, text: null, ...scores })

describe('P-07: customers score whoever handled their case', () => {
  test('two customers who give 5/4/3 and 3/4/5 make 4/4/4 of two, and nobody else is touched', async () => {
    await answeredBy(bob)
    for (const scores of [
      { attitude: '5', knowledge: '4', skill: '3' },
      { attitude: '3', knowledge: '4', skill: '5' },
    ]) {
      const { id, page } = await answeredBy(ada)
      expect((await act(page, 'feedback', { satisfied: 'yes', ...scores })).status).toBe(303)
      const given = { attitude: Number(scores.attitude), knowledge: 4, skill: Number(scores.skill) }
      expect((await cases().one({ caseId: id })).feedback).toMatchObject({ satisfied: true, score: null, ...given })
    }
    expect(await meansOf(ada)).toEqual([
      [4, 2],
      [4, 2],
      [4, 2],
    ])
    expect(await scoredAs(ada)).toMatchObject({ cases: 2, attitude: { basis: 'few' }, months: [{ month: '2026-03', cases: 2 }] })
    expect(await scoredAs(bob)).toBeNull()
    expect(await cases(bob).ownPersonnelValue(year)).toMatchObject({ userId: bob.id, cases: 0, attitude: { mean: null, basis: 'none' } })
    const nextYear = { from: '2027-01-01', to: '2027-12-31' }
    expect((await cases().personnelValue(nextYear)).items).toEqual([])
  })

  test('in their language, without a script, and one may be left out; what is no score is refused', async () => {
    const eve = await colleague(app(), 'Eve')
    const { id, page } = await answeredBy(eve)
    const chinese = (await get(`${page}?lang=zh-CN`)).text
    expect(chinese).toMatch(/<label for="field-attitude">[^<]*态度/)
    expect((await act(page, 'feedback', { satisfied: 'yes', attitude: '6' })).status).toBe(422)
    expect((await act(page, 'feedback', { satisfied: 'no', attitude: '2', knowledge: '', skill: '1' })).status).toBe(303)
    expect((await cases().one({ caseId: id })).feedback).toMatchObject({ satisfied: false, attitude: 2, knowledge: null, skill: 1 })
    expect(await meansOf(eve)).toEqual([
      [2, 1],
      [null, 0],
      [1, 1],
    ])
  })

  test('nobody scores themselves, and what a colleague notes counts; said again, the last counts', async () => {
    const eve = await colleague(app(), 'Eve-Two')
    const { id } = await answeredBy(eve)
    await hear(id, eve, { attitude: 5, knowledge: 5, skill: 5 })
    expect(await scoredAs(eve)).toBeNull()
    await hear(id, bob, { attitude: 2, knowledge: 3, skill: null })
    await hear(id, bob, { attitude: 4 })
    expect(await meansOf(eve)).toEqual([
      [4, 1],
      [3, 1],
      [null, 0],
    ])
  })

  test('what customers scored themselves nobody replaces; what was noted before keeps nobody from it, and does not count beside it', async () => {
    const eve = await colleague(app(), 'Eve-Six')
    const { id, page } = await answeredBy(eve)
    await hear(id, bob, { attitude: 1, knowledge: 1, skill: 1 })
    expect((await meansOf(eve))!.map(([mean]) => mean)).toEqual([1, 1, 1])
    expect((await get(page)).text).toContain('id="field-attitude"')
    expect((await act(page, 'feedback', { satisfied: 'yes', attitude: '5', knowledge: '4' })).status).toBe(303)
    const theirs = [
      [5, 1],
      [4, 1],
      [null, 0],
    ]
    expect(await meansOf(eve)).toEqual(theirs)
    expect((await get(page)).text).not.toContain('id="field-attitude"')
    await hear(id, bob, { attitude: 1, knowledge: 1, skill: 1 })
    expect(await meansOf(eve)).toEqual(theirs)
    // Only they themselves say it anew.
    expect((await act(page, 'feedback', { satisfied: 'no', attitude: '2' })).status).toBe(303)
    expect(await meansOf(eve)).toEqual([
      [2, 1],
      [4, 1],
      [null, 0],
    ])
  })

  test('it is about whoever handled it when it was settled, whoever has it since, and stays theirs when the case goes on with another', async () => {
    const eve = await colleague(app(), 'Eve-Three')
    const { id } = await answeredBy(eve)
    const on = async () => ({ caseId: id, version: (await cases().one({ caseId: id })).version })
    await hear(id, bob, { attitude: 1, knowledge: 1, skill: 1 })
    await cases().reopen({ ...(await on()), to: 'answer', reason: 'Not right', sameHandler: true })
    await cases().assign({ ...(await on()), ownerId: fay.id, why: null })
    await cases(fay).answer({ ...(await on()), text: 'Now it does', channel: 'phone' })
    await hear(id, bob, { attitude: 5, knowledge: 5, skill: 5 })
    expect((await meansOf(eve))!.map(([mean]) => mean)).toEqual([1, 1, 1])
    expect((await meansOf(fay))!.map(([mean]) => mean)).toEqual([5, 5, 5])
  })

  test('a case that nobody handled scores nobody, and does not ask', async () => {
    const { id, page } = await answeredBy(null)
    expect(await cases().one({ caseId: id })).toMatchObject({ state: 'closed', ownerId: null })
    const { text } = await get(page)
    expect(text).toContain('id="field-satisfied"')
    expect(text).not.toContain('id="field-attitude"')
    const before = (await cases().personnelValue(year)).items
    expect((await act(page, 'feedback', { satisfied: 'yes', attitude: '1' })).status).toBe(303)
    expect((await cases().personnelValue(year)).items).toEqual(before)
  })
})

describe('scores of somebody', () => {
  test('are seen by themselves and by whoever judges their work, on the case and in the averages', async () => {
    const eve = await colleague(app(), 'Eve-Four')
    const { id } = await answeredBy(eve)
    await hear(id, bob, { attitude: 2 })
    const seen = async (of: Partial<Actor>) => {
      const by = cases({ ...everybody, id: 'somebody', ...of })
      const logged = (await by.log({ caseId: id })).events.find(({ kind }) => kind === 'feedback')!.said as { attitude: number | null }
      return [(await by.one({ caseId: id })).feedback!.attitude, logged.attitude]
    }
    const reads = (permission: string) => permission === 'cases.read'
    expect(await seen({})).toEqual([2, 2])
    expect(await seen({ can: reads })).toEqual([null, null])
    expect(await seen({ id: eve.id, can: reads })).toEqual([2, 2])
    const judging = (ids: readonly string[]): Actor => ({
      ...everybody,
      id: 'judge',
      reach: (permission) => (permission === 'cases.quality' ? ids : 'all'),
    })
    expect((await cases(judging([eve.id])).personnelValue(year)).items.map(({ userId }) => userId)).toEqual([eve.id])
    expect((await cases(judging([bob.id])).personnelValue(year)).items).toEqual([])
    expect((await cases(eve).ownPersonnelValue(year)).attitude).toEqual({ count: 1, mean: 2, basis: 'few' })
    await expect(cases().personnelValue({ from: '2026-04-30', to: '2026-04-01' })).rejects.toMatchObject({ reason: 'no-such-period' })
  })

  test('are hidden also where they do not count: what one notes of oneself, and what is said of a case that nobody handled', async () => {
    const eve = await colleague(app(), 'Eve-Seven')
    const gil = await colleague(app(), 'Gil')
    const seen = async (caseId: string, of: Partial<Actor>) => {
      const by = cases({ ...everybody, id: 'somebody', ...of })
      const logged = (await by.log({ caseId })).events.filter(({ kind }) => kind === 'feedback')
      return [(await by.one({ caseId })).feedback!.attitude, ...logged.map(({ said }) => (said as { attitude: number | null }).attitude)]
    }
    const can = (permission: string) => permission === 'cases.read'
    const { id } = await answeredBy(eve)
    await hear(id, eve, { attitude: 5 })
    expect(await seen(id, { can })).toEqual([null, null])
    expect(await seen(id, { id: eve.id, can })).toEqual([5, 5])
    expect(await seen(id, {})).toEqual([5, 5])
    const { id: nobodys } = await answeredBy(null)
    await hear(nobodys, bob, { attitude: 4 })
    expect(await seen(nobodys, { can })).toEqual([null, null])
    // Each is seen by whom it was about, whoever has the case since.
    const on = async () => ({ caseId: id, version: (await cases().one({ caseId: id })).version })
    await cases().reopen({ ...(await on()), to: 'answer', reason: 'Not right', sameHandler: true })
    await cases().assign({ ...(await on()), ownerId: gil.id, why: null })
    await cases(gil).answer({ ...(await on()), text: 'Now it does', channel: 'phone' })
    await hear(id, bob, { attitude: 3 })
    expect(await seen(id, { id: eve.id, can })).toEqual([null, 5, null])
    expect(await seen(id, { id: gil.id, can })).toEqual([3, null, 3])
  })

  test('go with a customer who becomes one with another, and stay when the customer is erased', async () => {
    const eve = await colleague(app(), 'Eve-Five')
    const [kept, gone] = [await person('Kept Kim'), await person('Gone Kim')]
    const { id } = await answeredBy(eve, gone)
    await hear(id, bob, { attitude: 3, knowledge: 3, skill: 3 })
    await app().as(customersApi).merge({ id: kept, otherId: gone, version: 1, otherVersion: 1 })
    const before = await scoredAs(eve)
    expect(before).toMatchObject({ cases: 1, attitude: { mean: 3 } })
    await app().transaction((context) =>
      erasePerson(context, { customerId: kept, formerIds: [gone], requestedBy: 'one', confirmedBy: 'two' }),
    )
    expect(await scoredAs(eve)).toEqual(before)
    expect((await cases().one({ caseId: id })).feedback).toMatchObject({ satisfied: true, attitude: 3, text: null })
  })

  test('are what the logs say, also when they are made anew from them', async () => {
    const check = (repair: boolean) => app().transaction((context) => renewCases(context, null, repair))
    expect(await check(false)).toMatchObject({ wrong: 0 })
    const before = (await cases().personnelValue(year)).items
    await app().transaction(async ({ db }) => {
      await db.updateTable('cases.staff_score').set({ attitude: 1 }).where('agent_id', '=', ada.id).execute()
      await db.updateTable('cases.staff_score').set({ agent_id: 'somebody' }).where('agent_id', '=', fay.id).execute()
    })
    // Two cases of the one, and the one of the other.
    expect((await check(true)).wrong).toBe(3)
    expect(await check(false)).toMatchObject({ wrong: 0 })
    expect((await cases().personnelValue(year)).items).toEqual(before)
  })
})
