import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import type { Endpoint } from '#platform/contract.ts'
import { modules } from '../src/modules.ts'
import { type App, startApp } from './app.ts'
import { type Answer, addressOf, ask } from './ask.ts'
import { absent, canaryOf, makeCanaries, type Ownership, sendFile, subjectRows, type Things, users, whose } from './canaries.ts'
import { type CasePlace, caseAt } from './case-at.ts'
import { meanings } from './id-fields.table.ts'
import { idFieldsOf, withId } from './id-fields.ts'
import { plainInput } from './plain-input.ts'

// An id of somebody else's thing opens nothing, wherever an input takes one: in the path, the query, or the body, alone or below a customer of one's own.

const endpoints = modules.flatMap((module) => Object.values(module.api)).filter(({ about }) => about !== 'everybody')
const kindOf = (address: string, field: string): string | null => {
  const meaning = meanings[address]?.[field]
  return meaning === undefined || /^(house|mine|new): /.test(meaning) ? null : meaning
}

test('every id that an input takes has a meaning, and the table names nothing else', () => {
  const found = endpoints.flatMap((endpoint) => idFieldsOf(endpoint).map((field) => `${addressOf(endpoint)} ${field}`))
  const named = Object.entries(meanings).flatMap(([address, fields]) => Object.keys(fields).map((field) => `${address} ${field}`))
  expect(named.toSorted()).toEqual(found.toSorted())
})

/** What stands for a customer or a case of one's own beside another. */
const thingOf = (kind: string) => ({ friend: 'customer', otherCase: 'cases.case' })[kind] ?? kind
const inReach = modules.flatMap(({ things: resolved }) => Object.keys(resolved ?? {}))
/** Ids that the shell need not look at, because the action asks for no more than what it shows anyway. */
const unguarded: Readonly<Record<string, string>> = {
  'GET /customers/:customerId/cadence except': 'it leaves one out of the customer’s own',
  'POST /cases orderId': 'only an order of the case’s customer is taken, and any other refused like one that does not exist',
  'POST /desk/cases orderId': 'the same',
  'PATCH /cases/:caseId changes.orderId': 'the same',
  'POST /cases/:caseId/conversion record.orderId': 'the same',
}

test('what an endpoint says it is about is what its ids mean, and none of them goes unguarded', () => {
  const said = endpoints.flatMap((endpoint) =>
    typeof endpoint.about === 'string' ? [] : endpoint.about.map(({ thing, field }) => `${addressOf(endpoint)} ${field}: ${thing}`),
  )
  const meant = endpoints.flatMap((endpoint) =>
    endpoint.about === 'reach'
      ? []
      : Object.keys(meanings[addressOf(endpoint)] ?? {}).flatMap((field) => {
          const thing = thingOf(kindOf(addressOf(endpoint), field) ?? '')
          // A list is guarded whole.
          const place = `${addressOf(endpoint)} ${field.replace(/\[\]$/, '')}`
          return inReach.includes(thing) && !(place in unguarded) ? [`${place}: ${thing}`] : []
        }),
  )
  expect(said.toSorted()).toEqual(meant.toSorted())
})

/** Of these kinds others are tried besides those that lie open: who was merged into another, and what was withdrawn. */
const more: Readonly<Record<string, readonly string[]>> = { customer: ['alias', 'erased'], touch: ['withdrawnTouch'] }

let app: App
let things: Things
beforeAll(async () => {
  app = await startApp()
  things = await makeCanaries(app)
}, 60_000)
afterAll(() => app.close())

const ofOwners = (...owners: Ownership[]) => owners.flatMap((owner) => ['customer', 'friend'].map((kind) => things[kind]![owner]))

/** An input of one's own things, but for one field. */
async function inputOf(endpoint: Endpoint, field: string, id: string): Promise<Record<string, unknown>> {
  const address = addressOf(endpoint)
  const plain = plainInput(endpoint)
  const others = Object.keys(meanings[address] ?? {}).filter((one) => one !== field && one in plain && kindOf(address, one) !== null)
  const input = Object.assign({}, ...others.map((one) => withId(one, things[kindOf(address, one)!]!.own)), withId(field, id))
  if (field === 'change.ownerId') return { ids: [things.customer!.own], change: { what: 'owner', ownerId: id } }
  // Else a change is refused for its age, whatever it says.
  if (address === 'PATCH /customers/:id') return { ...input, version: await versionOf(String(input.id)) }
  if (!('caseId' in plain) || !('version' in plain)) return input
  const place = field === 'caseId' ? undefined : placeOfAct[address]
  if (place) {
    const { id: caseId, version } = await caseAt(app, whose('own'), things.customer!.own, place)
    return { ...input, caseId, version }
  }
  // They belong to the house, and have to be there.
  const departmentId = things[address === 'POST /cases/:caseId/hand-over' ? 'otherDepartment' : 'department']!.own
  const house = 'departmentId' in plain ? { departmentId, personId: null } : {}
  return { ...input, ...house, version: await caseVersionOf(String(input.caseId)) }
}
/** Acts that take an id belong to a step, and one of them ends the case. */
const placeOfAct: Readonly<Record<string, CasePlace>> = {
  'POST /cases/:caseId/execution': 'execution',
  'POST /cases/:caseId/fulfilment': 'repair',
  'POST /cases/:caseId/appointment': 'appoint',
  'POST /cases/:caseId/conversion': 'answer',
}
const caseVersionOf = async (id: string) =>
  (await app.db.selectFrom('cases.case').select('version').where('id', '=', id).executeTakeFirst())?.version ?? 1
