import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { tiers, writeBook, writeOwners } from '#modules/customers/public.ts'
import type { Actor } from '#platform/context.ts'
import { timeOrderedId } from '#platform/identifier.ts'
import { type App, startApp } from '#test/app.ts'
import { hire } from '#test/colleague.ts'
import { commitmentsApi } from './api.ts'
import { emptyPoints } from './domain/worksheet.ts'

let app: App
const owner = '0198c0de-0000-7000-8000-0000000000aa'
const manager: Actor = { kind: 'person', id: owner, name: 'Ada', roles: [], can: () => true, reach: () => 'all' }
const start = new Date('2026-03-10T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ now: start })
})
afterAll(() => app.close())

const api = () => app.as(commitmentsApi, manager)
const archives = () => app.as(customersApi, manager)
const day = (text: string) => new Date(`${text}T09:00:00Z`)

async function account(name: string, tier: 'platinum' | 'gold' | 'iron'): Promise<string> {
  const { id } = await archives().create({ values: { name, ownerId: owner, email: 'tea@example.com' } })
  await app.transaction(({ db }) => writeBook(db, { ids: [id], tier: [tiers.indexOf(tier)] }))
  return id
}
const touch = (id: string, on: string, channel: 'call' | 'visit' | 'email') =>
  archives().logInteraction({ id, channel, direction: 'out', stage: 'before', summary: 'Spoke', occurredAt: day(on) })

describe('cadence', () => {
  test('the fifth contact in a month over a maximum of four is said while it is planned', async () => {
    const id = await account('Too much', 'platinum')
    for (const on of ['2026-02-20', '2026-02-25', '2026-03-01', '2026-03-05']) await touch(id, on, on < '2026-03-01' ? 'visit' : 'call')
    expect(await api().cadence({ customerId: id })).toMatchObject({ state: 'fine', held: 4, most: 4, own: false })
    const fifth = await api().cadence({ customerId: id, day: '2026-03-11', channel: 'call' })
    expect(fifth).toMatchObject({ state: 'over-served', most: 5, sameForm: 'call', cadence: { maximum: 4, days: 30 } })
    // No phone is known, so no message; the form that was never used comes first.
    expect([fifth.another, fifth.reachable]).toEqual(['email', ['visit', 'email', 'event']])
    await api().setCadence({ customerId: id, before: null, cadence: { minimum: 1, maximum: 8, days: 30 } })
    expect(await api().cadence({ customerId: id, day: '2026-03-11', channel: 'email' })).toMatchObject({ state: 'fine', own: true })
    const before = { minimum: 1, maximum: 8, days: 30 }
    const meanwhile = { status: 409, reason: 'changed-meanwhile' }
    await expect(api().setCadence({ customerId: id, before: null, cadence: { ...before, days: 60 } })).rejects.toMatchObject(meanwhile)
    await expect(api().removeCadence({ customerId: id, before: { ...before, days: 60 } })).rejects.toMatchObject(meanwhile)
    await api().removeCadence({ customerId: id, before })
    expect(await api().cadence({ customerId: id })).toMatchObject({ own: false, cadence: { maximum: 4 } })
  })

  test('accounts to contact next: whom nobody planned to contact, the longest due first', async () => {
    const never = await account('Never', 'gold')
    const lately = await account('Lately', 'gold')
    const long = await account('Long ago', 'platinum')
    const planned = await account('Planned', 'gold')
    const iron = await account('Iron', 'iron')
    await touch(lately, '2026-03-09', 'call')
    for (const on of ['2026-01-05', '2026-01-20']) await touch(long, on, 'email')
    await api().create({ kind: 'task', title: 'Call', channel: 'call', customerId: planned, dueDay: '2026-03-10' })
    const { due, tooMuch } = await api().contactNext({})
    expect(due.map(({ customer, dueBy }) => [customer.name, dueBy])).toEqual([
      ['Long ago', '2026-02-04'],
      ['Never', '2026-03-10'],
    ])
    expect(due[0]).toMatchObject({ last: { day: '2026-01-20', channel: 'email' }, propose: 'visit', state: 'under-served' })
    expect(tooMuch).toEqual([])
    for (const on of ['2026-03-01', '2026-03-02', '2026-03-03']) await touch(iron, on, 'call')
    expect((await api().contactNext({})).tooMuch.map(({ customer, most }) => [customer.name, most])).toEqual([['Iron', 3]])
    expect(due.map(({ customer }) => customer.id)).not.toContain(lately)
    expect(never).not.toBe(long)
  })
})

