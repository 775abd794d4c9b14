import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { erasePerson } from '#platform/subject/erasure.ts'
import { type App, everybody, startApp } from '#test/app.ts'
import { colleague } from '#test/complaints.ts'
import { casesApi } from './api.ts'

let app: App
let ada: Actor
let harbour: string
let field: string
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-09T03:00:00Z') })
  ada = await colleague(app, 'Ada')
  harbour = (await app.as(customersApi).create({ values: { name: 'Harbour Tea' } })).id
  field = (await app.as(customersApi).create({ values: { name: 'Field House' } })).id
})
afterAll(() => app.close())

const api = (by: Actor = ada) => app.as(casesApi, by)
const terms = { place: 'Jetty 3', link: 'https://meet.example.com/spring', agenda: 'Boxes', staffIds: [] }
const group = (name: string) => api().makeAdvisoryGroup({ name, purpose: 'To hear what could be better', ownerId: ada.id })
const meeting = (groupId: string | null, title = 'Spring') => api().makeAdvisoryMeeting({ ...terms, groupId, title, startsAt: app.now })

describe('an advisory group', () => {
  test('has members since when and until when, each once at a time, and ends', async () => {
    const { id: groupId, version } = await group('Tea tasters')
    const one = { groupId, customerId: harbour, person: 'Mia Long', since: '2026-01-01', until: null }
    const member = await api().addAdvisoryMember(one)
    expect(member).toMatchObject({ customer: { name: 'Harbour Tea' }, person: 'Mia Long' })
    await expect(api().addAdvisoryMember(one)).rejects.toMatchObject({ reason: 'member-already' })
    const on = { memberId: member.id, version: member.version }
    await expect(api().changeAdvisoryMember({ ...on, until: '2025-01-01' })).rejects.toMatchObject({ reason: 'before-it-began' })
    await api().changeAdvisoryMember({ ...on, until: '2026-02-01' })
    await expect(api().changeAdvisoryMember({ ...on, until: null })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    await api().addAdvisoryMember({ ...one, since: '2026-02-02' })
    expect((await api().advisoryGroups({})).groups).toMatchObject([{ name: 'Tea tasters', members: 1, endedOn: null }])
    expect((await api().advisoryGroup({ groupId })).members).toHaveLength(2)
    expect(await api().changeAdvisoryGroup({ groupId, version, endedOn: '2026-12-31' })).toMatchObject({
      endedOn: '2026-12-31',
      version: 2,
    })
    const clerk: Actor = { ...everybody, id: 'clerk', reach: () => ['clerk'] }
    expect(await api(clerk).advisoryGroup({ groupId })).toMatchObject({ members: [], hidden: 2 })
  })
})

describe('a meeting', () => {
  test('has minutes, of which one becomes a suggestion with a click, once, whose state is shown back', async () => {
    const { id: meetingId } = await meeting(null, 'Key customers, spring')
    await api().addAttendee({ meetingId, customerId: harbour, person: 'Mia Long' })
    await api().addAttendee({ meetingId, customerId: field, person: null })
    const item = await api().addMinutesItem({ meetingId, text: 'Stronger boxes\nOurs arrive bent', customerId: harbour })
    app.now = new Date(app.now.getTime() + 1000)
    const other = await api().addMinutesItem({ meetingId, text: 'Everybody liked the new lids', customerId: null })
    const pressed = await Promise.all([1, 2, 3].map(() => api().suggestFromMinutes({ itemId: item.id })))
    expect(new Set(pressed.map(({ caseId }) => caseId)).size).toBe(1)
    const { caseId, number } = pressed[0]!
    expect(await api().one({ caseId })).toMatchObject({
      kind: 'suggestion',
      customer: { id: harbour },
      record: { subject: 'Stronger boxes', description: 'Stronger boxes\nOurs arrive bent' },
    })
    const shown = async () => (await api().advisoryMeeting({ meetingId })).items.find(({ id }) => id === item.id)!.suggestion
    expect(await shown()).toMatchObject({ number, state: 'open', step: 'submit', adopted: null, published: false })
    let { version } = await api().one({ caseId })
    const did = async (answer: Promise<{ version: number }>) => {
      version = (await answer).version
    }
    await did(api().acknowledge({ caseId, version, text: 'We look at it', sent: 'hand', answerBy: null }))
    await did(api().evaluate({ caseId, version, value: 'Less waste', feasible: true, savingMinor: null, note: null }))
    await did(api().decide({ caseId, version, adopted: true, note: null }))
    expect(await shown()).toMatchObject({ step: 'decide', adopted: true })
    // Nobody is noted as having said it, so whoever asks says who.
    await expect(api().suggestFromMinutes({ itemId: other.id })).rejects.toMatchObject({ reason: 'required' })
    await api().suggestFromMinutes({ itemId: other.id, customerId: field })
    const after = await api().advisoryMeeting({ meetingId })
    expect(after.items.map(({ customer }) => customer?.name)).toEqual(['Harbour Tea', 'Field House'])
    await expect(api().removeMinutesItem({ itemId: item.id, version: after.items[0]!.version })).rejects.toMatchObject({
      reason: 'suggested-already',
    })
  })

  test('is seen by whoever sees somebody who comes, or was there, and takes no address that runs', async () => {
    const { id: meetingId, version } = await meeting(null, 'Quiet talk')
    await api().addAttendee({ meetingId, customerId: harbour, person: null })
    const clerk: Actor = { ...everybody, id: 'clerk', reach: () => ['clerk'] }
    await expect(api(clerk).advisoryMeeting({ meetingId })).rejects.toMatchObject({ status: 404 })
    expect((await api(clerk).advisoryMeetings({})).items).toEqual([])
    await expect(api().changeAdvisoryMeeting({ meetingId, version, link: 'javascript:alert(1)' })).rejects.toThrow('Invalid URL')
    await api().changeAdvisoryMeeting({ meetingId, version, staffIds: [ada.id] })
    const ownAda: Actor = { ...ada, reach: () => [ada.id] }
    expect(await api(ownAda).advisoryMeeting({ meetingId })).toMatchObject({ attendees: [], hidden: 1, title: 'Quiet talk' })
  })

  test('stands in a full page before whoever sees only some, with no hint of the others', async () => {
    const bob = await colleague(app, 'Bob')
    const only: Actor = { ...bob, reach: () => [bob.id] }
    const at = (hour: number) => new Date(Date.UTC(2026, 8, 1, hour))
    const made = (by: Actor, title: string, startsAt: Date) => api(by).makeAdvisoryMeeting({ ...terms, groupId: null, title, startsAt })
    for (const [title, hour] of [
      ['First of Bob', 1],
      ['Second of Bob', 2],
    ] as const)
      await made(bob, title, at(hour))
    for (const hour of [3, 4, 5]) await made(ada, `Of Ada ${hour}`, at(hour))
    const first = await api(only).advisoryMeetings({ limit: 1 })
    expect(first.items.map(({ title }) => title)).toEqual(['Second of Bob'])
    const second = await api(only).advisoryMeetings({ limit: 1, cursor: first.next! })
    expect([second.items.map(({ title }) => title), second.next]).toEqual([['First of Bob'], null])
  })

  test('forgets who is erased, and follows who is merged', async () => {
    const twin = (await app.as(customersApi).create({ values: { name: 'Harbour Teas' } })).id
    const gone = (await app.as(customersApi).create({ values: { name: 'Gone Brook' } })).id
    const { id: groupId } = await group('Others')
    const { id: meetingId } = await meeting(groupId)
    for (const customerId of [twin, gone]) {
      await api().addAdvisoryMember({ groupId, customerId, person: 'Pat Person', since: '2026-01-01', until: null })
      await api().addAttendee({ meetingId, customerId, person: null })
    }
    const said = await api().addMinutesItem({ meetingId, text: 'Twin says', customerId: twin })
    await api().suggestFromMinutes({ itemId: said.id })
    app.now = new Date(app.now.getTime() + 1000)
    await api().addMinutesItem({ meetingId, text: 'Gone Brook wants more', customerId: gone })
    const versionOf = async (id: string) => (await app.as(customersApi).one({ id })).version
    await app.as(customersApi).merge({ id: harbour, version: await versionOf(harbour), otherId: twin, otherVersion: await versionOf(twin) })
    await app.transaction((context) => erasePerson(context, { customerId: gone, formerIds: [], requestedBy: 'a', confirmedBy: 'b' }))
    const after = await api().advisoryMeeting({ meetingId })
    expect(after.attendees.map(({ customer }) => customer.id)).toEqual([harbour])
    expect(after.items.map(({ customer, text, suggestion }) => [customer?.id ?? null, text.includes('Gone'), suggestion !== null])).toEqual(
      [
        [harbour, false, true],
        [null, false, false],
      ],
    )
    expect((await api().advisoryGroup({ groupId })).members.map(({ customer }) => customer.id)).toEqual([harbour])
  })
})
