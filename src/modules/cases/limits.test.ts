import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { activities, tiers, writeBook } from '#modules/customers/public.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { settingWithVersion, writeSetting } from '#modules/organization/public.ts'
import { valueApi } from '#modules/value/api.ts'
import type { Actor } from '#platform/context.ts'
import type { Setting } from '#platform/module.ts'
import { everybody } from '#test/app.ts'
import { colleague, freight } from '#test/complaints.ts'
import { whileHeld } from '#test/limits.ts'
import { complaint, pathOf, portal } from '#test/portal.ts'
import { casesApi } from './api.ts'
import { giveOut } from './jobs/assignment.ts'
import { assignmentSetting, limitsSetting } from './settings.ts'

// only as much is taken on as can be served, by each team and of each product.

const { app, get, mailedLink, newest, say } = portal()
let agents: Actor[]
let ada: Actor
let departmentId: string
let teamId: string
let platinum: string
let gold: string

const as = (actor: Actor = everybody) => app().as(casesApi, actor)
const organization = () => app().as(organizationApi)

beforeAll(async () => {
  agents = []
  for (let i = 0; i < 20; i++) {
    const one = await colleague(app(), `Agent${i}`)
    agents.push({ ...one, can: (permission) => permission !== 'cases.manage' })
  }
  ada = agents[0]!
  const department = { name: 'Service', parentId: null, headId: agents[1]!.id, deputyIds: [], calendarId: null }
  departmentId = (await organization().createDepartment(department)).id
  teamId = (await organization().createTeam({ departmentId, name: 'Key accounts', memberIds: [ada.id] })).id
  const valued = async (name: string, tier: 'gold' | 'platinum') => {
    const { id } = await app()
      .as(customersApi)
      .create({ values: { name, email: `${tier}@example.com` } })
    const book = { ids: [id], activity: [activities.indexOf('returning')], tier: [tiers.indexOf(tier)], valuedOn: ['2026-03-08'] }
    await app().transaction(({ db }) => writeBook(db, book as never))
    return id
  }
  ;[platinum, gold] = [await valued('Harbour Tea', 'platinum'), await valued('Hill Tea', 'gold')]
  const { items } = await app().as(valueApi).servicePolicies({})
  const found = items.find(({ tier }) => tier === 'platinum')!
  const { id: policyId, kind: _, tier: _t, segmentId: _s, segmentName: _n, savedAt: _a, savedBy: _b, ...content } = found
  await app()
    .as(valueApi)
    .changeServicePolicy({ policyId, ...content, servedByTeamId: teamId })
  const product = (code: string, name: string | null) =>
    app()
      .as(ordersApi)
      .saveProduct({ code, name, before: {} } as never)
  await product('POT', 'Blue pot')
  await product('CUP', null)
})
beforeEach(async () => {
  await app().db.updateTable('cases.case').set({ owner_id: null, state: 'withdrawn' }).execute()
  await set(assignmentSetting, { ...assignmentSetting.initial })
  await limit({})
})

async function set<S extends Setting>(setting: S, value: unknown): Promise<void> {
  await app().transaction(async (context) => {
    const { version } = await settingWithVersion(context.db, setting)
    await writeSetting(context, setting, value as never, version)
  })
}
const limit = ({ team, product }: { readonly team?: number; readonly product?: number }) =>
  set(limitsSetting, {
    teams: team === undefined ? [] : [{ teamId, most: team }],
    products: product === undefined ? [] : [{ productCode: 'POT', most: product }],
  })
const automatic = () => set(assignmentSetting, { ...assignmentSetting.initial, automatic: true, departmentId })