const versionOf = async (id: string) =>
  (await app.db.selectFrom('customers.customer').select('version').where('customer_id', '=', id).executeTakeFirst())?.version ?? 1

/** Without what differs from one answer to the next. */
const plain = ({ status, text }: Answer, ...ids: string[]) => ({
  status,
  text: ids.reduce((said, id) => said.replaceAll(id, '<id>'), text).replace(/"runId":"[^"]+"/, '"runId":"<run>"'),
})

/** Where one's own id is answered like one that leads nowhere, and why. */
const indistinct: Readonly<Record<string, string>> = {
  'POST /customer-changes ids[]': 'a run begins in any case; over whom is looked at below',
  'POST /customer-changes filter.owner': 'the same',
}

/** What is said where one's own was found and cannot do this as it stands, in the words of a field. */
const foundAndRefused: Readonly<Record<string, string>> = {
  'POST /cases/:caseId/return caseId': 'not-back-there',
  'POST /cases/:caseId/extensions caseId': 'no-such-regime',
}

const cases = endpoints.flatMap((endpoint) =>
  Object.keys(meanings[addressOf(endpoint)] ?? {})
    .filter((field) => kindOf(addressOf(endpoint), field) !== null)
    .map((field) => ({ id: `${addressOf(endpoint)} ${field}`, endpoint, field, kind: kindOf(addressOf(endpoint), field)! })),
)
/** What takes away comes last, and what needs an untouched thing before what changes it. */
const lateness = ({ endpoint, field }: (typeof cases)[number]) =>
  endpoint.method === 'GET' ? 0 : /\W/.test(field) ? 1 : ['PUT', 'PATCH', 'POST', 'DELETE'].indexOf(endpoint.method) + 2

describe('the id of somebody else’s thing', () => {
  test.each(cases)('$id', async ({ endpoint, field, kind }) => {
    expect(things[kind], `an example of ${kind}`).toBeDefined()
    const before = await subjectRows(app, ofOwners('colleague', 'stranger'))
    for (const scope of ['own', 'team'] as const) {
      const nothing = plain(await ask(app, endpoint, await inputOf(endpoint, field, absent), whose(scope)), absent)
      for (const owner of scope === 'own' ? (['stranger', 'colleague'] as const) : (['stranger'] as const))
        for (const one of [kind, ...(more[kind] ?? [])]) {
          const id = things[one]![owner]
          const answer = await ask(app, endpoint, await inputOf(endpoint, field, id), whose(scope))
          expect(answer.text, `${scope}: ${one} of ${owner}`).not.toMatch(canaryOf(owner))
          expect(plain(answer, id), `${scope}: ${one} of ${owner}`).toEqual(nothing)
        }
    }
    expect(await subjectRows(app, ofOwners('colleague', 'stranger'))).toEqual(before)
  })
})

describe('the id of a colleague’s thing opens it to whoever sees their team', () => {
  const guarded = cases.filter(
    ({ endpoint, field }) => typeof endpoint.about !== 'string' && endpoint.about.some((one) => one.field === field),
  )
  test.each(guarded)('$id', async ({ endpoint, field, kind }) => {
    const answer = await ask(app, endpoint, await inputOf(endpoint, field, things[kind]!.colleague), whose('team'))
    expect(answer.text).not.toContain('"not-found"')
    expect(answer.status, answer.text).toBeLessThan(500)
  })
})

describe('the id of one’s own thing leads somewhere, so that the refusals above are none of the form', () => {
  // Where each field names one's own, the input is the same for all of them, and what it takes away is gone after the first.
  const given = new Map<string, Answer>()
  test.each(cases.toSorted((a, b) => lateness(a) - lateness(b)))('$id', async ({ id, endpoint, field, kind }) => {
    const own = kind === 'file' ? await sendFile(app, whose('own'), things.customer!.own, 'own') : things[kind]!.own
    const nothing = plain(await ask(app, endpoint, await inputOf(endpoint, field, absent), whose('own')), absent)
    const input = await inputOf(endpoint, field, own)
    const key = addressOf(endpoint) + JSON.stringify(Object.entries(input).toSorted())
    const raw = given.get(key) ?? (await ask(app, endpoint, input, whose('own')))
    given.set(key, raw)
    const answer = plain(raw, own)
    expect(answer.status, answer.text).toBeLessThan(500)
    const isFound = id in foundAndRefused && answer.text.includes(`"${foundAndRefused[id]}"`)
    expect(answer.status === 422 && !isFound ? answer.text : '', 'of the right form').toBe('')
    if (id in indistinct) expect(answer).toEqual(nothing)
    else expect(answer).not.toEqual(nothing)
  })
})

test('a change to many names only those within reach, whoever is asked for', async () => {
  const { own, colleague, stranger } = things.customer!
  const change = { what: 'add-tag', tag: 'x' } as const
  const inputOfRun = async (asked: object, key: string) => {
    const { runId } = await app.as(customersApi, whose('own')).changeMany({ change, ...asked }, { idempotencyKey: key })
    return (await app.db.selectFrom('platform.run').select('input').where('id', '=', runId).executeTakeFirstOrThrow()).input
  }
  expect(await inputOfRun({ ids: [own, colleague, stranger] }, 'ids')).toEqual({ change, ids: [own] })
  const filter = { owner: [users.stranger], reach: [users.own] }
  expect(await inputOfRun({ filter: { owner: [users.stranger] } }, 'filter')).toEqual({ change, filter })
})
