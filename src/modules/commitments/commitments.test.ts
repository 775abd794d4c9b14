import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import {
  createUser,
  grantsOf,
  organizationProfile,
  passwordReplaced,
  secondFactorReset,
  sessionsEnded,
  userDisabled,
  writeSetting,
} from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import type { Fact } from '#platform/fact.ts'
import { identityUnlinked, passwordChanged } from '#platform/sign-in/facts.ts'
import { type App, everybody, holder, startApp } from '#test/app.ts'
import { handOverCommitments } from './actions/others.ts'
import { commitmentsApi } from './api.ts'
import { newChecklist } from './domain/visit.ts'
import { jobs } from './jobs.ts'
import { addCommitment, settleOrigin } from './public.ts'

let app: App
let customerId: string
let ada: Actor
let ben: Actor
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z') })
  const [first, second] = await app.transaction(async (context) => {
    await writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0)
    const person = async (name: string) =>
      (await createUser(context, { name, email: `${name}@example.com`.toLowerCase(), roles: ['account-manager'] })).user.id
    return [await person('Ada'), await person('Ben')]
  })
  const permissions = ['commitments.read', 'commitments.write', 'customers.read', 'customers.write']
  const actor = (id: string, name: string): Actor => ({
    kind: 'person',
    id,
    name,
    roles: [],
    can: (p) => permissions.includes(p),
    reach: () => 'all',
  })
  ada = actor(first!, 'Ada')
  ben = actor(second!, 'Ben')
  customerId = (await as(ada, customersApi).create({ values: { name: 'Harbour Tea', phone: '+86 21 5555 0101' } })).id
})
afterAll(() => app.close())

const as = <A extends Parameters<App['as']>[0]>(actor: Actor, api: A) => app.as(api, actor)
const adas = () => as(ada, commitmentsApi)
const bens = () => as(ben, commitmentsApi)
const at = (text: string) => new Date(`${text}:00+08:00`)