const enquiry = { kind: 'enquiry', subject: 'Which tea?', description: 'x', channel: 'phone', ownerId: null } as const
/** What counts against the limit of the team, and what against that of the product. */
const counted = {
  team: () => ({ ...enquiry, customerId: platinum }),
  product: () => ({ ...enquiry, customerId: gold, productCode: 'POT' }),
}
const pots = { teamId: null, productCode: 'POT' }
/** Goods of a rival are taken back from somebody whom the team serves. */
const goods = { item: 'Kettle', rival: 'Next door', supplier: 'Kettle works', valueMinor: 100 }
const whom = { name: 'Harbour Tea', email: 'platinum@example.com', phone: null, language: null }
const helped = { ...whom, subject: 'A kettle', description: 'x', channel: 'store' as const, goods }
const open = (more: object, actor: Actor = everybody) => as(actor).open({ ...enquiry, customerId: gold, ...more } as never)
const ownerOf = async (caseId: string) => (await as().one({ caseId })).ownerId
const inHand = async (of: 'team' | 'product') => {
  const { teams, products } = await as().limits({ teamId, productCode: 'POT' })
  return of === 'team' ? teams[0]!.inHand : products[0]!.inHand
}
/** Five of them in hand, and one that waits. */
async function fiveAndOne(of: 'team' | 'product'): Promise<string> {
  for (let i = 0; i < 5; i++) await open({ ...counted[of](), ownerId: ada.id })
  return (await open(counted[of]())).id
}

describe.each(['team', 'product'] as const)('with five in hand and a limit of five of a %s', (of) => {
  const limitOf = (most: number) => limit({ [of]: most })

  test('the sixth waits with a message, and a higher limit releases it: given out', async () => {
    await limitOf(5)
    await automatic()
    const sixth = await fiveAndOne(of)
    const other = (await open({})).id
    await app().transaction(giveOut)
    expect(await ownerOf(sixth)).toBeNull()
    // What the limit is not about goes on, also behind it.
    expect(await ownerOf(other)).not.toBeNull()
    expect(await as().place({ caseId: sixth })).toMatchObject({
      heldBack: true,
      immediate: null,
      ahead: 0,
      teamLimit: of === 'team' ? { inHand: 5, most: 5 } : null,
      productLimit: of === 'product' ? { inHand: 5, most: 5, code: 'POT', name: 'Blue pot' } : null,
    })
    await limitOf(6)
    expect(await as().place({ caseId: sixth })).toMatchObject({ heldBack: false })
    await app().transaction(giveOut)
    expect(await ownerOf(sixth)).not.toBeNull()
    expect(await inHand(of)).toBe(6)
  })

  test('the sixth is not taken until one of the five ends', async () => {
    await limitOf(5)
    const sixth = await fiveAndOne(of)
    const taker = agents[3]!
    expect(await as(taker).takeNext({ queue: 'nobody' })).toEqual({ case: null, heldBack: true })
    const behind = (await open({})).id
    expect((await as(taker).takeNext({ queue: 'nobody' })).case?.id).toBe(behind)
    const [first] = (await as(ada).list({ queue: 'mine' })).items
    await as(ada).withdraw({ caseId: first!.id, version: first!.version, reason: 'x' })
    expect(await as(taker).takeNext({ queue: 'nobody' })).toMatchObject({ case: { id: sixth }, heldBack: false })
    expect(await as(taker).takeNext({ queue: 'nobody' })).toEqual({ case: null, heldBack: false })
  })

  test('whoever records a sixth is told that it waits; whoever manages cases may give it to somebody all the same', async () => {
    await limitOf(5)
    await fiveAndOne(of)
    const { ownerId: _, ...mine } = counted[of]()
    const more = { interim: null, promise: null, techniques: [], guide: [] }
    const atDesk = await as(ada).deskCase({ ...mine, ...more } as never)
    const recorded = await open({ ...counted[of](), ownerId: ada.id }, ada)
    for (const { id, queued } of [atDesk, recorded]) expect([queued, await ownerOf(id)]).toEqual([true, null])
    const give = async (actor: Actor, caseId: string) =>
      as(actor).assign({ caseId, version: (await as().one({ caseId })).version, ownerId: ada.id, why: null })
    await expect(give(ada, atDesk.id)).rejects.toMatchObject({ status: 409, reason: 'at-limit' })
    await give(everybody, atDesk.id)
    expect(await ownerOf(atDesk.id)).toBe(ada.id)
    // What is in hand may change hands.
    const { version } = await as().one({ caseId: atDesk.id })
    await as(ada).assign({ caseId: atDesk.id, version, ownerId: agents[2]!.id, why: null })
    const onPurpose = await open({ ...counted[of](), ownerId: ada.id })
    expect([onPurpose.queued, await ownerOf(onPurpose.id), await inHand(of)]).toEqual([false, ada.id, 7])
  })

  test('a danger is held back by nothing, and says so', async () => {
    await limitOf(5)
    await automatic()
    await fiveAndOne(of)
    const danger = (await open({ ...counted[of](), severity: 1 })).id
    expect(await as().place({ caseId: danger })).toMatchObject({
      heldBack: false,
      immediate: 'danger',
      [`${of}Limit`]: { inHand: 5, most: 5 },
    })
    expect((await as(agents[3]!).takeNext({ queue: 'nobody' })).case?.id).toBe(danger)
    const mine = await open({ ...counted[of](), severity: 1, ownerId: ada.id }, ada)
    expect([mine.queued, await ownerOf(mine.id)]).toEqual([false, ada.id])
    const assigned = (await open({ ...counted[of](), severity: 1 })).id
    await as(ada).assign({ caseId: assigned, version: 1, ownerId: ada.id, why: null })
    expect(await inHand(of)).toBe(8)
  })

  test('twenty who race, beside the job that gives out, never exceed it', async () => {
    for (let i = 0; i < 12; i++) await open(counted[of]())
    await limitOf(5)
    const [takes] = await Promise.all([
      Promise.all(agents.map((one) => as(one).takeNext({ queue: 'nobody' }))),
      Promise.allSettled(agents.map((one) => open({ ...counted[of](), ownerId: one.id }, one))),
    ])
    expect(await inHand(of)).toBe(5)
    expect(takes.filter((one) => one.case === null).every(({ heldBack }) => heldBack)).toBe(true)
    await automatic()
    await limitOf(8)
    await Promise.all([
      app().transaction(giveOut),
      app().transaction(giveOut),
      ...agents.slice(2).map((one) => as(one).takeNext({ queue: 'nobody' })),
    ])
    expect(await inHand(of)).toBe(8)
  })

  test('a limit below what is in hand stops nothing that runs', async () => {
    for (let i = 0; i < 5; i++) await open({ ...counted[of](), ownerId: ada.id })
    await limitOf(2)
    expect([await inHand(of), (await as(ada).list({ queue: 'mine' })).items.length]).toEqual([5, 5])
    const waits = (await open(counted[of]())).id
    expect((await as().place({ caseId: waits }))[`${of}Limit`]).toMatchObject({ inHand: 5, most: 2 })
    expect(await as(ada).takeNext({ queue: 'nobody' })).toEqual({ case: null, heldBack: true })
  })
})

