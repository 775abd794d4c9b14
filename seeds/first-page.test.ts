import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DoorApp, startDoor } from '#test/door.ts'
import { refuseAwayFromLoopback, showDemo } from './demo.ts'

let door: DoorApp
beforeAll(async () => {
  door = await startDoor()
}, 60_000)
afterAll(() => door.close())

test('who has just become the first administrator may load the demo company, others may not', async () => {
  expect((await door.call('GET', '/api/v1/demo')).status).toBe(401)
  const cookie = await door.firstAdministrator()
  expect((await door.call('GET', '/api/v1/demo', null, { cookie })).body).toEqual({ state: 'none', possible: true, steps: [] })
  const agent = await door.colleague('grace@example.com', ['agent'])
  expect((await door.call('POST', '/api/v1/demo', {}, { cookie: agent.cookie })).status).toBe(403)
  const asked = await door.call('POST', '/api/v1/demo', {}, { cookie })
  expect(asked.status).toBe(200)
  const state = await door.call('GET', '/api/v1/demo', null, { cookie })
  expect(state.body).toMatchObject({ state: 'loading', possible: false, steps: [{ step: 'prepare', state: 'waiting', problem: null }] })
  expect((await door.call('POST', '/api/v1/demo', {}, { cookie })).body).toEqual(asked.body)
})

test('a book with a customer is never mixed with invented ones', async () => {
  const other = await startDoor()
  try {
    const cookie = await other.firstAdministrator()
    const made = await other.call('POST', '/api/v1/customers', { values: { name: 'Real Person' } }, { cookie })
    expect(made.status).toBe(200)
    expect((await other.call('GET', '/api/v1/demo', null, { cookie })).body).toMatchObject({ state: 'none', possible: false })
    const refused = await other.call('POST', '/api/v1/demo', {}, { cookie })
    expect(refused).toMatchObject({ status: 409, body: { reason: 'book-not-empty' } })
    const product = { database: other.database, address: null, contextOf: () => Promise.reject() as never }
    await expect(showDemo(product, () => {})).rejects.toThrow(/holds customers already/)
  } finally {
    await other.close()
  }
}, 60_000)

test.each([
  ['127.0.0.1', false, true],
  ['localhost', false, true],
  ['::1', false, true],
  ['127.9.9.9', false, true],
  ['0.0.0.0', false, false],
  ['127.0.0.1.example.com', false, false],
  ['0.0.0.0', true, true],
])('the demo on %s, told to be public: %s', (host, demoPublic, allowed) => {
  const look = expect(() => refuseAwayFromLoopback({ host, demoPublic }))
  if (allowed) look.not.toThrow()
  else look.toThrow(/PATRON_DEMO_PUBLIC=1/)
})