describe('what is owed', () => {
  test('a task is due at the end of its day in the organization’s time zone, and late from then on', async () => {
    const task = await adas().create({ kind: 'task', title: 'Send the price list', dueDay: '2026-03-10', customerId })
    expect(task).toMatchObject({ ownerId: ada.id, requestedBy: ada.id, overdue: false, version: 1, customer: { name: 'Harbour Tea' } })
    expect(task.dueAt?.toISOString()).toBe('2026-03-10T16:00:00.000Z')
    expect((await adas().myDay({})).owed.map(({ id, overdue }) => [id, overdue])).toEqual([[task.id, false]])
    app.now = new Date('2026-03-10T16:00:01Z')
    expect((await adas().myDay({})).owed.map(({ id, overdue }) => [id, overdue])).toEqual([[task.id, true]])
    app.now = new Date('2026-03-10T02:00:00Z')

    const later = await adas().postpone({ id: task.id, version: 1, day: '2026-03-12', note: 'They are away' })
    expect([later.dueDay, later.dueAt?.toISOString(), later.version]).toEqual(['2026-03-12', '2026-03-12T16:00:00.000Z', 2])
    expect((await adas().myDay({})).owed).toEqual([])
    await expect(adas().complete({ id: task.id, version: 1 })).rejects.toMatchObject({ status: 409, reason: 'changed-meanwhile' })
    const { commitment } = await adas().complete({ id: task.id, version: 2, outcome: 'Sent' })
    expect(commitment).toMatchObject({ state: 'done', outcome: 'Sent', closedBy: ada.id, interactionId: null })
    await expect(adas().cancel({ id: task.id, version: 3 })).rejects.toMatchObject({ status: 409, reason: 'already-done' })
    const open = await adas().reopen({ id: task.id, version: 3 })
    await adas().cancel({ id: task.id, version: open.version, reason: 'No longer wanted' })
    const { events } = await adas().one({ id: task.id })
    expect(events.map(({ what }) => what)).toEqual(['created', 'postponed', 'completed', 'reopened', 'cancelled'])
    expect(events[1]).toMatchObject({ changes: { dueDay: ['2026-03-10', '2026-03-12'] }, note: 'They are away', by: ada.id })
    expect((await adas().ofCustomer({ customerId, closed: true })).items.map(({ id }) => id)).toContain(task.id)
  })

  test('a promise that another owes me stands in my day, and in theirs', async () => {
    await expect(adas().create({ kind: 'promise', title: 'Call back' })).rejects.toMatchObject({ status: 422, reason: 'day-needed' })
    const promise = await adas().create({ kind: 'promise', title: 'Deliver samples', dueDay: '2026-03-10', ownerId: ben.id, customerId })
    expect((await adas().myDay({})).owedToMe.map(({ id }) => id)).toEqual([promise.id])
    expect((await adas().myDay({})).owed).toEqual([])
    expect((await bens().myDay({})).owed.map(({ id }) => id)).toEqual([promise.id])
    await expect(adas().create({ kind: 'task', title: 'x', ownerId: '0198c0de-0000-7000-8000-000000000000' })).rejects.toMatchObject({
      status: 422,
      reason: 'nobody-here',
    })
    const handed = await bens().handOver({ id: promise.id, version: 1, ownerId: ada.id, note: 'I am away' })
    expect(handed).toMatchObject({ ownerId: ada.id, requestedBy: ada.id })
    await adas().complete({ id: promise.id, version: 2 })
  })

  test('others’ commitments are changed only by who manages them', async () => {
    const own = await adas().create({ kind: 'task', title: 'Mine alone' })
    for (const attempt of [
      () => bens().complete({ id: own.id, version: 1 }),
      () => bens().change({ id: own.id, version: 1, title: 'Yours' }),
      () => bens().handOver({ id: own.id, version: 1, ownerId: ben.id }),
    ])
      await expect(attempt()).rejects.toMatchObject({ status: 403, reason: 'not-yours' })
    expect(await bens().one({ id: own.id })).toMatchObject({ mayChange: false })
    expect((await app.as(commitmentsApi, everybody).complete({ id: own.id, version: 1 })).commitment.state).toBe('done')
  })

  test('a task may be about nobody, and about nobody who is not there', async () => {
    const task = await adas().create({ kind: 'task', title: 'Order paper' })
    expect(task.customer).toBeNull()
    expect((await adas().myDay({})).someDay.map(({ id }) => id)).toEqual([task.id])
    await adas().cancel({ id: task.id, version: 1 })
    const stranger = '0198c0de-0000-7000-8000-000000000000'
    await expect(adas().create({ kind: 'task', title: 'x', customerId: stranger })).rejects.toMatchObject({ reason: 'no-such-customer' })
  })

  test('a recurring review comes back on its next day, not on one that has passed', async () => {
    const review = await adas().create({
      kind: 'review',
      title: 'Look through the account',
      customerId,
      dueDay: '2026-01-31',
      repeat: { unit: 'month', every: 1 },
    })
    const { next } = await adas().complete({ id: review.id, version: 1, outcome: 'All well' })
    expect(next).toMatchObject({ dueDay: '2026-03-31', state: 'open', version: 1, repeat: { from: '2026-01-31' } })
    const reopened = await adas().reopen({ id: review.id, version: 2 })
    expect((await adas().complete({ id: review.id, version: reopened.version })).next?.id).toBe(next!.id)
    expect((await adas().list({ kind: ['review'] })).items.map(({ id }) => id)).toEqual([next!.id])
    // On another day, too, it is the one that came back already.
    const again = await adas().reopen({ id: review.id, version: reopened.version + 1 })
    app.now = new Date('2026-04-20T02:00:00Z')
    expect((await adas().complete({ id: review.id, version: again.version })).next?.id).toBe(next!.id)
    app.now = new Date('2026-03-10T02:00:00Z')
    expect((await adas().list({ kind: ['review'] })).items.map(({ id }) => id)).toEqual([next!.id])
    await adas().cancel({ id: next!.id, version: 1 })
  })

  test('a list goes on behind its cursor, what has no date last', async () => {
    const days = ['2026-04-03', '2026-04-01', null, '2026-04-02']
    const made = await Promise.all(days.map((dueDay) => bens().create({ kind: 'task', title: `Due ${dueDay}`, dueDay })))
    const first = await bens().list({ limit: 2 })
    const second = await bens().list({ limit: 2, cursor: first.next! })
    expect([...first.items, ...second.items].map(({ dueDay }) => dueDay)).toEqual(['2026-04-01', '2026-04-02', '2026-04-03', null])
    expect(second.next).toBeNull()
    for (const { id } of made) await bens().cancel({ id, version: 1 })
  })
})

