import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '#platform/database/testing.ts'
import { blankerOf } from '#platform/http/personal.ts'
import { createLog } from '#platform/log.ts'
import { modules } from '../src/modules.ts'
import { startProduct } from '../src/product.ts'
import { type App, startApp, testConfiguration } from './app.ts'

test('whatever shows contact data is noted: every read with a marked field says who is looked at', () => {
  const silent = modules.flatMap(({ name, api }) =>
    Object.entries(api)
      .filter(([, endpoint]) => endpoint.method === 'GET' && endpoint.notes === undefined && blankerOf(endpoint.result) !== null)
      .map(([endpoint]) => `${name}.${endpoint}`),
  )
  expect(silent).toEqual([])
})

describe('what the house says of itself', () => {
  let app: App
  beforeAll(async () => {
    app = await startApp()
  })
  afterAll(() => app.close())

  test('it is alive and ready, and measures itself', async () => {
    expect((await app.request('/healthz', {}, null)).status).toBe(200)
    expect((await app.request('/readyz', {}, null)).status).toBe(200)
    const metrics = await (await app.request('/metrics', {}, null)).text()
    expect(metrics).toMatch(/^patron_resident_bytes \d+$/m)
    expect(metrics).toContain('# TYPE patron_request_seconds histogram')
  })

  test('OpenAPI 3.1 describes every endpoint, with every field that its path names', async () => {
    const described = (await (await app.request('/api/openapi.json', {}, null)).json()) as {
      openapi: string
      paths: Record<string, Record<string, { operationId: string; parameters: { name: string; in: string }[] }>>
    }
    expect(described.openapi).toMatch(/^3\.1\./)
    const ids = Object.values(described.paths).flatMap((methods) => Object.values(methods).map((o) => o.operationId))
    // Pages for customers are read by people, not by programs.
    const forPrograms = modules.flatMap(({ name, api }) =>
      Object.entries(api).flatMap(([one, { kind }]) => (kind === 'page' ? [] : [`${name}.${one}`])),
    )
    expect(new Set(ids)).toEqual(new Set(forPrograms))
    for (const [path, methods] of Object.entries(described.paths))
      for (const operation of Object.values(methods)) {
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1])
        expect(operation.parameters.filter((p) => p.in === 'path').map((p) => p.name)).toEqual(named)
      }
  })

  test('the documents are a page without scripts', async () => {
    const response = await app.request('/api/docs', {}, null)
    expect(response.headers.get('content-type')).toContain('text/html')
    const page = await response.text()
    expect(page).not.toContain('<script')
    for (const module of modules) if (Object.keys(module.api).length > 0) expect(page).toContain(`id="${module.name}"`)
  })

  test('every answer carries the headers that keep other sites out', async () => {
    const { headers } = await app.request('/api/v1/organization/state', {}, null)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toContain('no-store')
  })

  test.each([
    ['another site by its origin', { origin: 'https://evil.example' }],
    ['another site by what the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour on the same domain', { 'sec-fetch-site': 'same-site' }],
  ])('a write from %s is refused', async (_from, headers) => {
    const response = await app.request('/api/v1/customers', {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', ...headers },
    })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ reason: 'foreign-origin' })
  })

  test.each([
    ['no JSON', '{', 'application/json', 'bad-json'],
    ['a list', '[]', 'application/json', 'bad-json'],
    ['another type', '{}', 'text/plain', 'bad-json'],
  ])('a body that is %s gets a clear answer', async (_what, body, type, reason) => {
    const response = await app.request('/api/v1/customers', { method: 'POST', body, headers: { 'content-type': type } })
    expect(response.status).toBe(422)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ reason })
  })

  test('a NUL in a text is refused, not a failure of ours', async () => {
    const body = JSON.stringify({ name: 'A\u0000B', kind: 'person' })
    const response = await app.request('/api/v1/customers', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    expect(response.status).toBe(422)
  })

  test('what does not exist is a problem too', async () => {
    expect((await app.request('/api/v1/nothing-here')).status).toBe(404)
  })
})

test('the product starts, answers, and stops gracefully', async () => {
  const scratch = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'patron-house-'))
  try {
    const product = await startProduct({
      configuration: testConfiguration(folder),
      databaseUrl: scratch.url,
      modules,
      roles: ['web', 'worker'],
      log: createLog('error'),
      safety: { unsafeForTests: true },
    })
    const { origin, pathname, searchParams } = new URL(product.address!)
    expect(pathname).toBe('/first-administrator')
    expect(searchParams.get('token')!.length).toBeGreaterThan(30)
    expect(await (await fetch(`${origin}/readyz`)).text()).toBe('ready')
    await product.stop()
    await expect(fetch(`${origin}/readyz`)).rejects.toThrow()
  } finally {
    await scratch.close()
    await rm(folder, { recursive: true, force: true })
  }
})
