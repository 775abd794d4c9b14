import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { writeSetting } from '#modules/organization/public.ts'
import { revokeLinks } from '#platform/private-link.ts'
import { claimAttempt } from '#platform/sign-in/throttle.ts'
import { holder } from '#test/app.ts'
import { complaint, pathOf, portal, tokenOf } from '#test/portal.ts'
import { casesApi } from './api.ts'
import { customerFilesSetting } from './settings.ts'

const { act, app, fresh, get, later, mailedLink, newest, post, say, shown } = portal()

describe('behind the private link', () => {
  test('so many files are taken and no more', async () => {
    await app().transaction((context) => writeSetting(context, customerFilesSetting, { most: 2, megabytes: 1 }, 0))
    const taken = await say('/p/complaint', { ...complaint, email: 'full@example.com' })
    const path = pathOf(taken.location)
    const send = async (bytes: number) => {
      const data = new FormData()
      for (const [field, value] of Object.entries({ ...(await shown(path, `${path}/messages`)), text: 'See' })) data.append(field, value)
      data.append('files', new Blob([new Uint8Array(bytes)]), 'x.png')
      return post(`${path}/messages`, data)
    }
    expect((await send(1000)).status).toBe(303)
    const large = await send(1 << 20)
    expect([large.status, large.text.includes('no more are taken')]).toEqual([422, true])
    expect((await send(1000)).status).toBe(303)
    expect((await send(1000)).status).toBe(422)
    // Words are always taken.
    expect((await act(path, 'messages', { text: 'Still here' })).status).toBe(303)
  })

  test('one sender fills no disk', async () => {
    const from = fresh()
    const send = async () => {
      const data = new FormData()
      for (const [field, value] of Object.entries({ ...(await shown('/p/complaint')), ...complaint })) data.append(field, value)
      data.append('files', new Blob([new Uint8Array(10)]), 'x.png')
      return post('/p/complaint', data, from)
    }
    expect((await send()).status).toBe(303)
    const counted = { of: `files from ${from['x-test-sender']}`, attempts: 40, minutes: 1440 }
    for (let i = 1; i < 39; i++) await claimAttempt(app().db, [counted], app().now)
    expect([(await send()).status, (await send()).status]).toEqual([303, 429])
    // Words are taken all the same.
    expect((await post('/p/complaint', new URLSearchParams({ ...(await shown('/p/complaint')), ...complaint }), from)).status).toBe(303)
  })

  test('what both write stands at once, and nothing of the house is shown', async () => {
    const taken = await say('/p/complaint', { ...complaint, email: 'cy@example.com' })
    const path = pathOf(taken.location)
    const one = await newest()
    await app().as(casesApi).note({ caseId: one.id, version: one.version, text: 'SECRET note on culprit', fileIds: [], minutes: 3 })
    const events = `/api/v1/case-links/${tokenOf(taken.location)}/events`
    const before = JSON.parse((await get(events)).text)
    later(60)
    const sent = await app().as(casesApi).sendMessage({ caseId: one.id, text: 'We send a new one <b>today</b>' })
    expect(sent.mailed).toBe(true)
    const told = JSON.parse((await get(`${events}?since=${encodeURIComponent(before.since)}`)).text)
    expect(told.events).toEqual([{ kind: 'changed', payload: {} }])
    const page = await get(path)
    expect(page.text).toContain('We send a new one &lt;b&gt;today&lt;/b&gt;')
    expect(page.text).not.toContain('SECRET')
    expect((await act(path, 'messages', { text: 'Thank you <script>alert(1)</script>' })).status).toBe(303)
    const { items } = await app().as(casesApi).messages({ caseId: one.id })
    expect(items.map(({ direction, text }) => [direction, text])).toEqual([
      ['in', 'Thank you <script>alert(1)</script>'],
      ['out', 'We send a new one <b>today</b>'],
      ['in', complaint.text],
    ])
    expect((await get(path)).text).not.toContain('<script>alert')
    const again = await shown(path, `${path}/withdrawal`)
    expect((await act(path, 'withdrawal', {})).status).toBe(303)
    expect(await app().as(casesApi).one({ caseId: one.id })).toMatchObject({ state: 'withdrawn' })
    const late = await post(`${path}/withdrawal`, new URLSearchParams(again))
    expect(late.status).toBe(409)
  })

  test('nothing is opened by a link that was made up, has ended, was revoked or is another’s', async () => {
    const taken = await say('/p/suggestion', { ...complaint, email: 'dee@example.com' })
    const path = pathOf(taken.location)
    const one = await newest()
    const refused = async (at: string) => {
      const { status, text } = await get(at, fresh())
      return [status, text.includes('This link does not work any more')]
    }
    expect(await refused(`${path.slice(0, -4)}AAAA`)).toEqual([404, true])
    await app().transaction((context) => revokeLinks(context, 'cases.follow', one.id))
    expect(await refused(path)).toEqual([404, true])
    const next = await say('/p/suggestion', { ...complaint, email: 'dee@example.com' })
    later(91 * 86_400)
    expect(await refused(pathOf(next.location))).toEqual([404, true])
  })

  test('staff see how often it was opened, never what opens it, and end it; a corrected address ends what was mailed', async () => {
    const taken = await say('/p/suggestion', { ...complaint, email: 'gil@example.com' })
    const path = pathOf(taken.location)
    const one = await newest()
    const { items } = await app().as(casesApi).caseLinks({ caseId: one.id })
    expect(items.map(({ narrow, revokedAt }) => [narrow, revokedAt])).toEqual([
      [false, null],
      [false, null],
    ])
    expect(JSON.stringify(items)).not.toContain(tokenOf(taken.location))
    await expect(app().as(casesApi, holder('cases.read')).endCaseLinks({ caseId: one.id })).rejects.toMatchObject({ status: 403 })
    expect(await app().as(casesApi).endCaseLinks({ caseId: one.id })).toEqual({ ended: 2 })
    expect((await get(path, fresh())).status).toBe(404)
    later(1)
    await app().as(casesApi).sendMessage({ caseId: one.id, text: 'Here is the next' })
    const letter = await mailedLink()
    expect((await get(letter, fresh())).status).toBe(200)
    const { version } = await app().as(casesApi).one({ caseId: one.id })
    const complainant = { name: 'Gil', contact: 'gil.right@example.com', authority: null }
    await app().as(casesApi).changeRecord({ caseId: one.id, version, changes: { complainant } })
    expect((await get(letter, fresh())).status).toBe(404)
  })

  test('of the browser holds as long as is said, whatever is mailed beside it', async () => {
    const taken = await say('/p/suggestion', { ...complaint, email: 'ida@example.com' })
    later(80 * 86_400)
    expect((await get(pathOf(taken.location), fresh())).status).toBe(200)
  })

  test('links of earlier letters do not pile up', async () => {
    await say('/p/suggestion', { ...complaint, email: 'hal@example.com' })
    const one = await newest()
    const first = await mailedLink()
    for (const text of ['One', 'Two']) {
      later(60)
      await app().as(casesApi).sendMessage({ caseId: one.id, text })
    }
    later(31 * 86_400)
    expect((await get(first, fresh())).status).toBe(404)
    expect((await get(await mailedLink(), fresh())).status).toBe(200)
  })

  test('a new link goes to the known address only, and the answer is the same for everybody', async () => {
    await say('/p/complaint', { ...complaint, email: 'eve@example.com' })
    const { number } = await newest()
    const mails = async () =>
      (await sql<{ to_address: string }>`select to_address from platform.mail_out order by id desc`.execute(app().db)).rows.length
    const before = await mails()
    for (const values of [
      { number, email: 'mallory@example.com' },
      { number: '2020-000001', email: 'eve@example.com' },
    ])
      expect(await say('/p/follow', values)).toMatchObject({ status: 303, location: '/p/follow?sent=1' })
    expect(await mails()).toBe(before)
    expect(await say('/p/follow', { number, email: 'Eve@example.com' })).toMatchObject({ status: 303, location: '/p/follow?sent=1' })
    expect(await mails()).toBe(before + 1)
  })
})
