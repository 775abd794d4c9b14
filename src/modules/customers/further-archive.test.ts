import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ordersApi } from '#modules/orders/api.ts'
import { writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import type { Setting } from '#platform/module.ts'
import { type App, everybody, holder, startApp } from '#test/app.ts'
import type { OwnFilter } from './api/own-fields.ts'
import { api } from './api.ts'
import { countCustomers, eachCustomerId, mayContact, thoseWhoMayBeContacted } from './public.ts'
import { consentSetting, contactSetting, ownFieldSetting, targetSetting } from './settings.ts'
import { writeBook } from './store/book.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
  await set(contactSetting, { country: 'CN' })
})
afterAll(() => app.close())
const call = () => app.as(api)
const create = (values: Parameters<ReturnType<typeof call>['create']>[0]['values']) => call().create({ values })
const versions = new Map<string, number>()
async function set(setting: Setting, value: unknown) {
  const version = versions.get(setting.key) ?? 0
  await app.transaction((context) => writeSetting(context, setting, value, version))
  versions.set(setting.key, version + 1)
}
const named = async (input: Parameters<ReturnType<typeof call>['list']>[0]) =>
  (await call().list(input)).items.map(({ name }) => name).sort()
const without = (permission: string): Actor => ({ ...everybody, id: `all but ${permission}`, can: (one) => one !== permission })

describe('consent (H-17)', () => {
  test('a consent opens one gate, a withdrawal of everything shuts all at once', async () => {
    const { id } = await create({ name: 'Consenting Carla', email: 'carla@example.com', phone: '13800138000' })
    const may = (purpose: string, channel: 'email' | 'phone') => mayContact(app.db, id, purpose, channel)
    expect([await may('marketing', 'email'), await may('service', 'email')]).toEqual([false, true])
    await call().noteConsent({ id, purpose: 'marketing', channel: 'email', given: true, origin: 'form' })
    expect([await may('marketing', 'email'), await may('marketing', 'phone')]).toEqual([true, false])
    expect(await named({ mayContact: { purpose: 'marketing', channel: 'email' } })).toEqual(['Consenting Carla'])
    await call().noteConsent({ id, purpose: 'all', channel: 'all', given: false, origin: 'phone' })
    expect([await may('marketing', 'email'), await may('service', 'email')]).toEqual([false, false])
    expect(await named({ mayContact: { purpose: 'marketing', channel: 'email' } })).toEqual([])
    const { ledger } = await call().consents({ id })
    expect(ledger.map(({ given, textVersion }) => [given, textVersion])).toEqual([
      [false, null],
      [true, 1],
    ])
    expect((await call().contactChannels({ id, purpose: 'service' })).channels).toEqual([])
  })

  test('a consent is always to one purpose and channel, and nobody said tomorrow’s', async () => {
    const { id } = await create({ name: 'Consenting Conrad' })
    const say = (more: object) => call().noteConsent({ id, purpose: 'marketing', channel: 'email', given: true, origin: 'form', ...more })
    await expect(say({ channel: 'all' })).rejects.toMatchObject({ reason: 'channel-needed' })
    await expect(say({ purpose: 'all' })).rejects.toMatchObject({ reason: 'purpose-needed' })
    await expect(say({ purpose: 'other' })).rejects.toMatchObject({ reason: 'no-such-purpose' })
    await expect(say({ at: new Date('2030-01-01') })).rejects.toMatchObject({ reason: 'in-the-future' })
  })

  test('the list’s filter says of everybody what the gate says, whatever was said in whatever order', async () => {
    const people: string[] = []
    const random = (() => {
      let seed = 7
      return (n: number) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
        return seed % n
      }
    })()
    for (let i = 0; i < 30; i++) {
      const { id } = await create({ name: `Fold ${i}`, email: `fold${i}@example.com` })
      people.push(id)
      for (let j = 0; j < random(5); j++) {
        const given = random(2) === 1
        const purpose = given || random(2) ? (['marketing', 'surveys'] as const)[random(2)]! : 'all'
        const channel = given || random(2) ? 'email' : 'all'
        await call().noteConsent({ id, purpose, channel, given, origin: 'form', at: new Date(Date.UTC(2025, 1, 1 + random(4))) })
      }
    }
    for (const purpose of ['marketing', 'surveys']) {
      const may = await thoseWhoMayBeContacted(app.db, people, purpose, 'email')
      const listed = (await call().list({ mayContact: { purpose, channel: 'email' }, limit: 200 })).items.map(({ id }) => id)
      expect(people.filter((id) => listed.includes(id))).toEqual(people.filter((id) => may.has(id)))
      expect(may.size).toBeGreaterThan(0)
    }
  })

  test('purposes are a setting; the text of a consent is the version of its day', async () => {
    const purpose = {
      key: 'club',
      needs: 'consent',
      version: 3,
      names: { en: 'Club', 'zh-CN': '', 'zh-TW': '' },
      texts: { en: 'x', 'zh-CN': '', 'zh-TW': '' },
    }
    await set(consentSetting, { purposes: [...consentSetting.initial.purposes, purpose] })
    const { id } = await create({ name: 'Club Cleo' })
    await call().noteConsent({ id, purpose: 'club', channel: 'letter', given: true, origin: 'paper' })
    expect((await call().consents({ id })).ledger[0]).toMatchObject({ textVersion: 3, origin: 'paper', by: 'tester' })
  })
})