test('what is said again, and graver by that, is no less a danger when it is recorded', async () => {
  await limit({ team: 1 })
  await open({ ...counted.team(), ownerId: ada.id })
  await open({ ...freight, customerId: platinum, severity: 4, ownerId: null })
  const again = await open({ ...freight, customerId: platinum, severity: 2, ownerId: ada.id }, ada)
  expect(await as().one({ caseId: again.id })).toMatchObject({ ownerId: ada.id, record: { severity: 1 } })
})

test('what is in hand goes on as another kind, however many are', async () => {
  const first = await open({ ...counted.team(), ownerId: ada.id })
  await limit({ team: 1 })
  const { made } = await as(ada).convert({ caseId: first.id, version: first.version, kind: 'request', record: {} } as never)
  expect([await ownerOf(made.id), await inHand('team')]).toEqual([ada.id, 1])
})

describe('on purpose', () => {
  beforeEach(async () => {
    await limit({ product: 1 })
    await open({ ...counted.product(), ownerId: ada.id })
  })
  const supervisor = () => ({ ...agents[4]!, can: () => true })

  test('is only what names somebody else: a form names whoever records by itself', async () => {
    const mine = await open({ ...counted.product(), ownerId: supervisor().id }, supervisor())
    expect([mine.queued, await ownerOf(mine.id)]).toEqual([true, null])
    const given = await open({ ...counted.product(), ownerId: agents[5]!.id }, supervisor())
    expect([given.queued, await ownerOf(given.id)]).toEqual([false, agents[5]!.id])
  })

  test.each([1, 2])('a suggestion made of a case in hand is taken on with it, and waits for nobody (limit %i)', async (product) => {
    await limit({ product })
    const { id: caseId, version } = (await as(ada).list({ queue: 'mine' })).items[0]!
    const { made } = await whileHeld(app(), pots, () => as(ada).suggestFromCase({ caseId, version }))
    expect(await ownerOf(made.id)).toBe(ada.id)
  })

  test('helping somebody who is no customer is taken on at once', async () => {
    await limit({ team: 1 })
    await open({ ...counted.team(), ownerId: ada.id })
    expect(await ownerOf((await as(ada).serveNonCustomer(helped)).id)).toBe(ada.id)
    expect(await inHand('team')).toBe(2)
  })
})