describe('visits and appointments', () => {
  const time = { startsAt: at('2026-03-12T09:00'), endsAt: at('2026-03-12T10:30') }

  test('a visit without a purpose cannot be scheduled; its findings come into the archive', async () => {
    await expect(adas().create({ kind: 'visit', title: 'Visit', customerId, ...time })).rejects.toMatchObject({
      status: 422,
      reason: 'visit-needs-purpose',
      fields: [{ field: 'purpose', reason: 'visit-needs-purpose' }],
    })
    const visit = await adas().create({
      kind: 'visit',
      title: 'Visit at the harbour',
      customerId,
      purpose: 'Hear about the second shop',
      plan: 'Tasting, then the numbers',
      ours: [ben.id],
      theirs: ['Ms Lin'],
      ...time,
    })
    expect(visit.steps).toHaveLength(newChecklist().length)
    expect((await bens().myDay({})).next.map(({ id }) => id)).toEqual([visit.id])
    const steps = visit.steps.map((step) => (step.key === 'needs' ? { ...step, done: true, note: 'Needs smaller tins' } : step))
    const noted = await adas().change({ id: visit.id, version: 1, steps })
    await expect(adas().complete({ id: visit.id, version: 2 })).rejects.toMatchObject({ reason: 'findings-needed' })
    app.now = at('2026-03-12T12:00')
    const { commitment } = await adas().complete({ id: visit.id, version: noted.version, outcome: 'Opens in May' })
    const { items } = await as(ada, customersApi).interactions({ id: customerId })
    expect(items[0]).toMatchObject({
      id: commitment.interactionId,
      channel: 'visit',
      direction: 'out',
      minutes: 90,
      occurredAt: time.startsAt,
      summary: 'Hear about the second shop\nOpens in May\nNeeds and wishes: Needs smaller tins',
      needs: [{ text: 'Needs smaller tins' }],
      recordedBy: ada.id,
      version: 1,
    })
    // Opened by mistake and done again: the archive keeps one contact, as it was.
    const reopened = await adas().reopen({ id: visit.id, version: commitment.version })
    const again = await adas().complete({ id: visit.id, version: reopened.version, outcome: 'Opens in May' })
    expect((await as(ada, customersApi).interactions({ id: customerId })).items).toEqual(items)

    // Done again with other findings, it says them, with whom it concerns and what belongs to it.
    const archives = as(ada, customersApi)
    const file = await archives.addAttachment({ id: customerId, fileName: 'plan.txt', fileId: crypto.randomUUID() }, { file: 'plan' })
    const once = await adas().reopen({ id: visit.id, version: again.commitment.version })
    const found = { needs: ['Smaller tins', 'Evening delivery'], competitors: ['Leaf & Co'], mentions: [ben.id], fileIds: [file.fileId] }
    const last = await adas().complete({ id: visit.id, version: once.version, outcome: 'Opens in June', stage: 'after', ...found })
    const [corrected, ...others] = (await archives.interactions({ id: customerId })).items
    expect(others).toHaveLength(items.length - 1)
    expect(corrected).toMatchObject({
      id: commitment.interactionId,
      summary: 'Hear about the second shop\nOpens in June\nNeeds and wishes: Needs smaller tins',
      stage: 'after',
      minutes: 90,
      version: 2,
      mentions: [ben.id],
      attachments: [{ name: 'plan.txt' }],
    })
    expect(corrected!.needs.map(({ text }) => text)).toEqual(['Evening delivery', 'Smaller tins'])
    const competitors = async () => (await archives.one({ id: customerId })).usedCompetitors.map(({ name }) => name)
    expect(await competitors()).toEqual(['Leaf & Co'])

    // What was withdrawn meanwhile is no more: the visit notes a contact anew, and whom else they buy from stands there once.
    await archives.withdrawInteraction({ id: customerId, interactionId: commitment.interactionId!, version: 2 })
    const open = await adas().reopen({ id: visit.id, version: last.commitment.version })
    const anew = await adas().complete({ id: visit.id, version: open.version, outcome: 'Opens in July', competitors: ['leaf & co'] })
    expect(anew.commitment.interactionId).not.toBe(commitment.interactionId)
    expect((await archives.interactions({ id: customerId })).items[0]).toMatchObject({ id: anew.commitment.interactionId })
    expect(await competitors()).toEqual(['Leaf & Co'])
  })

  test('a time that is taken is refused, unless it is meant; of two at once one gets it', async () => {
    const slot = { startsAt: at('2026-03-20T14:00'), endsAt: at('2026-03-20T15:00') }
    const booked = await Promise.allSettled(
      [1, 2, 3].map((n) => adas().create({ kind: 'appointment', title: `Tasting ${n}`, customerId, ...slot })),
    )
    expect(booked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = booked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toEqual([
      expect.objectContaining({ status: 409, reason: 'time-taken' }),
      expect.objectContaining({ reason: 'time-taken' }),
    ])
    // Next to it is free, and so is the same time of somebody else.
    await adas().create({ kind: 'appointment', title: 'Right after', startsAt: slot.endsAt, endsAt: at('2026-03-20T15:30') })
    await bens().create({ kind: 'appointment', title: 'Elsewhere', ...slot })
    await adas().create({ kind: 'appointment', title: 'Both at once', ...slot, evenSo: true })
  })

  test('postponing keeps the time of the day', async () => {
    const made = await bens().create({
      kind: 'appointment',
      title: 'Moves',
      startsAt: at('2026-03-16T08:15'),
      endsAt: at('2026-03-16T09:00'),
    })
    const moved = await bens().postpone({ id: made.id, version: 1, day: '2026-03-18' })
    expect([moved.startsAt, moved.endsAt, moved.dueDay]).toEqual([at('2026-03-18T08:15'), at('2026-03-18T09:00'), '2026-03-18'])
    const { items } = await bens().calendar({ from: '2026-03-18', to: '2026-03-18' })
    expect(items.map(({ title }) => title)).toEqual(['Moves'])
    await expect(bens().calendar({ from: '2026-03-01', to: '2026-09-01' })).rejects.toMatchObject({ reason: 'too-many-days' })
  })

  test('the calendar file and the private address hold them; a closed address leads nowhere', async () => {
    app.now = at('2026-03-12T12:00')
    const appointment = (await adas().calendar({ from: '2026-03-20', to: '2026-03-20' })).items.find(({ title }) =>
      title.startsWith('Tasting'),
    )!
    const file = (await adas().file({ id: appointment.id })) as { text: string; headers: Headers }
    expect(file.headers.get('content-type')).toContain('text/calendar')
    expect(file.text).toContain('DTSTART:20260320T060000Z\r\nDTEND:20260320T070000Z')
    expect(file.text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${appointment.title} · Harbour Tea`)

    const visit = (await adas().calendar({ from: '2026-03-12', to: '2026-03-12' })).items.find(({ kind }) => kind === 'visit')!
    const visited = ((await adas().file({ id: visit.id })) as { text: string }).text.replaceAll('\r\n ', '')
    expect(visited).toContain('\r\nORGANIZER;CN="Ada":mailto:ada@example.com\r\n')
    expect(visited).toMatch(/\r\nATTENDEE;[^\r]*;CN="Ben":mailto:ben@example\.com\r\n/)
    expect(visited).not.toContain('METHOD:')

    const made = await adas().makeFeed({})
    const read = (path: string) => app.request(path, {}, null)
    const calendar = await (await read(made.path)).text()
    expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(4)
    expect(calendar).not.toContain('Elsewhere')
    const stored = await app.db.selectFrom('commitments.feed').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(made.path.split('/').at(-1)!.slice(0, 43))
    const again = await adas().makeFeed({})
    expect([(await read(made.path)).status, (await read(again.path)).status]).toEqual([404, 200])
    await adas().revokeFeed({})
    expect((await read(again.path)).status).toBe(404)
    expect(await adas().feed({})).toEqual({ madeAt: null })
  })

  test('the private address ends with the password, is closed by an administrator, and opens nothing to who lacks the second factor they need', async () => {
    const read = async ({ path }: { path: string }) => (await app.request(path, {}, null)).status
    const key = app.as(commitmentsApi, { ...ada, through: { kind: 'key', id: 'k' } })
    await expect(key.makeFeed({})).rejects.toMatchObject({ reason: 'not-by-key' })
    for (const on of [passwordChanged, passwordReplaced, secondFactorReset, sessionsEnded, identityUnlinked, userDisabled]) {
      const feed = await adas().makeFeed({})
      const [ending] = jobs.filter((job) => job.on === (on as unknown))
      const run = (userId: string) => app.transaction((context) => ending!.run(context, { userId } as never))
      await app.transaction(async ({ publish }) => {
        for (const userId of [ada.id, ben.id]) await publish(on as Fact, { userId, count: 1, issuer: 'https://id.example.com' })
      })
      await run(ben.id)
      expect(await read(feed)).toBe(200)
      await run(ada.id)
      expect(await read(feed)).toBe(404)
      // What was made after it happened stays, however late the job comes.
      app.now = new Date(app.now.getTime() + 1000)
      const since = await adas().makeFeed({})
      app.now = new Date(app.now.getTime() + 1000)
      await run(ada.id)
      expect(await read(since)).toBe(200)
    }

    const feed = await adas().makeFeed({})
    const { version } = (await app.as(organizationApi).settings({})).settings.find((one) => one.key === 'organization.second-factor')!
    const require = (roles: string[], at: number) =>
      app.as(organizationApi).changeSetting({ key: 'organization.second-factor', value: { roles }, version: at })
    const [role] = (await grantsOf(app.db, ada.id)).roles
    await require([role!], version)
    expect(await read(feed)).toBe(404)
    await require([], version + 1)
    expect(await read(feed)).toBe(200)

    expect(await app.as(commitmentsApi).feedOfUser({ userId: ada.id })).toMatchObject({ madeAt: expect.any(Date) })
    const lesser = app.as(commitmentsApi, holder('commitments.manage'))
    await expect(lesser.revokeFeedOfUser({ userId: ada.id })).rejects.toMatchObject({ reason: 'beyond-own-rights' })
    await app.as(commitmentsApi).revokeFeedOfUser({ userId: ada.id })
    expect(await read(feed)).toBe(404)
  })
})

test('the timeline tells what was promised and kept, and a completed contact once', async () => {
  const promise = await adas().create({ kind: 'promise', title: 'New samples', dueDay: '2026-03-13', customerId })
  app.now = at('2026-03-12T13:00')
  await adas().complete({ id: promise.id, version: 1, outcome: 'By courier' })
  const { items } = await as(ada, customersApi).timeline({ id: customerId, limit: 100 })
  const told = items.filter(({ values }) => values.title === 'New samples').map(({ kind, values }) => [kind, values.summary ?? null])
  expect(told).toEqual([
    ['commitments.kept', 'By courier'],
    ['commitments.promised', null],
  ])
  // By whom, and of this kind alone, it is found, too.
  const narrowed = async (more: object) =>
    (await as(ada, customersApi).timeline({ id: customerId, limit: 100, ...more })).items.map(({ values }) => values.title)
  expect(await narrowed({ of: 'commitments.promised', by: ada.id })).toContain('New samples')
  expect(await narrowed({ of: 'commitments.kept' })).toEqual(['New samples', 'Deliver samples'])
  expect(await narrowed({ of: 'commitments.promised', by: 'stranger' })).toEqual([])
  expect(items.filter(({ kind, values }) => kind === 'commitments.done' && String(values.title).startsWith('Visit'))).toEqual([])
  // Page by page it is the same.
  const paged: string[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const one = await as(ada, customersApi).timeline({ id: customerId, limit: 2, ...(cursor ? { cursor } : {}) })
    paged.push(...one.items.map(({ id }) => id))
    cursor = one.next ?? undefined
    more = one.next !== null
  }
  expect(paged).toEqual(items.map(({ id }) => id))
})

describe('what other modules use', () => {
  test('their commitments are made once, and settled by their reason', async () => {
    const origin = { module: 'cases', id: 'case 1' }
    const id = '0198c0de-0000-7000-8000-00000000c0de'
    const make = () =>
      app.transaction((context) =>
        addCommitment(context, {
          kind: 'task',
          title: 'Call about the case',
          customerId,
          ownerId: ben.id,
          id,
          origin,
          dueDay: '2026-03-15',
        }),
      )
    await make()
    await make()
    expect((await bens().list({})).items.filter((one) => one.id === id)).toHaveLength(1)
    await app.transaction((context) => settleOrigin(context, customerId, origin, 'done', 'The case is closed'))
    expect(await bens().one({ id })).toMatchObject({ state: 'done', outcome: 'The case is closed', origin })
  })

  test('whoever leaves hands over everything that is open', async () => {
    for (let n = 0; n < 3; n++) await bens().create({ kind: 'task', title: `Left behind ${n}` })
    const before = await bens().list({})
    const handed = await app.transaction((context) => handOverCommitments(context, ben.id, [ada.id], crypto.randomUUID()))
    expect([...handed]).toEqual([[ada.id, before.items.length]])
    expect(before.items.length).toBeGreaterThanOrEqual(3)
    expect((await bens().list({})).items).toEqual([])
    expect((await adas().one({ id: before.items[0]!.id })).events.at(-1)).toMatchObject({
      what: 'handed-over',
      changes: { ownerId: [ben.id, ada.id] },
    })
  })
})