describe('who wants to be contacted, and how (H-17)', () => {
  test('nothing is proposed that was refused, what they like comes first, and whoever wants to hear nothing is left out', async () => {
    const mine = '0198c0de-0000-7000-8000-0000000000bb'
    await hire(app, mine)
    const theirs = async (name: string, values: object = {}) => {
      const { id } = await archives().create({
        values: { name, ownerId: mine, email: 'tea@example.com', phone: '138 0013 8000', ...values },
      })
      await app.transaction(({ db }) => writeBook(db, { ids: [id], tier: [tiers.indexOf('gold')] }))
      return id
    }
    const refuses = (id: string, channel: 'phone' | 'email' | 'all') =>
      archives().noteConsent({ id, purpose: 'all', channel, given: false, origin: 'talk' })
    const noCalls = await theirs('No calls')
    await refuses(noCalls, 'phone')
    await theirs('Likes mail', { preferredChannel: 'email' })
    const chats = await theirs('Chats', { email: null, phone: null })
    await archives().addContactPoint({ id: chats, kind: 'messenger', value: 'chats', preferred: true })
    await refuses(await theirs('Nothing'), 'all')
    const { due, refused } = await api().contactNext({ owner: mine })
    expect(due.map(({ customer, propose }) => [customer.name, propose]).toSorted()).toEqual([
      ['Chats', 'chat'],
      ['Likes mail', 'email'],
      ['No calls', 'visit'],
    ])
    expect(refused).toBe(1)
    expect((await api().cadence({ customerId: noCalls })).reachable).toEqual(['visit', 'email', 'message', 'event'])
  })
})

describe('the worksheet', () => {
  test('nine points, one measure, and nobody overwrites anybody', async () => {
    const id = await account('Potential', 'gold')
    expect(await api().worksheet({ customerId: id })).toMatchObject({ done: 0, version: 0, changeShare: null })
    const points = emptyPoints().map((point, i) => ({ ...point, done: i < 4, note: i === 0 ? 'Buys only black tea' : null }))
    await api().saveWorksheet({ customerId: id, version: 0, points, metric: 'Cups a day', before: 80, after: 100 })
    expect(await api().worksheet({ customerId: id })).toMatchObject({ done: 4, version: 1, changeShare: 0.25, changedBy: owner })
    await expect(
      api().saveWorksheet({ customerId: id, version: 0, points, metric: null, before: null, after: null }),
    ).rejects.toMatchObject({ status: 409, reason: 'changed-meanwhile' })
    await api().saveWorksheet({
      customerId: id,
      version: 1,
      points: points.map((point) => ({ ...point, done: true })),
      metric: null,
      before: null,
      after: null,
    })
    expect(await api().worksheet({ customerId: id })).toMatchObject({ done: 9, version: 2 })
    const twice = points.map((point) => ({ ...point, point: points[0]!.point }))
    await expect(
      api().saveWorksheet({ customerId: id, version: 2, points: twice, metric: null, before: null, after: null }),
    ).rejects.toMatchObject({ status: 422, reason: 'points-incomplete' })
  })
})

describe('archive reviews', () => {
  test('what nobody touched for more than a month is overdue, until it is changed or reviewed', async () => {
    const reviewed = await account('Reviewed', 'gold')
    const changed = await account('Changed', 'gold')
    app.now = new Date(start.getTime() + 32 * 86_400_000)
    const names = async () => {
      const found: string[] = []
      for (let cursor: string | undefined, more = true; more; ) {
        const page = await api().archiveReviews({ limit: 2, ...(cursor ? { cursor } : {}) })
        found.push(...page.items.map(({ name }) => name))
        cursor = page.next ?? undefined
        more = page.next !== null
      }
      return found
    }
    const before = await names()
    expect(before).toEqual(expect.arrayContaining(['Reviewed', 'Changed', 'Never']))
    expect(new Set(before).size).toBe(before.length)
    const waiting = await api().create({ kind: 'review', title: 'archive-review', customerId: reviewed, dueDay: '2026-04-30' })
    const done = await api().reviewArchive({ customerId: reviewed, note: 'Phone is still right' })
    expect(done).toMatchObject({ id: waiting.id, state: 'done', outcome: 'Phone is still right' })
    await archives().change({ id: changed, version: 1, values: { city: 'Kyoto' } })
    const after = await names()
    expect(before.filter((name) => !after.includes(name))).toEqual(expect.arrayContaining(['Reviewed', 'Changed']))
    expect(before.length - after.length).toBe(2)
    app.now = start
  })
})

test('what belongs to an archive keeps it tended, what is given to many does not; archives of nobody are listed, too (B-03, L-05)', async () => {
  const ids: Record<string, string> = {}
  for (const name of ['Consented', 'Related', 'Handed over', 'Left alone'])
    ids[name] = (await archives().create({ values: { name, ownerId: null } })).id
  app.now = new Date(start.getTime() + 40 * 86_400_000)
  const nobodys = async () => (await api().archiveReviews({ owner: 'nobody', limit: 100 })).items.map(({ name }) => name)
  expect(await nobodys()).toEqual(expect.arrayContaining(Object.keys(ids)))
  expect(await api().archiveState({ customerId: ids.Consented! })).toEqual({ touchedAt: start, stale: true, afterDays: 31 })
  await archives().noteConsent({ id: ids.Consented!, purpose: 'marketing', channel: 'email', given: true, origin: 'talk' })
  await archives().relate({ id: ids.Related!, otherId: ids['Left alone']!, kind: 'family', side: 'first' })
  expect(await api().archiveState({ customerId: ids.Consented! })).toMatchObject({ touchedAt: app.now, stale: false })
  await app.transaction(({ db, now, newId }) => writeOwners(db, [ids['Handed over']!], owner, { by: 'test', now, newId }))
  expect(await nobodys()).not.toEqual(expect.arrayContaining(['Consented']))
  expect(await nobodys()).not.toEqual(expect.arrayContaining(['Related']))
  expect(await nobodys()).toEqual(expect.arrayContaining(['Left alone']))
  expect((await api().archiveReviews({ limit: 100 })).items.map(({ name }) => name)).toContain('Handed over')
  // Page by page nobody is left out or stands twice.
  const paged: string[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await api().archiveReviews({ owner: 'nobody', limit: 1, ...(cursor ? { cursor } : {}) })
    paged.push(...page.items.map(({ name }) => name))
    cursor = page.next ?? undefined
    more = page.next !== null
  }
  expect(paged.toSorted()).toEqual((await nobodys()).toSorted())
  app.now = start
})