describe('while somebody takes on what a limit is about', () => {
  test('whatever it is not about waits for nobody: recorded, taken, assigned, given out', async () => {
    await limit({ team: 5, product: 5 })
    await automatic()
    await whileHeld(app(), pots, async () => {
      await open({ ownerId: ada.id }, ada)
      await open({ ...counted.team(), ownerId: ada.id }, ada)
      const [taken, assigned, given] = [await open({}), await open(counted.team()), await open({})]
      await as(ada).assign({ caseId: assigned.id, version: 1, ownerId: ada.id, why: null })
      expect((await as(agents[3]!).takeNext({ queue: 'nobody' })).case?.id).toBe(taken.id)
      await app().transaction(giveOut)
      expect(await ownerOf(given.id)).not.toBeNull()
    })
    expect(await inHand('team')).toBe(2)
  })

  test('what it is about waits for them', async () => {
    await limit({ product: 5 })
    const order: string[] = []
    let opened: Promise<unknown> | undefined
    await whileHeld(app(), pots, async () => {
      opened = open({ ...counted.product(), ownerId: ada.id }, ada).then(() => order.push('they'))
      await new Promise((resolve) => setTimeout(resolve, 300))
      order.push('the first')
    })
    await opened
    expect([order, await inHand('product')]).toEqual([['the first', 'they'], 1])
  })

  test('a limit that is reached makes nobody wait', async () => {
    await limit({ product: 1 })
    await open({ ...counted.product(), ownerId: ada.id })
    await whileHeld(app(), pots, () =>
      whileHeld(app(), pots, async () => {
        expect(await open({ ...counted.product(), ownerId: ada.id }, ada)).toMatchObject({ queued: true })
        expect(await as(agents[3]!).takeNext({ queue: 'nobody' })).toEqual({ case: null, heldBack: true })
      }),
    )
  })

  test('of two limits that apply in any mixture, twenty who race exceed neither, and nobody is turned away', async () => {
    const mixed = [counted.team(), counted.product(), { ...counted.team(), productCode: 'POT' }]
    for (let i = 0; i < 12; i++) await open(mixed[i % 3]!)
    await limit({ team: 3, product: 4 })
    await automatic()
    await Promise.all([
      app().transaction(giveOut),
      ...agents.slice(0, 10).map((one) => as(one).takeNext({ queue: 'nobody' })),
      ...agents.slice(10).map((one, i) => open({ ...mixed[i % 3]!, ownerId: one.id }, one)),
    ])
    expect(await inHand('team')).toBeLessThanOrEqual(3)
    expect(await inHand('product')).toBeLessThanOrEqual(4)
  })
})

