import { expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { everybody } from '#test/app.ts'
import { colleague } from '#test/complaints.ts'
import { complaint, pathOf, portal } from '#test/portal.ts'
import { casesApi } from './api.ts'

// What a customer whose complaint was turned down finds on the page of their case.

const { app, say, get, act, later, newest, post, shown, mailedLink } = portal()
const as = (userId: string) => app().as(casesApi, { ...everybody, id: userId })

/** A complaint from the page that was turned down by two people, with where else to turn. */
async function turnedDown(values: Record<string, string> = {}) {
  const { location } = await say('/p/complaint', { ...complaint, email: `appeal${Math.random()}@example.com`, ...values })
  const { id } = await newest()
  const handler = as('handler')
  const on = async () => ({ caseId: id, version: (await handler.one({ caseId: id })).version })
  await handler.changeRecord({
    ...(await on()),
    changes: {
      ...{ category: 'freight', target: { kind: 'company', name: null, userId: null, departmentId: null } },
      ...{ demand: { kind: 'refund', text: null, amountMinor: null }, unproven: false },
    },
  })
  const unfounded = { admissible: true, reasonSufficient: false, demandReasonable: false, finding: 'unfounded' as const }
  await handler.judge({ ...(await on()), ...unfounded, note: null, evidence: [] })
  await as('reader').readAgain({ ...(await on()), agrees: true, note: null })
  const escalationRoute = 'Turn to the board:\nhttps://board.example.org/complaints\njavascript:alert(1)'
  await handler.reply({ ...(await on()), text: 'We found nothing wrong', channel: 'web', escalationRoute })
  return { path: pathOf(location), id }
}

test('they read where else they can turn, ask for other eyes with one form, and once', async () => {
  await colleague(app(), 'Judge', ['executive'])
  const { path, id } = await turnedDown()
  const page = (await get(path)).text
  expect(page).toContain('If you do not agree')
  expect(page).toContain('<a href="https://board.example.org/complaints" rel="noreferrer">')
  expect(page).not.toContain('href="javascript:')
  expect(page).toContain(`${path}#appeal`)
  expect((await act(path, 'appeal', { objection: 'x' })).status).toBe(422)
  const action = `${path}/appeal`
  const hidden = await shown(path, action)
  const inAnotherTab = await shown(path, action)
  const objects = new URLSearchParams({ ...hidden, objection: 'I have pictures <b>here</b>' })
  const all = await Promise.all([1, 2].map(() => post(action, objects)))
  expect(all.map(({ status }) => status)).toEqual([303, 303])
  const again = new URLSearchParams({ ...inAnotherTab, objection: 'And another thing' })
  expect((await post(action, again)).status).toBe(303)
  const one = await as('handler').one({ caseId: id })
  expect(one.appeals).toMatchObject([{ reason: 'I have pictures <b>here</b>', channel: 'web', decided: null }])
  const after = (await get(path)).text
  expect(after).toContain('Looked at again until')
  expect(after).toContain('I have pictures &lt;b&gt;here&lt;/b&gt;')
  expect(after).toContain('We look at case')
  expect(after).not.toContain('name="objection"')
  // What they write meanwhile joins it, and opens nothing.
  expect((await act(path, 'messages', { text: 'One more picture' })).status).toBe(303)
  expect(await as('handler').one({ caseId: id })).toMatchObject({ state: 'closed', reopened: 0 })

  const judge = as(one.appeals[0]!.judgeId!)
  const tooLate = new URLSearchParams({ ...(await shown(path, `${path}/appeal-withdrawal`)), takenBack: 'true' })
  const decision = { outcome: 'partly' as const, text: 'You were partly right', channel: 'web' as const, escalationRoute: null }
  await judge.decideAppeal({ caseId: id, version: (await judge.one({ caseId: id })).version, ...decision })
  const decided = (await get(path)).text
  expect(decided).toContain('You were partly right')
  // What was judged is not taken back by a tab that does not know of it.
  expect(tooLate.get('appealId')).toBe(one.appeals[0]!.id)
  expect((await post(`${path}/appeal-withdrawal`, tooLate)).status).toBe(303)
  expect((await as('handler').one({ caseId: id })).appeals).toMatchObject([{ withdrawn: null, decided: { outcome: 'partly' } }])
  expect(decided).toContain('We are working on it')
})

test('what they write in answer while they may still appeal leaves the answer standing, and the form with it', async () => {
  const { path, id } = await turnedDown()
  expect((await act(path, 'messages', { text: 'I do not accept this' })).status).toBe(303)
  expect(await as('handler').one({ caseId: id })).toMatchObject({ state: 'closed', reopened: 0, judged: { finding: 'unfounded' } })
  const page = (await get(path)).text
  expect(page).toContain('I do not accept this')
  expect(page).toContain('name="objection"')
  expect((await act(path, 'appeal', { objection: 'As I wrote' })).status).toBe(303)
  expect((await as('handler').one({ caseId: id })).appeals).toMatchObject([{ reason: 'As I wrote' }])
})

test('they take it back with one tick, and the answer stands', async () => {
  await colleague(app(), 'Second judge', ['executive'])
  const { path, id } = await turnedDown()
  const before = await get(path)
  expect(before.text).not.toContain('Take this request back')
  expect((await act(path, 'appeal', { objection: 'I have pictures' })).status).toBe(303)
  expect((await get(path)).text).toContain('Take this request back')
  // Without the tick nothing is taken back.
  const bare = await act(path, 'appeal-withdrawal', {})
  expect(bare.status).toBe(422)
  expect(bare.text).toContain('id="field-takenBack-problem"')
  const action = `${path}/appeal-withdrawal`
  const tick = new URLSearchParams({ ...(await shown(path, action)), takenBack: 'true' })
  const all = await Promise.all([1, 2].map(() => post(action, tick)))
  expect(all.map(({ status }) => status)).toEqual([303, 303])
  expect(await as('handler').one({ caseId: id })).toMatchObject({
    state: 'closed',
    appeals: [{ withdrawn: { channel: 'web' }, decided: null }],
  })
  const after = (await get(path)).text
  expect(after).toContain('You took back that somebody else looks at it')
  expect(after).toContain('If you did not say so, please write to us')
  expect(after).not.toContain('Take this request back')
  // There is time to ask again, and a tab that still shows the first takes back nothing of the second.
  expect((await act(path, 'appeal', { objection: 'I do want it' })).status).toBe(303)
  const stale = new URLSearchParams({ ...(await shown(path, action)), appealId: tick.get('appealId')!, takenBack: 'true' })
  expect((await post(action, stale)).status).toBe(303)
  const { appeals } = await as('handler').one({ caseId: id })
  expect(appeals.map(({ withdrawn }) => withdrawn === null)).toEqual([false, true])
})

test('after the days for it they read where else to turn, and find no form', async () => {
  const { path } = await turnedDown()
  const hidden = await shown(path, `${path}/appeal`)
  later(31 * 86_400)
  const text = (await get(path)).text
  expect(text).toContain('If you do not agree')
  expect(text).not.toContain('name="objection"')
  const late = await post(`${path}/appeal`, new URLSearchParams({ ...hidden, objection: 'Too late' }))
  expect(late.status).toBeGreaterThanOrEqual(400)
})

test('whoever has only typed who they are sees nothing of it, and binds nobody', async () => {
  await app()
    .as(customersApi)
    .create({ values: { name: 'Kim', email: 'kim@example.com' } })
  const { location } = await say('/p/complaint', { ...complaint, email: 'kim@example.com' })
  const { id } = await newest()
  const path = pathOf(location)
  expect((await as('handler').one({ caseId: id })).record.unproven).toBe(true)
  const hidden = await shown(path, `${path}/messages`)
  expect((await get(path)).text).not.toContain('id="appeal"')
  expect((await post(`${path}/appeal`, new URLSearchParams({ ...hidden, objection: 'Not right' }))).status).toBe(409)
  expect((await post(`${path}/appeal-withdrawal`, new URLSearchParams({ ...hidden, appealId: id, takenBack: 'true' }))).status).toBe(409)
  expect((await get(await mailedLink())).status).toBe(200)
})
