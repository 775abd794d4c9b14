import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { importsApi } from '#platform/imports/api.ts'
import { runsApi } from '#platform/runs/api.ts'
import { requestRun } from '#platform/runs/store.ts'
import { type App, holder, startApp } from './app.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const json = (method: string, body: unknown, headers: Record<string, string> = {}) => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const customer = (name: string) => app.as(customersApi).create({ values: { name } })
const line = { product: 'P1', quantity: '1', unitPrice: '10' }

async function upload(fileName: string, file: string | Uint8Array): Promise<{ id: string; name: string; status?: number }> {
  const body = file as unknown as NonNullable<RequestInit['body']>
  return (await app.request(`/api/v1/import-files?fileName=${encodeURIComponent(fileName)}`, { method: 'POST', body })).json() as never
}

describe('bodies', () => {
  test('of no declared length are read no further than the limit', async () => {
    let taken = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        taken += 1 << 20
        controller.enqueue(new Uint8Array(1 << 20).fill(32))
      },
    })
    const response = await app.request('/api/v1/customers', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
    expect(taken).toBeLessThan(16 << 20)
  })
  test.each([
    ['half a character', '{"values":{"name":"a\\ud800b"}}', 'bad-json'],
    ['half a character in a name', '{"values":{"name":"a"},"x\\udc00":1}', 'bad-json'],
    ['a hundred thousand brackets', `{"values":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'bad-json'],
    ['a list', '[]', 'bad-json'],
    ['a character that cannot be stored', '{"values":{"name":"a\\u0000b"}}', 'bad-text'],
  ])('with %s are refused', async (_, body, reason) => {
    const response = await app.request('/api/v1/customers', json('POST', body))
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ reason })
  })
  test('cannot set what the server decides', async () => {
    const foreign = {
      id: '0198c0de-0000-7000-8000-000000000000',
      version: 99,
      profiling: false,
      createdBy: 'system',
      figures: { tier: 'platinum' },
    }
    const body = `{"__proto__":{"profiling":false},"constructor":{"prototype":{"x":1}},"values":${JSON.stringify({ name: 'Eve', ...foreign })},${JSON.stringify(foreign).slice(1)}`
    const made = (await (await app.request('/api/v1/customers', json('POST', body))).json()) as Record<string, unknown>
    expect(made).toMatchObject({ version: 1, profiling: true, createdBy: 'tester', figures: { tier: 'iron' } })
    expect(made.id).not.toBe(foreign.id)
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
  test('cannot overrule the address', async () => {
    const [mine, other] = [await customer('Mine'), await customer('Other')]
    const response = await app.request(
      `/api/v1/customers/${mine.id}`,
      json('PATCH', { id: other.id, version: 1, values: { note: 'changed' } }),
    )
    expect(await response.json()).toMatchObject({ id: mine.id })
    expect((await app.as(customersApi).one({ id: other.id })).values.note).toBeNull()
  })
})

describe('other people’s things', () => {
  test('a key person of one customer is none of another', async () => {
    const [a, b] = [await customer('A'), await customer('B')]
    const person = await app.as(customersApi).addKeyPerson({ id: a.id, name: 'Near A' })
    await expect(app.as(customersApi).changeKeyPerson({ id: b.id, personId: person.id, version: 1, name: 'Stolen' })).rejects.toMatchObject(
      {
        status: 404,
      },
    )
    await expect(app.as(customersApi).removeKeyPerson({ id: b.id, personId: person.id, version: 1 })).rejects.toMatchObject({ status: 404 })
  })
  test('saved views are one’s own', async () => {
    const [ada, eve] = [
      { ...holder('customers.read'), id: 'ada' },
      { ...holder('customers.read'), id: 'eve' },
    ]
    const view = await app
      .as(customersApi, ada)
      .saveView({ name: 'best', version: 0, definition: { query: { tier: 'gold' }, columns: [] } })
    expect(await app.as(customersApi, eve).views({})).toEqual({ items: [] })
    await expect(app.as(customersApi, eve).removeView({ viewId: view.id, version: 1 })).rejects.toMatchObject({ status: 404 })
    await app.as(customersApi, eve).saveView({ name: 'best', version: 0, definition: { query: {}, columns: [] } })
    expect((await app.as(customersApi, ada).views({})).items).toEqual([view])
  })
  test('a key of somebody else, or of another write, replays nothing', async () => {
    const write = { ...holder('customers.read', 'customers.write') }
    const [ada, eve] = [
      { ...write, id: 'ada' },
      { ...write, id: 'eve' },
    ]
    const as = (actor: typeof ada) => app.as(customersApi, actor)
    const first = await as(ada).create({ values: { name: 'Once' } }, { idempotencyKey: 'k' })
    expect((await as(ada).create({ values: { name: 'Once' } }, { idempotencyKey: 'k' })).id).toBe(first.id)
    expect((await as(eve).create({ values: { name: 'Once' } }, { idempotencyKey: 'k' })).id).not.toBe(first.id)
    await expect(as(ada).create({ values: { name: 'Twice' } }, { idempotencyKey: 'k' })).rejects.toMatchObject({ reason: 'key-reused' })
    await expect(as(ada).addKeyPerson({ id: first.id, name: 'N' }, { idempotencyKey: 'k' })).rejects.toMatchObject({ reason: 'key-reused' })
  })
  test('a run needs the permission of its kind, not only that of runs', async () => {
    const run = {
      id: '0198c0de-0000-7000-8000-0000000000aa',
      kind: 'value.revalue',
      group: 'value',
      input: {},
      requestedBy: 'x',
      now: new Date(),
    }
    await requestRun(app.db, run)
    const other = app.as(runsApi, holder('runs.read', 'runs.write', 'imports.write'))
    await expect(other.cancel({ id: run.id })).rejects.toMatchObject({ status: 403, reason: 'permission-missing' })
    await expect(other.undo({ id: run.id })).rejects.toMatchObject({ status: 403 })
    expect(await other.one({ id: run.id })).toMatchObject({ state: 'waiting', mayCancel: false, mayUndo: false })
  })
  test('a saved mapping belongs to those who may import its kind', async () => {
    const importer = app.as(importsApi, holder('imports.read', 'imports.write', 'customers.write'))
    await expect(importer.mappings({ importer: 'spend' })).rejects.toMatchObject({ status: 403 })
    await expect(importer.deleteMapping({ importer: 'spend', name: 'x', version: 1 })).rejects.toMatchObject({ status: 403 })
  })
})

describe('where a request comes from', () => {
  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('a write that a browser sends from elsewhere is refused: %o', async (headers) => {
    const response = await app.request(
      'http://patron.test/api/v1/customers',
      json('POST', { values: { name: 'x' } }, { host: 'patron.test', ...headers }),
    )
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ reason: 'foreign-origin' })
  })
})

describe('files', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['a\r\nSet-Cookie: x=1.csv', 'a__Set-Cookie_ x=1.csv'],
    ['C:\\temp\\"x".csv', '_x_.csv'],
  ])('a name is only a name: %s', async (fileName, name) => expect(await upload(fileName, 'id\n1\n')).toMatchObject({ name }))
  test('nothing is kept of an upload that is refused', async () => {
    const before = await app.db.selectFrom('platform.file').select('id').execute()
    expect(await upload('', 'id\n1\n')).toMatchObject({ status: 422 })
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error('the sender went away'))
      },
    })
    await app.request('/api/v1/import-files?fileName=a.csv', { method: 'POST', body: broken, duplex: 'half' } as RequestInit)
    expect(await app.db.selectFrom('platform.file').select('id').execute()).toEqual(before)
  })
  test.each([
    ['an empty file', ''],
    ['bytes that are nothing', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)],
    ['a workbook that ends at once', 'PK\u0003\u0004'],
    ['packed bytes that are not', Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8])],
    ['a text that claims another encoding', Uint8Array.from([0xff, 0xfe, 0x41])],
  ])('%s is looked at without harm', async (_, file) => {
    const { id } = await upload('x.csv', file)
    const response = await app.request(`/api/v1/import-files/${id}/inspection`, json('POST', { importer: 'customers' }))
    expect([200, 422]).toContain(response.status)
  })
  test('a list that is taken away carries no formulas', async () => {
    const formulas = ['=cmd|"/c calc"!A1', '+1+1', '-2+3', '@SUM(1)', '\t=1', '＝1+1']
    for (const name of formulas) await customer(name)
    const csv = (await app.as(customersApi).export({ format: 'csv', columns: ['name'] })) as { text: string }
    const cells = csv.text.split('\r\n').map((cell) => cell.replace(/^"/, ''))
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
    expect(cells.filter((cell) => cell.startsWith("'"))).toHaveLength(formulas.length)
    const response = await app.request('/api/v1/customers/export?format=xlsx&columns=name')
    const { id } = await upload('x.xlsx', Buffer.from(await response.arrayBuffer()))
    const { samples } = await app.as(importsApi).inspect({ fileId: id, importer: 'customers' })
    expect(samples.flat()).toEqual(expect.arrayContaining(['=cmd|"/c calc"!A1', '@SUM(1)', '＝1+1']))
  })
})

describe('amounts', () => {
  const place = (customerId: string, lines: (typeof line)[]) => app.as(ordersApi).place({ customerId, lines })
  test.each([
    ['a quantity beyond measure', [{ ...line, quantity: '9999999999.999999' }]],
    ['a price beyond measure', [{ ...line, unitPrice: '9999999999.999999' }]],
    ['a product beyond measure', [{ ...line, quantity: '999999999', unitPrice: '999999999' }]],
    ['lines whose sum is beyond measure', Array.from({ length: 30 }, () => ({ ...line, quantity: '1', unitPrice: '9999999999' }))],
  ])('%s is refused', async (_, lines) => {
    const { id } = await customer('Big')
    await expect(place(id, lines)).rejects.toMatchObject({ status: 422, reason: 'too-large' })
  })
  test('of two orders with one number at the same moment only one is taken, whosesoever they are', async () => {
    const people = await Promise.all(['A', 'B', 'C', 'D'].map(customer))
    const placed = await Promise.allSettled(
      people.map(({ id }) => app.as(ordersApi).place({ customerId: id, number: 'N-1', lines: [line] })),
    )
    expect(placed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await app.as(ordersApi).find({ number: 'N-1' })).items).toHaveLength(1)
  })
})

test('the timeline is paged across entries of different modules, whatever their ids look like', async () => {
  const { id } = await customer('Everything')
  const at = new Date('2025-12-11T00:00:00Z')
  for (const summary of ['one', 'two'])
    await app.as(customersApi).logInteraction({ id, channel: 'call', direction: 'in', stage: 'after', summary, occurredAt: at })
  await app.as(ordersApi).place({ customerId: id, placedAt: at, lines: [line] })
  for (const [day, tier] of [
    ['2025-12-09', 'iron'],
    ['2025-12-10', 'gold'],
    ['2025-12-12', 'iron'],
  ] as const)
    await app.db
      .insertInto('value.assessment')
      .values({
        customer_id: id,
        as_of: day,
        run_id: id,
        tier,
        tier_reason: 'rank',
        value_label: 'low',
        profit_minor: 1,
        lifetime_value_minor: 1,
        expected_spend_minor: 1,
        expected_orders: 1,
      })
      .execute()
  const all = (await app.as(customersApi).timeline({ id })).items.map((entry) => entry.id)
  expect(all.length).toBeGreaterThanOrEqual(6)
  const paged: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await app.as(customersApi).timeline({ id, limit: 1, ...(cursor ? { cursor } : {}) })
    paged.push(...page.items.map((entry) => entry.id))
    cursor = page.next
  }
  expect(paged).toEqual(all)
})
