import { globSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { archive } from '#test/archive.ts'
import { approachesTo, mayContact, thoseWhoMayBeContacted } from './public.ts'
import { consentSetting } from './settings.ts'

const { app, call, create, named, set } = archive()

describe('consent (H-17)', () => {
  test('a consent opens one gate, a withdrawal of everything shuts all at once', async () => {
    const { id } = await create({ name: 'Consenting Carla', email: 'carla@example.com', phone: '13800138000' })
    const may = (purpose: string, channel: 'email' | 'phone') => mayContact(app().db, id, purpose, channel)
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
      const may = await thoseWhoMayBeContacted(app().db, people, purpose, 'email')
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

  test('customers are looked after without a purpose for it, and both gates say so', async () => {
    await set(consentSetting, { purposes: consentSetting.initial.purposes.filter(({ key }) => key !== 'service') })
    const { id } = await create({ name: 'Served Sara', email: 'sara@example.com' })
    const gates = async () => [
      await mayContact(app().db, id, 'service', 'email'),
      (await approachesTo(app().db, [id], 'service')).get(id)!.offered.some(({ channel }) => channel === 'email'),
    ]
    expect(await gates()).toEqual([true, true])
    await call().noteConsent({ id, purpose: 'all', channel: 'all', given: false, origin: 'phone' })
    expect(await gates()).toEqual([false, false])
    await set(consentSetting, consentSetting.initial)
  })
})

describe('the text that was agreed to (H-17)', () => {
  const news = (version: number, en: string) => ({
    purposes: [
      ...consentSetting.initial.purposes,
      { key: 'news', needs: 'consent', version, names: { en: 'News', 'zh-CN': '', 'zh-TW': '' }, texts: { en, 'zh-CN': '', 'zh-TW': '' } },
    ],
  })

  test('can be read for good, also after it was replaced and after its purpose is gone', async () => {
    const { id } = await create({ name: 'Reading Rhea' })
    const agree = () => call().noteConsent({ id, purpose: 'news', channel: 'email', given: true, origin: 'form' })
    await set(consentSetting, news(1, 'One letter a month.'))
    await agree()
    await set(consentSetting, news(2, 'A letter whenever we like.'))
    await agree()
    await set(consentSetting, consentSetting.initial)
    await call().noteConsent({ id, purpose: 'marketing', channel: 'email', given: true, origin: 'form' })
    const { texts } = await call().consents({ id })
    expect(texts.map(({ purpose, version, texts: { en } }) => `${purpose} ${version}: ${en}`).toSorted()).toEqual([
      'marketing 1: We may tell you about our offers, news and events.',
      'news 1: One letter a month.',
      'news 2: A letter whenever we like.',
    ])
  })

  test('a version is one text for good', async () => {
    await set(consentSetting, news(7, 'Seven.'))
    const refused = { reason: 'text-of-version', values: { version: 7 } }
    await expect(set(consentSetting, news(7, 'Seven, and more.'))).rejects.toMatchObject(refused)
    await set(consentSetting, news(8, 'Seven, and more.'))
    await expect(set(consentSetting, news(7, 'Something else.'))).rejects.toMatchObject(refused)
    await set(consentSetting, news(7, 'Seven.'))
    await set(consentSetting, consentSetting.initial)
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

  test('what they like stands first, what they refused is told, and free words are no preference', async () => {
    const { id, version } = await create({
      name: 'Reachable Rosa',
      phone: '13800138007',
      email: 'rosa@example.com',
      address: '1 Lake Road',
    })
    await expect(call().change({ id, version, values: { preferredChannel: 'by pigeon' as never } })).rejects.toThrow('Invalid option')
    await call().change({ id, version, values: { preferredChannel: 'letter' } })
    await call().noteConsent({ id, purpose: 'service', channel: 'message', given: false, origin: 'talk' })
    const { channels, refused, liked } = await call().contactChannels({ id, purpose: 'service' })
    expect(channels.map(({ channel, preferred }) => [channel, preferred])).toEqual([
      ['letter', true],
      ['phone', false],
      ['email', false],
    ])
    expect([refused, liked]).toEqual([['message'], 'letter'])
  })

  test('free words of before become the channel that they name; others are kept in the note', async () => {
    const words = { WeChat: 'chat', 'by SMS please': 'message', 邮件: 'email', 'Call me': 'phone', 拜访: 'visit', 'carrier pigeon': null }
    const people = new Map<string, string>()
    for (const word of Object.keys(words)) {
      const { id } = await create({ name: `Worded ${word}`, note: 'kept' })
      people.set(word, id)
      await sql`update customers.customer set extended = jsonb_build_object('preferredChannel', ${word}::text) where customer_id = ${id}`.execute(
        app().db,
      )
    }
    const [file = ''] = globSync('db/migrations/*_approaches.sql')
    for (const statement of readFileSync(file, 'utf8')
      .split(/;\n/)
      .filter((one) => /^update /m.test(one)))
      await sql.raw(statement).execute(app().db)
    for (const [word, channel] of Object.entries(words)) {
      const { values } = await call().one({ id: people.get(word)! })
      expect([values.preferredChannel, values.note], word).toEqual([channel, channel === null ? `kept\n${word}` : 'kept'])
    }
  })

  test('of many at once the same is told as of one, and service goes on where the company lists no such purpose', async () => {
    const one = await create({ name: 'Approached Ada', phone: '13800138008' })
    const other = await create({ name: 'Approached Abel', email: 'abel@example.com' })
    await call().addContactPoint({ id: other.id, kind: 'messenger', value: 'abel', preferred: true })
    await call().noteConsent({ id: one.id, purpose: 'all', channel: 'all', given: false, origin: 'phone' })
    const { purposes } = consentSetting.initial
    const offered = async () => {
      const found = await approachesTo(app().db, [one.id, other.id, crypto.randomUUID()], 'service')
      return [one, other].map(({ id }) => found.get(id)!.offered.map(({ channel }) => channel))
    }
    const before = await offered()
    expect(before).toEqual([[], ['chat', 'email']])
    await set(consentSetting, { purposes: purposes.filter(({ key }) => key !== 'service') })
    expect(await offered()).toEqual(before)
    await set(consentSetting, { purposes })
  })

  test('a stale change is refused, a removed one finds nobody any more, and the history keeps both', async () => {
    const { id } = await create({ name: 'Reachable Rolf' })
    const point = await call().addContactPoint({ id, kind: 'messenger', value: 'rolf-on-line' })
    await call().changeContactPoint({ id, pointId: point.id!, version: 1, value: 'rolf-elsewhere' })
    await expect(call().changeContactPoint({ id, pointId: point.id!, version: 1, value: 'x' })).rejects.toMatchObject({
      reason: 'changed-meanwhile',
    })
    await call().removeContactPoint({ id, pointId: point.id!, version: point.version + 1 })
    expect((await call().search({ q: 'rolf-elsewhere' })).items).toEqual([])
    expect((await call().changes({ id })).items.filter(({ field }) => field === 'contactPoint')).toHaveLength(3)
  })

  test('no e-mail address is refused as one', async () => {
    const { id } = await create({ name: 'Reachable Rita' })
    await expect(call().addContactPoint({ id, kind: 'email', value: 'rita' })).rejects.toMatchObject({ reason: 'no-email' })
  })
})