describe('assigning', () => {
  const give = (actor: Actor, caseId: string, version = 1) => as(actor).assign({ caseId, version, ownerId: ada.id, why: null })
  const unvalued = (): Actor => ({ ...ada, can: (permission) => !['cases.manage', 'value.read'].includes(permission) })

  test('says how a team stands only to whoever may know whom it serves; a product is no secret', async () => {
    await limit({ team: 1, product: 2 })
    await open({ ...counted.team(), ownerId: ada.id })
    const waits = (await open({ ...counted.team(), productCode: 'POT' })).id
    await expect(give(ada, waits)).rejects.toMatchObject({ reason: 'at-limit', values: { inHand: 1, most: 1 } })
    const untold = await give(unvalued(), waits).catch((refused: unknown) => refused)
    expect([untold, JSON.stringify(untold)]).toEqual([
      expect.objectContaining({ reason: 'at-limit-untold' }),
      expect.not.stringMatching(/most"|inHand/),
    ])
    for (let i = 0; i < 2; i++) await open({ ...counted.product(), ownerId: ada.id })
    await expect(give(unvalued(), waits)).rejects.toMatchObject({ reason: 'at-limit', values: { inHand: 2, most: 2 } })
  })

  test('asks no limit for what is not open any more', async () => {
    await limit({ team: 1 })
    const { id: caseId } = await as(ada).serveNonCustomer(helped)
    const seen = async () => ({ caseId, version: (await as().one({ caseId })).version })
    await as().assign({ ...(await seen()), ownerId: null, why: null })
    await as().answer({ ...(await seen()), text: 'Here is what you paid', channel: 'store' })
    await open({ ...counted.team(), ownerId: ada.id })
    expect(await as().one({ caseId })).toMatchObject({ state: 'resolved', ownerId: null })
    await give(ada, caseId, (await seen()).version)
    expect(await ownerOf(caseId)).toBe(ada.id)
  })
})

describe('the setting', () => {
  const change = async (value: unknown) => {
    const { settings } = await organization().settings({})
    const { version } = settings.find(({ key }) => key === 'cases.limits')!
    return organization().changeSetting({ key: 'cases.limits', version, value })
  }
  test.each([
    ['an unknown team', { teams: [{ teamId: '0198c0de-0000-7000-8000-00000000d00f', most: 5 }], products: [] }, 'value.teams.0.teamId'],
    ['an unknown product', { teams: [], products: [{ productCode: 'GONE', most: 5 }] }, 'value.products.0.productCode'],
    ['none at all', { teams: [], products: [{ productCode: 'POT', most: 0 }] }, 'value.products.0.most'],
    ['more than anybody counts', { teams: [], products: [{ productCode: 'POT', most: 10_001 }] }, 'value.products.0.most'],
    ['a product twice', { teams: [], products: [1, 2].map((most) => ({ productCode: 'POT', most })) }, 'value.products'],
  ])('takes not %s', async (_, value, field) => {
    await expect(change(value)).rejects.toMatchObject({ status: 422, fields: [{ field }] })
  })
  test('takes a team of the house and products of the catalogue; what else is asked for is counted beside them', async () => {
    await change({ teams: [{ teamId, most: 10_000 }], products: [{ productCode: 'CUP', most: 1 }] })
    await open({ ...counted.product(), ownerId: ada.id })
    expect(await as().limits({})).toEqual({
      teams: [{ teamId, inHand: 0 }],
      products: [{ productCode: 'CUP', name: null, inHand: 0 }],
    })
    expect((await as().limits({ productCode: 'POT' })).products).toContainEqual({ productCode: 'POT', name: 'Blue pot', inHand: 1 })
  })
})

describe('the page of a customer whose case is held back', () => {
  const held = {
    en: 'At the moment as many are in hand as we can look after properly',
    'zh-CN': '目前手头的件数已到我们能妥善处理的上限',
    'zh-TW': '目前手上的件數已到我們能妥善處理的上限',
  }
  const page = async (path: string, language: string) => (await get(path, { 'accept-language': language })).text
  test.each(Object.entries(held))(
    'says so in plain words and names no team (%s); released, it says so no more',
    async (language, words) => {
      await limit({ team: 1 })
      await open({ ...counted.team(), ownerId: ada.id })
      await say('/p/complaint', { ...complaint, email: 'platinum@example.com' })
      const path = await mailedLink()
      const text = await page(path, language)
      expect(text).toContain(words)
      expect(text).not.toMatch(/Key accounts|platinum|1 of 1/i)
      await limit({ team: 2 })
      expect(await page(path, language)).not.toContain(words)
    },
  )
  test('of whom only an address was typed tells nothing of who serves them; a product is no secret', async () => {
    await limit({ team: 1, product: 1 })
    await open({ ...counted.team(), ownerId: ada.id })
    await open({ ...counted.product(), ownerId: ada.id })
    const path = pathOf((await say('/p/complaint', { ...complaint, email: 'platinum@example.com' })).location)
    expect(await page(path, 'en')).not.toContain(held.en)
    const { id } = await newest()
    await app().db.updateTable('cases.case').set({ product_code: 'POT' }).where('id', '=', id).execute()
    expect(await page(path, 'en')).toContain(held.en)
  })
})
