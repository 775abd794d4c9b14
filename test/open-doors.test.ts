import { afterAll, beforeAll, expect, test } from 'vitest'
import { modules } from '../src/modules.ts'
import { addressOf } from './ask.ts'
import { type DoorApp, startDoor } from './door.ts'
import { openEndpoints, signInRoutes } from './public.table.ts'

let app: DoorApp
beforeAll(async () => {
  app = await startDoor()
})
afterAll(() => app.close())

test('what is open to anyone stands in the table with what it asks for instead', () => {
  const open = modules.flatMap(({ api }) => Object.values(api)).filter(({ permission }) => permission === 'public')
  expect(open.map(addressOf).toSorted()).toEqual(Object.keys(openEndpoints).toSorted())
})
test('what is open to anyone gives nobody anything for a token that was made up', async () => {
  await app.firstAdministrator()
  for (const address of Object.keys(openEndpoints)) {
    const [method = '', path = ''] = address.split(' ')
    const body = { token: 'x'.repeat(43), name: 'Eve', email: 'eve@example.com', password: 'nine purple herons dance' }
    const at = path.replace(':token', body.token)
    const answer = await app.call(method, path.startsWith('/p/') ? at : `/api/v1${at}`, method === 'GET' ? null : body)
    if (openEndpoints[address]!.startsWith('nothing')) expect(answer.status, address).toBe(200)
    else expect([401, 403, 404, 409, 422], `${address}: ${JSON.stringify(answer.body)}`).toContain(answer.status)
    expect(answer.cookie, address).toBe('')
  }
})
test('the routes of the door stand in the table', () => expect(app.signInRoutes.toSorted()).toEqual(Object.keys(signInRoutes).toSorted()))
test.each(Object.entries(signInRoutes))('%s lets in whoever has come as far as %s', async (route, needs) => {
  const [method = '', path = ''] = route.split(' ')
  const answer = await app.call(method, path, method === 'GET' ? null : {})
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500)
  if (needs === 'nobody') expect(answer.body.reason).not.toBe('sign-in-needed')
  else expect(answer).toMatchObject({ status: 401, body: { reason: 'sign-in-needed' } })
})
