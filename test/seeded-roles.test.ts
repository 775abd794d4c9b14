import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { api as organizationApi } from '#modules/organization/api.ts'
import { createUser, grantsOf, seedRoles } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import type { Endpoint } from '#platform/contract.ts'
import { builtInRoles } from '#platform/module.ts'
import { actorOf } from '#platform/sign-in/actors.ts'
import { modules } from '../src/modules.ts'
import { type App, startApp } from './app.ts'
import { type Answer, addressOf, ask } from './ask.ts'
import { absent, canaryOf, makeCanaries, subjectRows, type Things, users } from './canaries.ts'
import { meanings } from './id-fields.table.ts'
import { idFieldsOf, withId } from './id-fields.ts'
import { grants } from './permissions.table.ts'

// Each role of a fresh installation, as it lies in the database and not as a test makes it up, at each endpoint: once as it is seeded, and once when it reaches no further than a team.

const endpoints = modules
  .flatMap(({ api }) => Object.values(api))
  .filter(({ permission }) => permission !== 'public')
  // What ends sessions or takes something away comes last.
  .toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))

let app: App
let things: Things
const ids = new Map<string, string>()
beforeAll(async () => {
  app = await startApp()
  things = await makeCanaries(app)
  await app.transaction(async (context) => {
    await seedRoles(context.db, modules)
    for (const role of builtInRoles) {
      const { user } = await createUser(context, { name: `Holder ${role}`, email: `holder.${role}@example.com`, roles: [role] })
      ids.set(role, user.id)
    }
  })
  const organization = app.as(organizationApi)
  const department = await organization.createDepartment({ name: 'Sales', parentId: null, headId: null, deputyIds: [], calendarId: null })
  const memberIds = [...ids.values(), users.colleague]
  await organization.createTeam({ departmentId: department.id, name: 'First', memberIds })
  await organization.createTeam({ departmentId: department.id, name: 'Second', memberIds: [users.stranger] })
}, 60_000)
afterAll(() => app.close())

/** Whoever holds a role, as a request finds them. */
async function holderOf(role: string): Promise<Actor> {
  const id = ids.get(role)!
  return actorOf({ id, name: role }, await grantsOf(app.db, id), { kind: 'session', id: absent })
}

/** A stranger's things wherever the input takes one; where it takes none of a kind, an id that leads nowhere. */
function strangersInput(endpoint: Endpoint): Record<string, unknown> {
  const kinds = meanings[addressOf(endpoint)] ?? {}
  const fields = idFieldsOf(endpoint).filter((field) => !/\W/.test(field))
  return Object.assign({}, ...fields.map((field) => withId(field, things[kinds[field] ?? '']?.stranger ?? absent)))
}
const isMissing = ({ status, text }: Answer, { permission }: Endpoint) =>
  status === 403 && text.includes('"permission-missing"') && text.includes(`"${permission}"`)

test.each(builtInRoles)('%s may do as it is seeded what the table says, and nothing else', { timeout: 60_000 }, async (role) => {
  const actor = await holderOf(role)
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:\w+/g, absent)
    const body = endpoint.method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }
    const response = await app.request(`/api/v1${path}`, { method: endpoint.method, ...body }, actor)
    const answer = { status: response.status, text: await response.text() }
    expect(isMissing(answer, endpoint), `${addressOf(endpoint)}: ${answer.text}`).toBe(!grants[addressOf(endpoint)]!.roles.includes(role))
    expect(answer.status, `${addressOf(endpoint)}: ${answer.text}`).toBeLessThan(500)
  }
})

describe('where roles reach no further than a team', () => {
  beforeAll(() => app.db.updateTable('organization.role_permission').set({ scope: 'team' }).execute())
  test.each(builtInRoles)('%s meets nobody of another team at any endpoint', { timeout: 60_000 }, async (role) => {
    const actor = await holderOf(role)
    expect(actor.reach('organization.read')).toEqual([...ids.values(), users.colleague].toSorted())
    const before = await strangersRows()
    for (const endpoint of endpoints) {
      const address = addressOf(endpoint)
      const answer = await ask(app, endpoint, strangersInput(endpoint), actor)
      expect(isMissing(answer, endpoint), `${address}: ${answer.text}`).toBe(!grants[address]!.roles.includes(role))
      expect(answer.status, `${address}: ${answer.text}`).toBeLessThan(500)
      expect(answer.text, address).not.toMatch(canaryOf('stranger'))
      if (endpoint.about === 'everybody') expect([403, 422], `${address}: ${answer.text}`).toContain(answer.status)
    }
    expect(await strangersRows()).toEqual(before)
    if (!actor.can('customers.read')) return
    const { items } = await app.as(customersApi, actor).list({ q: 'canary' })
    expect(items.map(({ name }) => name)).toEqual(['Canary colleague'])
  })
  const strangersRows = () => subjectRows(app, [things.customer!.stranger, things.friend!.stranger])
})