describe('signals', () => {
  test('captured, judged, reacted, each with its moment; unreacted ones are late after a week', async () => {
    const customerId = await account('Heard of', 'gold')
    const heard = await api().captureSignal({ text: 'A rival opens next door', source: 'Shop assistant', customerId })
    expect(heard).toMatchObject({ state: 'captured', late: false, customer: { name: 'Heard of' } })
    await expect(api().reactToSignal({ signalId: heard.id, note: 'x' })).rejects.toMatchObject({ status: 409, reason: 'signal-captured' })
    const rumour = await api().captureSignal({ text: 'They go bankrupt' })
    app.now = new Date(start.getTime() + 8 * 86_400_000)
    // Both were noted at the same moment, so either may come first.
    expect((await api().signals({ late: true })).items.map(({ text, late }) => [text, late]).toSorted()).toEqual([
      ['A rival opens next door', true],
      ['They go bankrupt', true],
    ])
    expect(await api().judgeSignal({ signalId: rumour.id, basedOn: null, isTrue: false, isImportant: true })).toMatchObject({
      state: 'dismissed',
    })
    const seen = await api().judgeSignal({ signalId: heard.id, basedOn: null, isTrue: true, isImportant: true, note: 'Heard it' })
    // A second judgement does not overwrite one that its author did not see.
    const again = { signalId: heard.id, isTrue: true, isImportant: true, note: 'Seen it' }
    await expect(api().judgeSignal({ ...again, basedOn: null })).rejects.toMatchObject({ status: 409, reason: 'changed-meanwhile' })
    await api().judgeSignal({ ...again, basedOn: seen.judgedAt })
    const reacted = await api().reactToSignal({ signalId: heard.id, note: 'Offer the loyalty card', task: { dueDay: '2026-03-25' } })
    expect(reacted).toMatchObject({ state: 'reacted', reaction: 'Offer the loyalty card', judgedBy: owner, reactedBy: owner })
    expect([reacted.judgedAt, reacted.reactedAt]).toEqual([app.now, app.now])
    expect(await api().one({ id: reacted.commitmentId! })).toMatchObject({
      title: 'Offer the loyalty card',
      note: 'A rival opens next door',
      customer: { id: customerId },
    })
    // On the customer's page it stands whatever became of it, the newest first; what was heard of others does not.
    const second = await api().captureSignal({ text: 'They hire', customerId })
    const ofCustomer = async (more: object) => {
      const { items, next } = await api().signalsOfCustomer({ customerId, ...more })
      return { texts: items.map(({ text, state }) => [text, state]), next }
    }
    const all = [
      ['They hire', 'captured'],
      ['A rival opens next door', 'reacted'],
    ]
    expect(await ofCustomer({})).toEqual({ texts: all, next: null })
    const first = await ofCustomer({ limit: 1 })
    expect([first.texts, (await ofCustomer({ limit: 1, cursor: first.next })).texts]).toEqual([all.slice(0, 1), all.slice(1)])
    await api().judgeSignal({ signalId: second.id, basedOn: null, isTrue: true, isImportant: false })
    expect((await api().signals({})).items).toEqual([])
    expect((await api().signals({ closed: true })).items.map(({ state }) => state).sort()).toEqual(['dismissed', 'dismissed', 'reacted'])
    app.now = start
  })
})

test('an owner by hand stands in the history, and who has that owner is not touched', async () => {
  const { id } = await archives().create({ values: { name: 'Orphan' } })
  const other = '0198c0de-0000-7000-8000-0000000000bb'
  const give = (to: string) =>
    app.transaction(({ db, now }) => writeOwners(db, [id], to, { by: 'operator', now, newId: () => timeOrderedId(now) }))
  await give(owner)
  await give(owner)
  await give(other)
  expect(await archives().one({ id })).toMatchObject({ version: 3, values: { ownerId: other } })
  const { items } = await archives().changes({ id })
  expect(
    items
      .filter(({ field }) => field === 'ownerId')
      .map(({ before, after }) => [before, after])
      .sort(),
  ).toEqual([
    [null, owner],
    [owner, other],
  ])
})
