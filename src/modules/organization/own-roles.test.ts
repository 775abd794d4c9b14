import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DoorApp, startDoor } from '#test/door.ts'
import { modules } from '../../modules.ts'
import { seedRoles } from './public.ts'

const url = '/api/v1/organization'
let app: DoorApp
let cookie: string
beforeAll(async () => {
  app = await startDoor()
  cookie = await app.firstAdministrator()
})
afterAll(() => app.close())
const asAdmin = (method: string, path: string, body: object | null = null) => app.call(method, `${url}${path}`, body, { cookie })
const names = (en: string, cn = '', tw = '') => ({ en, 'zh-CN': cn, 'zh-TW': tw })
interface Wire {
  readonly name: string
  readonly permissions: Readonly<Record<string, string>>
}
const permissionsOf = async (role: string) =>
  ((await asAdmin('GET', '/roles')).body.roles as Wire[]).find(({ name }) => name === role)?.permissions

describe('roles that the company makes', () => {
  test('begin with what another role may do, are named in the languages, held by people, renamed and removed', async () => {
    const made = await asAdmin('POST', '/roles', { names: names('Front desk', '前台', '櫃檯'), copiedFrom: 'store-clerk' })
    expect(made).toMatchObject({ status: 200, body: { name: 'front-desk', names: { en: 'Front desk', 'zh-CN': '前台' } } })
    expect(await permissionsOf('front-desk')).toEqual(await permissionsOf('store-clerk'))
    expect(await permissionsOf('front-desk')).toMatchObject({ 'customers.read': 'all', 'orders.write': 'all' })
    const { cookie: theirs, id } = await app.colleague('desk@example.com', ['front-desk'])
    expect((await app.call('GET', '/api/v1/customers?limit=1', null, { cookie: theirs })).status).toBe(200)
    expect((await app.call('GET', `${url}/roles`, null, { cookie: theirs })).status).toBe(403)
    // Whoever holds a role reads what it is called.
    const read = await app.call('GET', `${url}/role-names`, null, { cookie: theirs })
    expect(read.body.roles).toContainEqual({ name: 'front-desk', names: names('Front desk', '前台', '櫃檯') })
    expect(read.body.roles).toContainEqual({ name: 'agent', names: null })
    const renamed = { before: names('Front desk', '前台', '櫃檯'), names: names('Reception', '接待') }
    expect((await asAdmin('PUT', '/roles/front-desk/names', renamed)).body).toMatchObject({
      name: 'front-desk',
      names: { en: 'Reception' },
    })
    expect((await asAdmin('PUT', '/roles/front-desk/names', renamed)).body).toMatchObject({ reason: 'changed-meanwhile' })
    expect((await asAdmin('DELETE', '/roles/front-desk', { before: names('Front desk', '前台', '櫃檯') })).body).toMatchObject({
      reason: 'changed-meanwhile',
    })
    expect(await asAdmin('DELETE', '/roles/front-desk', { before: names('Reception', '接待') })).toMatchObject({
      status: 409,
      body: { reason: 'role-held' },
    })
    await app.transaction(({ db }) => db.deleteFrom('organization.user_role').where('user_id', '=', id).execute())
    expect((await asAdmin('DELETE', '/roles/front-desk', { before: names('Reception', '接待') })).status).toBe(200)
    expect(await permissionsOf('front-desk')).toBeUndefined()
  })

  test('have no name that another one has, and the product’s own stay', async () => {
    await asAdmin('POST', '/roles', { names: names('Bar', '吧台'), copiedFrom: 'agent' })
    expect((await asAdmin('POST', '/roles', { names: names('bar'), copiedFrom: 'agent' })).body).toMatchObject({
      reason: 'role-name-taken',
    })
    expect((await asAdmin('POST', '/roles', { names: names(''), copiedFrom: 'agent' })).status).toBe(422)
    expect((await asAdmin('POST', '/roles', { names: names('X'), copiedFrom: 'nobody' })).body).toMatchObject({ reason: 'no-such-role' })
    expect((await asAdmin('DELETE', '/roles/agent', { before: names('x') })).body).toMatchObject({ reason: 'role-built-in' })
    const rename = await asAdmin('PUT', '/roles/agent/names', { before: names('x'), names: names('Y') })
    expect(rename.body).toMatchObject({ reason: 'role-built-in' })
  })

  test('are never more than whoever makes them', async () => {
    await asAdmin('POST', '/roles', { names: names('Keeper of users'), copiedFrom: 'agent' })
    await app.transaction(({ db }) =>
      db
        .insertInto('organization.role_permission')
        .values({ role: 'keeper-of-users', permission: 'organization.manage-users', scope: 'all' })
        .execute(),
    )
    const { cookie: theirs } = await app.colleague('keeper@example.com', ['keeper-of-users'])
    const copy = (copiedFrom: string) =>
      app.call('POST', `${url}/roles`, { names: names(`Copy of ${copiedFrom}`), copiedFrom }, { cookie: theirs })
    expect((await copy('administrator')).body).toMatchObject({ reason: 'beyond-own-rights' })
    expect((await copy('agent')).status).toBe(200)
  })
})

describe('staff', () => {
  test('is looked after by human resources, who see no customers; everybody sees their own file', async () => {
    const { cookie: hr } = await app.colleague('hr@example.com', ['human-resources'])
    const { cookie: agent, id } = await app.colleague('agent@example.com', ['agent'])
    const call = (method: string, path: string, body: object | null, who: string) => app.call(method, path, body, { cookie: who })
    expect((await call('GET', '/api/v1/customers?limit=1', null, hr)).status).toBe(403)
    expect((await call('GET', `${url}/users`, null, hr)).status).toBe(403)
    const { people, withoutValueRole } = (await call('GET', `${url}/staff-summary`, null, hr)).body as Record<string, number>
    expect(withoutValueRole).toBe(people)
    const file = {
      title: 'Agent',
      valueRole: 'Listens first',
      experience: 2,
      skills: { attitude: 4 },
      traits: {},
      languages: ['zh-CN'],
      fields: [],
      version: 0,
    }
    expect((await call('PUT', `${url}/staff/${id}`, file, agent)).status).toBe(403)
    expect((await call('PUT', `${url}/staff/${id}`, file, hr)).status).toBe(200)
    expect((await call('GET', `${url}/staff-summary`, null, hr)).body).toEqual({ people, withoutValueRole: people! - 1 })
    expect((await call('GET', `${url}/staff`, null, agent)).status).toBe(403)
    expect((await call('GET', `${url}/staff/myself`, null, agent)).body).toMatchObject({ userId: id, valueRole: 'Listens first' })
    expect((await call('GET', `${url}/staff/myself`, null, hr)).body).toMatchObject({ valueRole: null, version: 0 })
  })
})

test('a role that comes with a later version gets what is meant for it; what was taken from others stays away', async () => {
  const { db } = app.database
  await db.deleteFrom('organization.role').where('name', '=', 'salesperson').execute()
  await db.deleteFrom('organization.role_permission').where('role', '=', 'agent').where('permission', '=', 'orders.write').execute()
  await seedRoles(db, modules)
  expect(await permissionsOf('salesperson')).toMatchObject({ 'customers.write': 'all', 'orders.write': 'all' })
  expect(await permissionsOf('agent')).not.toHaveProperty('orders.write')
})
