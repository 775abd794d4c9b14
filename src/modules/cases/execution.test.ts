import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitmentsApi } from '#modules/commitments/api.ts'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Actor } from '#platform/context.ts'
import { everybody } from '#test/app.ts'
import { type Acted, type ComplaintHouse, on, startComplaintHouse } from '#test/complaint-house.ts'
import { freight } from '#test/complaints.ts'
import { start } from '#test/tea-company.ts'
import { watchClocks } from './jobs/clocks.ts'
import { followTask } from './jobs/responsibility.ts'
import { delays } from './store/approvals.ts'

let house: ComplaintHouse
beforeAll(async () => {
  house = await startComplaintHouse()
})
afterAll(() => house.app.close())

describe('the execution', () => {
  const told = async (at: Acted) => {
    const { ada, as } = house
    const said = await as(ada).tell({ ...on(at), text: 'It is on its way', channel: 'phone', escalationRoute: null })
    return as(ada).ask({ ...on(said), how: 'phone' })
  }
  const need = async (id: string) => (await house.as(house.ada).one({ caseId: id })).needs.find((one) => one.need === 'execution')?.met

  test('is complete only when nothing is left to do and it is said with proof', async () => {
    const { app, transport, ada, fay, as, approved, owedBy, ofCase } = house
    let at: Acted = await approved()
    const of = await ofCase(at.id)
    at = await as(ada).giveTask({ ...on(at), title: 'Send two jars', ownerId: fay.id, dueDay: '2026-03-12' })
    at = await as(ada).giveTask({ ...on(at), title: 'Book a credit note', ownerId: ada.id, dueDay: '2026-03-13' })
    const [jars, note] = (await as(ada).tasks({ caseId: at.id })).tasks
    expect(jars).toMatchObject({ title: 'Send two jars', ownerId: fay.id, state: 'open', late: false })
    at = await as(ada).execute({ ...on(at), note: 'Done', fileIds: [], accepted: null })
    expect(await need(at.id)).toBe(false)
    at = await as(ada).finishTask({ ...on(at), commitmentId: note!.commitmentId, note: 'Credit note 17' })
    await expect(as(ada).finishTask({ ...on(at), commitmentId: note!.commitmentId, note: 'Again' })).rejects.toMatchObject({
      reason: 'task-closed',
    })
    await expect(as(ada).finishTask({ ...on(at), commitmentId: transport, note: 'x' })).rejects.toMatchObject({ reason: 'no-such-task' })
    expect(await need(at.id)).toBe(false)
    // Fay does hers in her own day; the case hears of it.
    const { version } = await app.as(commitmentsApi, fay).one({ id: jars!.commitmentId })
    await app.as(commitmentsApi, fay).complete({ id: jars!.commitmentId, version, outcome: 'Parcel 4711' })
    await app.transaction((context) => followTask(context, at.id, jars!.commitmentId, 'done', 'Parcel 4711'))
    await app.transaction((context) => followTask(context, at.id, jars!.commitmentId, 'done', 'Parcel 4711'))
    expect(await need(at.id)).toBe(true)
    expect((await as(ada).tasks({ caseId: at.id })).tasks.map(({ proof }) => proof)).toEqual(['Parcel 4711', 'Credit note 17'])
    expect(await owedBy(at.id, 'task', of)).toHaveLength(2)
    const log = (await as(ada).log({ caseId: at.id })).events.filter(({ kind }) => kind === 'task-changed')
    expect(log).toHaveLength(2)
  })
  test('that is sent back takes what was to be done out of everybody’s day', async () => {
    const { ada, fay, as, approved, owedBy, ofCase } = house
    let at: Acted = await approved()
    const of = await ofCase(at.id)
    at = await as(ada).giveTask({ ...on(at), title: 'Send two jars', ownerId: fay.id, dueDay: '2026-03-12' })
    at = await as(ada).answerRemedy({ ...on(at), accepted: false, note: 'Wants the money' })
    expect((await as(ada).one({ caseId: at.id })).remedyAnswered).toMatchObject({ accepted: false, note: 'Wants the money' })
    at = await as(ada).sendBack({ ...on(at), to: 'remedy', reason: 'The customer refuses' })
    expect(await owedBy(at.id, 'task', of)).toMatchObject([{ state: 'cancelled' }])
    expect(await as(ada).one({ caseId: at.id })).toMatchObject({ step: 'remedy', remedyAnswered: null })
    expect((await as(ada).tasks({ caseId: at.id })).tasks).toEqual([])
    await expect(as(ada).answerRemedy({ ...on(at), accepted: true, note: null })).rejects.toMatchObject({ reason: 'nothing-to-answer' })
  })

  describe('penalties', () => {
    const pay = { performancePayMinor: 500_000, bonusMinor: 300_000, lateMinutes: 0 }
    test('follow the size of the loss, for the person and the head of the department, and are only proposed (G-10)', async () => {
      const { app, ada, ben, dan, fay, hana, as, approved, news, ofCase } = house
      let at: Acted = await approved(500_000, { userId: fay.id, delayedBy: dan.id })
      const people = [
        { userId: fay.id, role: 'direct' as const, ...pay },
        { userId: ben.id, role: 'head' as const, ...pay },
        { userId: dan.id, role: 'delay' as const, ...pay, lateMinutes: 600 },
      ]
      await expect(as(ada).proposePenalties({ ...on(at), people, reason: 'Careless' })).rejects.toMatchObject({ reason: 'loss-first' })
      at = await as(ada).considerLoss({ ...on(at), lossMinor: 500_000, recoveredMinor: 0, note: null })
      await expect(
        as(ada).proposePenalties({ ...on(at), people: [{ ...people[0]!, userId: ada.id }], reason: 'Careless' }),
      ).rejects.toMatchObject({ status: 422, reason: 'not-named' })
      const made = await as(ada).proposePenalties({ ...on(at), people, reason: 'Packed without care' })
      expect(made.entries.map(({ userId, role, amountMinor }) => [userId, role, amountMinor])).toEqual([
        [fay.id, 'direct', 30_000],
        [ben.id, 'head', 15_000],
        [dan.id, 'delay', 15_000],
      ])
      expect(made.totalMinor).toBe(60_000)
      // What somebody earns, only those see who decide.
      expect(made.entries[0]!.basis).toBeNull()
      const waiting = await as(hana).staffEntries({ state: 'proposed', userId: fay.id })
      expect(waiting.items).toMatchObject([
        { amountMinor: 30_000, basis: { lossMinor: 500_000, ofMinor: 300_000, rate: { basisPoints: 1_000 } } },
      ])
      expect(await as(dan).penaltiesOfCase({ caseId: at.id })).toMatchObject({ entries: [{ userId: dan.id }], hidden: 2 })
      // Whoever decides for one department sees what those of it earn, and nobody else.
      const above: Actor = { ...hana, can: () => true, reach: (permission) => (permission === 'cases.penalties' ? [ben.id] : 'all') }
      const seen = await as(above).penaltiesOfCase({ caseId: at.id })
      expect(seen).toMatchObject({ entries: [{ userId: ben.id, basis: { lossMinor: 500_000 } }], hidden: 2 })
      const { items: log } = await app.as(customersApi, everybody).changes({ id: await ofCase(at.id) })
      expect(JSON.stringify(log)).not.toContain('300000')
      const decide = (by: Actor, entry: { id: string; version: number }, approved = true) =>
        as(by).decideEntry({ entryId: entry.id, version: entry.version, approved, note: null })
      await expect(decide(ada, made.entries[0]!)).rejects.toMatchObject({ status: 403 })
      await expect(decide(hana, made.entries[0]!, false)).rejects.toMatchObject({ reason: 'required' })
      expect(await decide(hana, made.entries[0]!)).toMatchObject({ state: 'approved', decidedBy: hana.id })
      await expect(decide(hana, made.entries[0]!)).rejects.toMatchObject({ reason: 'decided-already' })
      const period = { from: start, until: new Date(start.getTime() + 1) }
      expect(await as(fay).ownScore(period)).toMatchObject({ penalties: 1, penaltyMinor: 30_000, points: 0 })
      expect(await as(ben).ownScore(period)).toMatchObject({ penalties: 0, waiting: 1 })
      expect(await news(fay, 'penalty-approved')).toHaveLength(1)
      const found = await as(ada).one({ caseId: at.id })
      expect(found.penalty?.penaltyIds).toEqual(made.entries.map(({ id }) => id))
      expect((await as(hana).delays({ from: start })).items.filter(({ kind }) => kind === 'named')).toMatchObject([
        { userId: dan.id, caseId: at.id },
      ])
      // Proposed again, what nobody has decided on gives way.
      const again = await as(ada).proposePenalties({ caseId: at.id, version: found.version, people: people.slice(1), reason: 'Once more' })
      const all = await as(hana).staffEntries({ userId: ben.id })
      expect(all.items.map(({ state }) => state).toSorted()).toEqual(['proposed', 'withdrawn'])
      expect(again.entries).toHaveLength(2)
      // Nobody answers twice for one thing, whether it is proposed or approved.
      const twice = { caseId: at.id, version: found.version + 1, reason: 'Twice' }
      await expect(as(ada).proposePenalties({ ...twice, people: people.slice(0, 1) })).rejects.toMatchObject({
        status: 409,
        reason: 'penalised-already',
      })
      await app.db.updateTable('cases.staff_entry').set({ state: 'approved' }).where('id', '=', made.entries[1]!.id).execute()
      await expect(decide(hana, again.entries.find(({ userId }) => userId === ben.id)!)).rejects.toMatchObject({
        reason: 'penalised-already',
      })
    })
    test('go with their ground: whoever was proposed is not decided on any more once it is said that there is none, or the case goes back or ends', async () => {
      const { ada, fay, hana, as, approved } = house
      const people = [{ userId: fay.id, role: 'direct' as const, ...pay }]
      const made = async () => {
        const at = await approved(500_000, { userId: fay.id })
        const lost = await as(ada).considerLoss({ ...on(at), lossMinor: 500_000, recoveredMinor: 0, note: null })
        const { case: after, entries } = await as(ada).proposePenalties({ ...on(lost), people, reason: 'Careless' })
        return { at: after, entry: entries[0]! }
      }
      const stateOf = async ({ id }: { readonly id: string }) =>
        (await as(hana).staffEntries({ userId: fay.id })).items.find((one) => one.id === id)?.state
      const [none, back, over] = [await made(), await made(), await made()]
      await as(ada).considerPenalty({ ...on(none.at), penaltyIds: [none.entry.id], note: null })
      expect(await stateOf(none.entry)).toBe('proposed')
      await as(ada).considerPenalty({ caseId: none.at.id, version: none.at.version + 1, penaltyIds: [], note: 'It was the box' })
      await as(ada).sendBack({ ...on(back.at), to: 'remedy', reason: 'Somebody else packed it' })
      await as(ada).withdraw({ ...on(over.at), reason: 'A mistake' })
      expect(await Promise.all([none, back, over].map(({ entry }) => stateOf(entry)))).toEqual(['withdrawn', 'withdrawn', 'withdrawn'])
    })
    test('of a changed table are those of the next proposal, not of past ones (P-08)', async () => {
      const { ada, cid, fay, hana, as, approved } = house
      const settle = async () => {
        const at = await approved(500_000, { userId: fay.id })
        return as(ada).considerLoss({ ...on(at), lossMinor: 500_000, recoveredMinor: 0, note: null })
      }
      const people = [{ userId: fay.id, role: 'direct' as const, ...pay }]
      const before = await as(ada).proposePenalties({ ...on(await settle()), people, reason: 'By the first table' })
      const { version, losses, delays, mostBasisPoints, points } = (await as(cid).staffRules({})).versions[0]!
      const dearer = losses.map((band) => ({
        ...band,
        direct: { ...band.direct, basisPoints: Math.min(10_000, band.direct.basisPoints * 2) },
      }))
      const rules = { delays, mostBasisPoints, points }
      await expect(as(cid).changeStaffRules({ version, ...rules, losses: losses.toReversed() })).rejects.toMatchObject({
        reason: 'not-ascending',
      })
      expect(await as(cid).changeStaffRules({ version, ...rules, losses: dearer })).toMatchObject({ version: version + 1 })
      await expect(as(cid).changeStaffRules({ version, ...rules, losses })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
      const after = await as(ada).proposePenalties({ ...on(await settle()), people, reason: 'By the second table' })
      expect([before, after].map(({ entries }) => [entries[0]!.amountMinor, entries[0]!.ruleVersion])).toEqual([
        [30_000, version],
        [60_000, version + 1],
      ])
      const stored = (await as(hana).staffEntries({ userId: fay.id })).items.find(({ id }) => id === before.entries[0]!.id)
      expect(stored).toMatchObject({ amountMinor: 30_000, ruleVersion: version })
    })
    test('that the table does not give are not proposed, and none needs a reason', async () => {
      const { transport, ada, fay, as, approved } = house
      const at = await as(ada).considerLoss({
        ...on(await approved(0, { userId: fay.id })),
        lossMinor: 0,
        recoveredMinor: 0,
        note: null,
      })
      const people = [{ userId: fay.id, role: 'direct' as const, ...pay }]
      await expect(as(ada).proposePenalties({ ...on(at), people, reason: 'x' })).rejects.toMatchObject({ reason: 'no-penalty-due' })
      await expect(as(ada).considerPenalty({ ...on(at), penaltyIds: [], note: null })).rejects.toMatchObject({ reason: 'required' })
      await expect(as(ada).considerPenalty({ ...on(at), penaltyIds: [transport], note: null })).rejects.toMatchObject({
        reason: 'no-such-penalty',
      })
    })
  })

  test('a loss is recovered by measures, and what came back is what counts', async () => {
    const { ada, as, approved } = house
    let at: Acted = await approved(500_000)
    const id = '0198c0de-0000-7000-8000-00000000c001'
    const measure = { id, source: 'carrier' as const, text: 'Claim 17', amountMinor: 200_000, received: false }
    at = await as(ada).recover({ ...on(at), ...measure })
    expect(await as(ada).one({ caseId: at.id })).toMatchObject({ netLossMinor: 500_000, recoveredMinor: 0 })
    at = await as(ada).recover({ ...on(at), ...measure, amountMinor: 150_000, received: true })
    at = await as(ada).considerLoss({ ...on(at), lossMinor: 510_000, recoveredMinor: 0, note: null })
    expect(await as(ada).one({ caseId: at.id })).toMatchObject({
      netLossMinor: 360_000,
      recoveredMinor: 150_000,
      recoveries: [{ id, received: true }],
    })
    at = await told(at)
    at = await as(ada).execute({ ...on(at), note: 'Paid', fileIds: [], accepted: true })
    at = await as(ada).considerPenalty({ ...on(at), penaltyIds: [], note: 'Nobody was careless' })
    expect(at).toMatchObject({ state: 'resolved', step: 'review' })
  })
})

test('whoever handles a case when its time runs out stands in the list of delays', async () => {
  const { app, ada, cid, hana, as, customer } = house
  const made = await as(ada).open({ ...freight, customerId: await customer('Late') })
  const assigned = await as(ada).assign({ ...on(made), ownerId: cid.id, why: null })
  app.now = new Date(start.getTime() + 60 * 86_400_000)
  await app.transaction(watchClocks)
  const found = (await as(hana).delays({ from: start })).items.filter(({ caseId, kind }) => caseId === assigned.id && kind === 'clock')
  expect(found.length).toBeGreaterThan(0)
  expect(found.every(({ userId, dueAt }) => userId === cid.id && dueAt !== null && dueAt < app.now)).toBe(true)
  // Whoever sees only some people sees all of theirs, and nobody else's.
  const few: Actor = { ...hana, reach: () => [cid.id] }
  const theirs = (await as(few).delays({ from: start })).items
  expect(theirs.length).toBeGreaterThan(0)
  expect(theirs.every(({ userId }) => userId === cid.id)).toBe(true)
  const reached = await app.transaction(({ db }) => delays(db, start, [cid.id], 1))
  expect(reached).toMatchObject([{ userId: cid.id }])
  app.now = start
})

test('recognition is proposed by anybody for others, decided on by somebody else, and stands on the scorecard beside penalties (P-04, N-10)', async () => {
  const { ada, ben, cid, eve, hana, as, news } = house
  await expect(as(ada).recognize({ userId: ada.id, act: 'for-others', reason: 'I am good' })).rejects.toMatchObject({
    reason: 'about-oneself',
  })
  const entry = await as(cid).recognize({ userId: ada.id, act: 'for-others', reason: 'Looked for the size in another shop' })
  expect(entry).toMatchObject({ state: 'proposed', points: 10, amountMinor: 0 })
  await expect(as(cid).decideEntry({ entryId: entry.id, version: 1, approved: true, note: null })).rejects.toMatchObject({
    reason: 'own-proposal',
  })
  await as(hana).decideEntry({ entryId: entry.id, version: 1, approved: true, note: null })
  const period = { from: start, until: new Date(start.getTime() + 1) }
  expect(await as(ada).ownScore(period)).toMatchObject({ recognitions: 1, points: 10 })
  expect((await as(ada).ownEntries({})).items).toMatchObject([{ act: 'for-others', state: 'approved', decidedBy: hana.id }])
  expect((await as(hana).staffScores(period)).items.find(({ userId }) => userId === ada.id)).toMatchObject({ points: 10 })
  expect(await news(ada, 'recognition-approved')).toHaveLength(1)
  // Whoever answers for some people only sees and decides of those.
  const ofSome: Actor = { ...eve, reach: () => [ben.id] }
  expect((await as(ofSome).staffEntries({})).items.every(({ userId }) => userId === ben.id)).toBe(true)
  const another = await as(cid).recognize({ userId: ada.id, act: 'idea', reason: 'Thicker boxes' })
  await expect(as(ofSome).decideEntry({ entryId: another.id, version: 1, approved: true, note: null })).rejects.toMatchObject({
    status: 404,
  })
})
