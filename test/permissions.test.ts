import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Endpoint, placeholders } from '#platform/contract.ts'
import { builtInRoles } from '#platform/module.ts'
import { modules } from '../src/modules.ts'
import { type App, holder, startApp } from './app.ts'
import { grants } from './permissions.table.ts'

const endpoints = modules.flatMap((module) =>
  Object.entries(module.api).map(([name, endpoint]) => ({ id: `${module.name}.${name}`, module, endpoint })),
)
const address = ({ method, path }: Endpoint) => `${method} ${path}`

describe('the table of endpoints', () => {
  test('every endpoint stands in the table with its permission, and the table names nothing else', () => {
    const actual = Object.fromEntries(endpoints.map(({ endpoint }) => [address(endpoint), endpoint.permission]).sort())
    expect(actual).toEqual(
      Object.fromEntries(
        Object.entries(grants)
          .map(([where, grant]) => [where, grant.permission])
          .sort(),
      ),
    )
  })
  test('no two endpoints share an address', () =>
    expect(new Set(endpoints.map(({ endpoint }) => address(endpoint))).size).toBe(endpoints.length))
  test('every permission belongs to its module, and reading is called reading', () => {
    for (const { id, module, endpoint } of endpoints) {
      if (endpoint.permission === 'public') continue
      expect(Object.keys(module.permissions), id).toContain(endpoint.permission)
      expect(endpoint.permission.startsWith(`${module.name}.`), id).toBe(true)
    }
  })
  test('every placeholder of a path is a field of the input', () => {
    for (const { id, endpoint } of endpoints) {
      const shape = 'shape' in endpoint.input ? Object.keys(endpoint.input.shape as object) : []
      for (const field of placeholders(endpoint.path)) expect(shape, `${id} takes :${field} from its path`).toContain(field)
    }
  })
  test('a role of a fresh installation may do just what the table says', () => {
    for (const { endpoint, module } of endpoints) {
      if (endpoint.permission === 'public') continue
      const roles = builtInRoles.filter((role) => role === 'administrator' || module.permissions[endpoint.permission]!.includes(role))
      expect(roles, address(endpoint)).toEqual(builtInRoles.filter((role) => grants[address(endpoint)]!.roles.includes(role)))
    }
  })
})

describe('over HTTP', () => {
  let app: App
  beforeAll(async () => {
    app = await startApp()
  })
  afterAll(() => app.close())
  const send = (endpoint: Endpoint, actor: Parameters<App['request']>[2]) => {
    const path = endpoint.path.replace(/:\w+/g, '0198c0de-0000-7000-8000-000000000000')
    const body = endpoint.method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }
    return app.request(`/api/v1${path}`, { method: endpoint.method, ...body }, actor)
  }
  const closed = endpoints.filter(({ endpoint }) => endpoint.permission !== 'public')
  test.each(closed)('$id refuses nobody in particular with 401', async ({ endpoint }) => {
    const response = await send(endpoint, null)
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
  })
  test.each(closed)('$id refuses everybody without its permission, before it looks at the input', async ({ endpoint }) => {
    const others = closed.map((e) => e.endpoint.permission).filter((p) => p !== endpoint.permission)
    const response = await send(endpoint, holder(...new Set(others)))
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ reason: 'permission-missing', values: { permission: endpoint.permission } })
  })
  test.each(closed)('$id lets its holder in', async ({ endpoint }) => {
    const response = await send(endpoint, holder(endpoint.permission))
    expect([401, 403]).not.toContain(response.status)
    expect(response.status).toBeLessThan(500)
  })
})
