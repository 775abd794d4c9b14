import { beforeAll, describe, expect, test } from 'vitest'
import { holder } from '#test/app.ts'
import { archive, without } from '#test/archive.ts'
import { api } from './api.ts'

const { app, call, create } = archive()

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
    const open = await (await app().request(at)).text()
    const shut = await app().request(at, {}, blind)
    expect(shut.status).toBe(200)
    const text = await shut.text()
    for (const secret of secrets) expect(text, secret).not.toContain(secret)
    if (!/timeline|relations|birthdays|search/.test(path)) expect(secrets.some((secret) => open.includes(secret))).toBe(true)
  })

  test('it is not found out by searching, by age, or by trying duplicates', async () => {
    const eyes = app().as(api, blind)
    for (const q of ['canary.4711', 'canary', '13947114711', '4711']) {
      expect((await eyes.search({ q })).items).toEqual([])
      expect((await eyes.list({ q, count: true })).items).toEqual([])
    }
    expect((await eyes.search({ q: 'hidden hed' })).items.map((hit) => hit.name)).toEqual(['Hidden Hedwig'])
    expect((await eyes.list({ q: 'hidden', sort: 'name' })).items.map(({ name }) => name)).toEqual(['Hidden Hedwig'])
    await expect(eyes.list({ ageFrom: 70 })).rejects.toMatchObject({ reason: 'hidden-field' })
    await expect(app().as(api, holder('customers.read')).duplicates({ email: canary.email })).rejects.toMatchObject({ status: 403 })
  })

  test('whoever changes what they cannot see takes nothing away', async () => {
    const eyes = app().as(api, blind)
    const { keyPersons } = await eyes.one({ id })
    expect(keyPersons[0]).toMatchObject({ email: null, phone: null, birthday: null })
    await eyes.changeKeyPerson({ ...keyPersons[0]!, id, personId: keyPersons[0]!.id, note: 'seen' })
    expect((await call().one({ id })).keyPersons[0]).toMatchObject({ email: canary.email, birthday: canary.birthday, note: 'seen' })
  })
})