describe('ways to reach somebody (B-07)', () => {
  test('several, kept as written and as the world writes them, found by search, preferred first', async () => {
    const { id } = await create({ name: 'Reachable Ruth', phone: '138 0013 8001' })
    await call().addContactPoint({ id, kind: 'phone', value: '010-6552 9988', label: 'office', preferred: true, hours: '9–17' })
    await call().addContactPoint({ id, kind: 'email', value: 'Ruth.Second@Example.com' })
    const { items } = await call().contactPoints({ id })
    expect(items.map(({ kind, value, e164, preferred }) => [kind, value, e164, preferred])).toEqual([
      ['email', 'Ruth.Second@Example.com', null, false],
      ['phone', '010-6552 9988', '+861065529988', true],
      ['phone', '138 0013 8001', '+8613800138001', false],
    ])
    for (const q of ['ruth.second', '+86 10 6552 9988', '+8613800138001'])
      expect(
        (await call().search({ q })).items.map((hit) => hit.id),
        q,
      ).toEqual([id])
    const { channels } = await call().contactChannels({ id, purpose: 'service' })
    expect(channels.map(({ channel, ways }) => [channel, ways[0]?.value])).toEqual([
      ['phone', '010-6552 9988'],
      ['message', '010-6552 9988'],
      ['email', 'Ruth.Second@Example.com'],
    ])
  })

  test('a stale change is refused, a removed one finds nobody any more, and the history keeps both', async () => {
    const { id } = await create({ name: 'Reachable Rolf' })
    const point = await call().addContactPoint({ id, kind: 'messenger', value: 'rolf-on-line' })
    await call().changeContactPoint({ id, pointId: point.id!, version: 1, value: 'rolf-elsewhere' })
    await expect(call().changeContactPoint({ id, pointId: point.id!, version: 1, value: 'x' })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
    await call().removeContactPoint({ id, pointId: point.id! })
    expect((await call().search({ q: 'rolf-elsewhere' })).items).toEqual([])
    expect((await call().changes({ id })).items.filter(({ field }) => field === 'contactPoint')).toHaveLength(3)
  })

  test('no e-mail address is refused as one', async () => {
    const { id } = await create({ name: 'Reachable Rita' })
    await expect(call().addContactPoint({ id, kind: 'email', value: 'rita' })).rejects.toMatchObject({ reason: 'no-email' })
  })
})

describe('touches (B-05, H-08)', () => {
  const touch = { channel: 'visit', direction: 'out', stage: 'before', summary: 'Showed the samples' } as const

  test('one note with need, opinion, next step, a colleague and a file', async () => {
    const { id } = await create({ name: 'Touched Tom' })
    const file = await call().addAttachment({ id, fileName: 'plan.svg', fileId: randomUUID() }, { file: '<svg onload="alert(1)"/>' })
    const logged = await call().logInteraction({
      id,
      ...touch,
      opinion: 'likes it',
      nextStep: 'send an offer',
      nextStepOn: '2026-01-09',
      needs: ['Smaller packs', 'smaller  PACKS.'],
      mentions: ['tester', 'colleague'],
      fileIds: [file.fileId],
    })
    expect(logged).toMatchObject({
      opinion: 'likes it',
      needs: [{ text: 'smaller  PACKS.' }],
      attachments: [{ name: 'plan.svg' }],
      mentions: ['colleague', 'tester'],
    })
    const response = await app.request(`/api/v1/customers/${id}/attachments/${file.fileId}`)
    expect(response.headers.get('content-disposition')).toContain('attachment')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-type')).not.toContain('svg')
    expect((await call().mentions({})).items[0]).toMatchObject({ customerName: 'Touched Tom', nextStep: 'send an offer' })
    const other = await create({ name: 'Somebody Else' })
    await expect(call().attachment({ id: other.id, fileId: file.fileId })).rejects.toMatchObject({ status: 404 })
  })

  test('a file is taken once, and only by whoever sent it', async () => {
    const { id } = await create({ name: 'Touched Tina' })
    const file = await call().addAttachment({ id, fileName: 'a.txt', fileId: randomUUID() }, { file: 'a' })
    const stranger = { ...everybody, id: 'stranger' }
    await expect(app.as(api, stranger).logInteraction({ id, ...touch, fileIds: [file.fileId] })).rejects.toMatchObject({ status: 404 })
    await call().logInteraction({ id, ...touch, fileIds: [file.fileId] })
    await expect(call().logInteraction({ id, ...touch, fileIds: [file.fileId] })).rejects.toMatchObject({ status: 404 })
  })

  test('one’s own is corrected and withdrawn with its history; nobody else’s is', async () => {
    const { id } = await create({ name: 'Touched Tilda' })
    const logged = await call().logInteraction({ id, ...touch })
    const ids = { id, interactionId: logged.id }
    await expect(app.as(api, { ...everybody, id: 'stranger' }).withdrawInteraction({ ...ids, version: 1 })).rejects.toMatchObject({
      reason: 'not-yours',
    })
    await call().changeInteraction({ ...ids, ...touch, version: 1, summary: 'Showed three samples' })
    await expect(call().changeInteraction({ ...ids, ...touch, version: 1 })).rejects.toMatchObject({ reason: 'changed-meanwhile' })
    expect((await call().interactionCounts({ id })).channels).toMatchObject([{ channel: 'visit', touches: 1 }])
    await call().withdrawInteraction({ ...ids, version: 2 })
    expect((await call().interactionCounts({ id })).channels).toEqual([])
    const { before } = await call().interaction(ids)
    expect(before.map(({ content }) => content.summary)).toEqual(['Showed three samples', 'Showed the samples'])
    expect((await call().timeline({ id })).items[0]?.values).toEqual({ channel: 'visit', direction: 'out', withdrawn: true })
  })

  test('the timeline is narrowed by stage, module and person (M-04)', async () => {
    const { id } = await create({ name: 'Touched Theo' })
    await call().logInteraction({ id, ...touch })
    await app.as(api, { ...everybody, id: 'colleague' }).logInteraction({ id, ...touch, stage: 'after', channel: 'survey' })
    const kinds = async (more: object) => (await call().timeline({ id, ...more })).items.map(({ values }) => values.channel)
    expect(await kinds({ by: 'colleague' })).toEqual(['survey'])
    expect(await kinds({ stage: 'before' })).toEqual(['visit'])
    expect(await kinds({ of: 'orders' })).toEqual([])
    expect(await kinds({ of: 'customers' })).toHaveLength(2)
  })

  test('templates are one’s own or everybody’s', async () => {
    const content = { channel: 'call', direction: 'out', stage: 'after', summary: 'Asked how it tastes', minutes: 5 } as const
    const own = await call().saveTouchTemplate({ name: 'Mine', shared: false, content })
    await call().saveTouchTemplate({ name: 'Ours', shared: true, content })
    const others = app.as(api, { ...everybody, id: 'colleague' })
    expect((await others.touchTemplates({})).items.map(({ name }) => name)).toEqual(['Ours'])
    await expect(others.removeTouchTemplate({ templateId: own.id })).rejects.toMatchObject({ status: 404 })
  })
})

describe('the needs register (A-04, B-05)', () => {
  test('what several customers want stands there once with how many; merged needs are one; offerings without a need are listed', async () => {
    const [a, b] = [await create({ name: 'Needing Nora' }), await create({ name: 'Needing Ned' })]
    const note = (id: string, need: string) =>
      call().logInteraction({ id, channel: 'call', direction: 'in', stage: 'after', summary: 'asked', needs: [need] })
    await note(a.id, 'Evening delivery')
    await note(b.id, 'evening delivery!')
    await note(b.id, 'Deliver after work')
    const register = async () => (await call().needs({})).items
    const evening = (await register()).find(({ text }) => text === 'Evening delivery')!
    expect(evening.customers).toBe(2)
    const late = (await register()).find(({ text }) => text === 'Deliver after work')!
    await call().mergeNeed({ needId: evening.id, otherId: late.id })
    expect((await register()).map(({ id }) => id)).not.toContain(late.id)
    expect((await call().needCustomers({ needId: evening.id })).items).toHaveLength(3)
    // Whoever says it in the old words joins the one that stayed.
    await note(a.id, 'deliver after work')
    expect((await register()).find(({ id }) => id === evening.id)?.customers).toBe(2)
    const orders = app.as(ordersApi)
    for (const code of ['TEA', 'VAN']) await orders.saveProduct({ code })
    await call().linkProduct({ needId: evening.id, productCode: 'VAN' })
    expect((await orders.products({ withoutNeed: true })).items.map(({ code }) => code)).toEqual(['TEA'])
    await call().unlinkProduct({ needId: evening.id, productCode: 'VAN' })
    expect((await orders.products({ withoutNeed: true })).items.map(({ code }) => code)).toEqual(['TEA', 'VAN'])
    await expect(call().changeNeed({ needId: evening.id, version: 9, text: 'x', category: null, state: 'open' })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
  })
})

describe('relations (B-11)', () => {
  test('a referrer’s page lists whom they referred, with revenue and profit; both sides say it', async () => {
    const [referrer, first, second] = [
      await create({ name: 'Referring Rosa' }),
      await create({ name: 'Referred Rob' }),
      await create({ name: 'Referred Rae' }),
    ]
    const refer = (id: string, otherId: string) => call().relate({ id, otherId, kind: 'referrer', side: 'first' })
    await refer(referrer.id, first.id)
    await refer(referrer.id, second.id)
    await writeBook(app.db, { ids: [first.id, second.id], revenueMinor: [5000, 700], profitMinor: [1200, -200] })
    const { items, referred } = await call().relations({ id: referrer.id })
    expect(items.map(({ side, other }) => [side, other?.name, other?.figures.revenueMinor])).toEqual([
      ['first', 'Referred Rae', 700],
      ['first', 'Referred Rob', 5000],
    ])
    expect(referred).toEqual({ customers: 2, revenueMinor: 5700, profitMinor: 1000 })
    const back = await call().relations({ id: first.id })
    expect(back.items).toMatchObject([{ kind: 'referrer', side: 'second', other: { name: 'Referring Rosa' } }])
    const third = await create({ name: 'Referred Rita' })
    await refer(first.id, third.id)
    await expect(refer(third.id, referrer.id)).rejects.toMatchObject({ reason: 'goes-in-a-circle' })
    await expect(refer(first.id, referrer.id)).rejects.toMatchObject({ reason: 'already-related' })
    await expect(refer(second.id, first.id)).rejects.toMatchObject({ reason: 'has-one-already' })
    await call().unrelate({ id: first.id, relationId: back.items[0]!.id })
    expect((await call().relations({ id: referrer.id })).items).toHaveLength(1)
  })

  test('whoever sees only some customers sees of the others neither name nor figures', async () => {
    const mine = await create({ name: 'Mine', ownerId: 'me' })
    const theirs = await create({ name: 'Theirs', ownerId: 'them' })
    await call().relate({ id: mine.id, otherId: theirs.id, kind: 'family', side: 'first' })
    const me: Actor = { ...everybody, id: 'me', reach: () => ['me'] }
    expect((await app.as(api, me).relations({ id: mine.id })).items[0]?.other).toBeNull()
    await expect(app.as(api, me).relate({ id: mine.id, otherId: theirs.id, kind: 'dealer', side: 'first' })).rejects.toMatchObject({
      status: 404,
    })
  })
})

describe('who is no customer (A-09, B-15)', () => {
  test('a partner has a phase and touches, stands in no list of customers, and is not valued', async () => {
    const before = await app.transaction(({ db }) => countCustomers(db))
    const partner = await create({ name: 'Partner Paula', role: 'partner', phase: 'build', city: 'Lyon' })
    await call().logInteraction({ id: partner.id, channel: 'forum', direction: 'in', stage: 'before', summary: 'met' })
    await create({ name: 'Customer Pete', city: 'Lyon' })
    expect(await named({ city: ['Lyon'] })).toEqual(['Customer Pete'])
    expect(await named({ city: ['Lyon'], sort: 'name' })).toEqual(['Customer Pete'])
    expect(await named({ q: 'partner pau' })).toEqual([])
    expect((await call().list({ q: 'partner pau', count: true })).count).toEqual({ customers: 0, more: false })
    expect(await named({ role: ['partner'], phase: ['build'] })).toEqual(['Partner Paula'])
    expect((await call().search({ q: 'partner pau' })).items).toHaveLength(1)
    await writeBook(app.db, { ids: [partner.id], revenueMinor: [5] })
    expect(await app.db.selectFrom('customers.book').select('customer_id').where('customer_id', '=', partner.id).execute()).toEqual([])
    const ids: string[] = []
    const counted = await app.transaction(({ db }) => eachCustomerId(db, (bytes, at) => ids.push(bytes.toString('hex', at, at + 16))))
    expect(ids).not.toContain(partner.id.replaceAll('-', ''))
    expect([counted, ids.length]).toEqual([before + 1, before + 1])
    // Won as a customer, and lost again.
    const won = await call().change({ id: partner.id, version: partner.version, values: { role: 'customer' } })
    expect(await named({ city: ['Lyon'] })).toEqual(['Customer Pete', 'Partner Paula'])
    await call().change({ id: partner.id, version: won.version, values: { role: 'press' } })
    expect(await named({ city: ['Lyon'] })).toEqual(['Customer Pete'])
  })
})

describe('in what customers differ (B-08, B-09, B-12)', () => {
  test('price sensitivity and region, age, occupation and interest return exactly that set', async () => {
    const person = (name: string, priceSensitivity: 'low' | 'high', region: string, birthday: string, interests: string) =>
      create({ name, priceSensitivity, region, birthday, interests, occupation: 'baker', traits: ['decisive'] })
    await person('Low Lena', 'low', 'Region X', '1990-05-21', 'Tea, hiking')
    await person('Low Lars', 'low', 'Region Y', '1980-01-01', 'tea')
    await person('High Hans', 'high', 'Region X', '1996-01-01', 'chess，TEA')
    expect(await named({ priceSensitivity: ['low'], region: ['Region X'] })).toEqual(['Low Lena'])
    expect(await named({ interest: ['tea'] })).toEqual(['High Hans', 'Low Lars', 'Low Lena'])
    expect(await named({ interest: ['chess', 'hiking'], occupation: ['baker'] })).toEqual(['High Hans', 'Low Lena'])
    // The clock of these tests stands at 1 January 2026.
    expect(await named({ interest: ['tea'], ageFrom: 30, ageTo: 35 })).toEqual(['High Hans', 'Low Lena'])
    expect(await named({ interest: ['tea'], ageTo: 29 })).toEqual([])
    expect(await named({ trait: ['decisive'], ageFrom: 46 })).toEqual(['Low Lars'])
  })

  test('the extended group asks for them', async () => {
    const made = await create({ name: 'Different Dora' })
    expect(made.completeness.missing.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['traits', 'priceSensitivity', 'expectationAfter']),
    )
  })

  test('a prospect who fails the rule is no target, with the reason (C-16)', async () => {
    await set(targetSetting, { conditions: [{ field: 'city', test: 'is', words: ['Bonn'] }] })
    expect((await create({ name: 'Target Tess', city: 'bonn' })).notTarget).toEqual([])
    expect((await create({ name: 'Target Titus' })).notTarget).toEqual([{ field: 'city', test: 'is', words: ['Bonn'] }])
    await set(targetSetting, { conditions: [] })
  })
})

describe('own fields', () => {
  const names = (en: string) => ({ en, 'zh-CN': '', 'zh-TW': '' })
  const field = (type: string, more: object = {}) => ({
    id: randomUUID(),
    names: names(type),
    type,
    required: false,
    inList: true,
    choices: [],
    removed: false,
    ...more,
  })
  const colour = field('choices', { choices: ['red', 'blue'].map((key) => ({ key, names: names(key) })) })
  const size = field('number')
  const due = field('day')
  const own = (...filter: OwnFilter[]) => named({ own: filter })

  test('values are checked, filtered, sorted, exported, kept after removal, and purged', async () => {
    await set(ownFieldSetting, { fields: [colour, size, due] })
    const people = []
    for (const [i, name] of ['Own Oda', 'Own Otto', 'Own Olga'].entries()) {
      const { id } = await create({ name })
      people.push(id)
      const values = {
        [colour.id]: i === 0 ? ['red'] : ['red', 'blue'],
        [size.id]: 2.5 - i,
        ...(i === 2 ? {} : { [due.id]: `2026-0${i + 1}-01` }),
      }
      expect((await call().setOwnValues({ id, before: {}, values })).values).toEqual(values)
    }
    expect(await own({ field: colour.id, is: ['blue'] })).toEqual(['Own Olga', 'Own Otto'])
    expect(await own({ field: size.id, from: 1 })).toEqual(['Own Oda', 'Own Otto'])
    expect(await own({ field: due.id, to: '2026-01-31' }, { field: colour.id, is: ['red'] })).toEqual(['Own Oda'])
    const sorted = async (sortField: string, direction?: 'ascending') => {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await call().list({
          sort: 'own',
          sortField,
          limit: 1,
          ...(direction ? { direction } : {}),
          ...(cursor ? { cursor } : {}),
        })
        found.push(...page.items.map(({ name }) => name))
        cursor = page.next ?? undefined
      } while (cursor)
      return found
    }
    expect(await sorted(size.id)).toEqual(['Own Oda', 'Own Otto', 'Own Olga'])
    expect(await sorted(size.id, 'ascending')).toEqual(['Own Olga', 'Own Otto', 'Own Oda'])
    expect(await sorted(due.id, 'ascending')).toEqual(['Own Oda', 'Own Otto'])
    expect((await call().list({ q: 'Own Oda' })).items[0]?.own).toEqual({ [colour.id]: ['red'], [size.id]: 2.5, [due.id]: '2026-01-01' })
    const file = await app.request('/api/v1/customers/export?format=csv&q=Own%20Oda&columns=name')
    expect(await file.text()).toContain('choices,number,day\r\nOwn Oda,red,2.5,2026-01-01')
    const bad = { [size.id]: 'five', [due.id]: '2026-02-30', [randomUUID()]: 1 }
    await expect(call().setOwnValues({ id: people[0]!, before: {}, values: bad })).rejects.toMatchObject({
      fields: [{ reason: 'not-a-number' }, { reason: 'not-a-day' }, { reason: 'no-such-field' }],
    })
    await expect(call().setOwnValues({ id: people[0]!, before: { [size.id]: 9 }, values: { [size.id]: 1 } })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
    const history = await call().changes({ id: people[0]! })
    expect(history.items.map((one) => one.field)).toContain(`own:${size.id}`)
    await expect(call().purgeOwnField({ fieldId: size.id })).rejects.toMatchObject({ reason: 'field-in-use' })
    await set(ownFieldSetting, { fields: [colour, { ...size, removed: true }, due] })
    expect((await call().ownValues({ id: people[0]! })).values).not.toHaveProperty(size.id)
    await set(ownFieldSetting, { fields: [colour, size, due] })
    expect((await call().ownValues({ id: people[0]! })).values[size.id]).toBe(2.5)
    await set(ownFieldSetting, { fields: [colour, due] })
    expect(await call().purgeOwnField({ fieldId: size.id })).toEqual({ customers: 3 })
  })
})

describe('reports', () => {
  test('birthdays of the coming days, of customers and of the people around them', async () => {
    const { id } = await create({ name: 'Born Berta', birthday: '1970-01-05' })
    await call().addKeyPerson({ id, name: 'Born Boss', birthday: '1960-01-20', decides: 'pays' })
    await create({ name: 'Born Later', birthday: '1970-03-05' })
    const { items } = await call().birthdays({ days: 30 })
    expect(items.filter(({ name }) => name.startsWith('Born')).map(({ name, on }) => [name, on])).toEqual([
      ['Born Berta', '2026-01-05'],
      ['Born Boss', '2026-01-20'],
    ])
  })

  test('the month’s report lists every changed field, by field and customer, also as a file (B-03)', async () => {
    const moment = app.now
    app.now = new Date('2026-04-30T23:59:59Z')
    const made = await create({ name: 'Changed Chloe', city: 'Ulm' })
    app.now = new Date('2026-05-01T00:00:00Z')
    await call().change({ id: made.id, version: made.version, values: { city: 'Bern' } })
    app.now = moment
    expect((await call().monthChanges({ month: '2026-05' })).items).toMatchObject([
      { field: 'city', before: 'Ulm', after: 'Bern', customerName: 'Changed Chloe' },
    ])
    const april = await call().monthChanges({ month: '2026-04', limit: 2 })
    const rest = await call().monthChanges({ month: '2026-04', limit: 2, cursor: april.next! })
    expect([...april.items, ...rest.items].map(({ field }) => field).sort()).toEqual(['city', 'kind', 'name'])
    expect((await call().monthFields({ month: '2026-04' })).fields).toContainEqual({ field: 'city', changes: 1, customers: 1 })
    const file = await app.request('/api/v1/customer-changes/export?month=2026-05&format=csv')
    expect(await file.text()).toContain('Changed Chloe')
  })
})

describe('contact data is hidden from whoever may not see it', () => {
  const canary = {
    email: 'canary.4711@example.com',
    phone: '+86 139 4711 4711',
    address: '4711 Canary Row',
    postcode: '4711-9',
    birthday: '1947-11-04',
  }
  const blind = without('customers.read-personal')
  const secrets = ['canary.4711', '4711 4711', '47114711', 'Canary Row', '4711-9', '1947-11-04']
  let id: string
  beforeAll(async () => {
    id = (await create({ name: 'Hidden Hedwig', city: 'Nowhere', ...canary })).id
    await call().addContactPoint({ id, kind: 'email', value: 'canary.4711.second@example.com' })
    await call().addKeyPerson({ id, name: 'Hidden Helper', email: canary.email, phone: canary.phone, birthday: canary.birthday })
    await call().noteConsent({ id, purpose: 'service', channel: 'email', given: true, origin: 'form' })
  })

  test.each([
    '/customers?q=Hidden',
    '/customers?city=Nowhere',
    '/customers/search?q=Hidden',
    '/customers/:id',
    '/customers/:id/changes',
    '/customers/:id/contact-points',
    '/customers/:id/contact-channels?purpose=service',
    '/customers/:id/timeline',
    '/customers/:id/relations',
    '/customer-birthdays?days=60',
    '/customer-changes?month=2026-01&field=email',
    '/customer-changes/export?month=2026-01&format=csv',
    '/customers/export?format=csv',
  ])('%s', async (path) => {
    const at = `/api/v1${path.replace(':id', id)}`
    const open = await (await app.request(at)).text()
    const shut = await app.request(at, {}, blind)
    expect(shut.status).toBe(200)
    const text = await shut.text()
    for (const secret of secrets) expect(text, secret).not.toContain(secret)
    if (!/timeline|relations|birthdays|search/.test(path)) expect(secrets.some((secret) => open.includes(secret))).toBe(true)
  })

  test('it is not found out by searching, by age, or by trying duplicates', async () => {
    const eyes = app.as(api, blind)
    for (const q of ['canary.4711', 'canary', '13947114711', '4711']) {
      expect((await eyes.search({ q })).items).toEqual([])
      expect((await eyes.list({ q, count: true })).items).toEqual([])
    }
    expect((await eyes.search({ q: 'hidden hed' })).items.map((hit) => hit.name)).toEqual(['Hidden Hedwig'])
    expect((await eyes.list({ q: 'hidden', sort: 'name' })).items.map(({ name }) => name)).toEqual(['Hidden Hedwig'])
    await expect(eyes.list({ ageFrom: 70 })).rejects.toMatchObject({ reason: 'hidden-field' })
    await expect(app.as(api, holder('customers.read')).duplicates({ email: canary.email })).rejects.toMatchObject({ status: 403 })
  })

  test('whoever changes what they cannot see takes nothing away', async () => {
    const eyes = app.as(api, blind)
    const { keyPersons } = await eyes.one({ id })
    expect(keyPersons[0]).toMatchObject({ email: null, phone: null, birthday: null })
    await eyes.changeKeyPerson({ ...keyPersons[0]!, id, personId: keyPersons[0]!.id, note: 'seen' })
    expect((await call().one({ id })).keyPersons[0]).toMatchObject({ email: canary.email, birthday: canary.birthday, note: 'seen' })
  })
})
