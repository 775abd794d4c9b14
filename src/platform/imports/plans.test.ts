import { appendFile, mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createUser } from '#modules/organization/public.ts'
import { type App, everybody, holder, startApp } from '#test/app.ts'
import { importEnd, undoImport } from '#test/import-files.ts'
import { importsApi } from './api.ts'
import { type PlanView, plansApi } from './api-plans.ts'
import { putFilesAway } from './jobs.ts'
import { lookAtDuePlan } from './plan-look.ts'

let app: App
let root: string
let outside: string
let server: Server
let url: string
let ann: string
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => {}
const asked: IncomingMessage[] = []

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'patron-plans-'))
  outside = await mkdtemp(join(tmpdir(), 'patron-outside-'))
  app = await startApp({ work: true, importFolders: [root] })
  const made = await app.transaction((context) => createUser(context, { name: 'Ann', email: 'ann@example.com', roles: ['analyst'] }))
  ann = made.user.id
  await saveMapping('shop', 'id,name,city\nk1,One,Taipei\n')
  server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/exports/customers.csv?key=1`
})
afterAll(async () => {
  server.close()
  await app.close()
  await rm(root, { recursive: true, force: true })
  await rm(outside, { recursive: true, force: true })
})
afterEach(async () => {
  for (const { id, version } of (await api().plans({})).items) await api().removePlan({ id, version })
  asked.length = 0
})

const api = () => app.as(plansApi)
const refusal = (work: Promise<unknown>) => work.catch((refused: unknown) => refused)
const file = (name: string) => `id,name,city\n${name},Customer ${name},Taipei\n`

/** What a person does once by hand: looks at a file and keeps how it is read. */
async function saveMapping(name: string, content: string, version = 0): Promise<void> {
  const uploaded = (await (await app.request('/api/v1/import-files?fileName=a.csv', { method: 'POST', body: content })).json()) as {
    id: string
  }
  const { suggested, headers } = await app.as(importsApi).inspect({ fileId: uploaded.id, importer: 'customers' })
  await app.as(importsApi).saveMapping({ importer: 'customers', name, version, mapping: { ...suggested, source: name }, headers })
}

type Values = Parameters<ReturnType<typeof api>['addPlan']>[0]
const values = (more: Partial<Values> = {}): Values => ({
  name: 'Nightly customers',
  importer: 'customers',
  mapping: 'shop',
  source: { kind: 'folder', root, path: '', pattern: '*.csv' },
  schedule: { kind: 'minutes', every: 30 },
  afterwards: 'moved',
  tell: [ann],
  ...more,
})

/** A folder of its own below the allowed one, with a plan for it. */
async function planned(more: Partial<Values> = {}): Promise<{ plan: PlanView; folder: string }> {
  const path = `f${Math.random().toString(36).slice(2)}/in`
  const folder = join(root, path)
  await mkdir(folder, { recursive: true })
  return { plan: await api().addPlan(values({ source: { kind: 'folder', root, path, pattern: '*.csv' }, ...more })), folder }
}

const planCalled = async (id: string) => (await api().plans({})).items.find((plan) => plan.id === id)!
/** Moves the clock and waits for the look, whoever makes it: the test or the product's own job. */
async function look(id: string, minutes = 31): Promise<PlanView> {
  app.now = new Date(app.now.getTime() + minutes * 60_000)
  for (;;) {
    const plan = await planCalled(id)
    if (plan.lookedAt?.getTime() === app.now.getTime()) return plan
    await app.transaction(lookAtDuePlan)
    await sleep(20)
  }
}
const history = async (id: string) => (await api().planHistory({ id })).items
/** Waits for the runs of a plan, then puts its files away. */
async function settled(id: string) {
  for (const { runId } of await history(id)) if (runId) await importEnd(app, runId)
  await app.transaction(putFilesAway)
  return history(id)
}
const news = async () =>
  (await app.db.selectFrom('organization.notification').select(['kind', 'values']).where('user_id', '=', ann).orderBy('id').execute()).map(
    ({ kind, values }) => [kind, values],
  )
const forgetNews = () => app.db.deleteFrom('organization.notification').execute()
const untilNews = async (count: number) => {
  for (let tries = 0; tries < 200 && (await news()).length < count; tries++) await sleep(50)
  return news()
}

describe('a folder', () => {
  test('a file that still grows is left, one that has stopped is imported once, put away, and told of', async () => {
    const { plan, folder } = await planned()
    await forgetNews()
    await writeFile(join(folder, 'a.csv'), 'id,name,city\n')
    await look(plan.id)
    expect(await history(plan.id)).toEqual([])
    await appendFile(join(folder, 'a.csv'), 'g1,Growing,Taipei\n')
    // A file that waits is looked at again after a minute, not after half an hour.
    await look(plan.id, 2)
    expect(await history(plan.id)).toEqual([])
    await look(plan.id, 2)
    const [event] = await settled(plan.id)
    expect(event).toMatchObject({ outcome: 'taken', fileName: 'a.csv', runState: 'done', rows: 1, rejected: 0 })
    expect(await app.as(importsApi).one({ id: event!.runId! })).toMatchObject({ outcome: { counts: { new: 1 } }, mayUndo: true })
    expect((await readdir(folder)).toSorted()).toEqual(['done'])
    expect(await readdir(join(folder, 'done'))).toEqual(['a.csv'])
    expect((await history(plan.id))[0]).toMatchObject({ filedAs: 'done/a.csv' })
    expect(await untilNews(1)).toEqual([['organization.import-ended', { file: 'a.csv', rows: 1, rejected: 0 }]])
  })

  test('the same content under another name or again is noted and not imported; the second never lies on the first', async () => {
    const { plan, folder } = await planned()
    const bring = async (name: string, content: string) => {
      await writeFile(join(folder, name), content)
      await writeFile(join(folder, `${name}.done`), '')
      await look(plan.id)
      await settled(plan.id)
    }
    await bring('a.csv', file('s1'))
    await bring('b.csv', file('s1'))
    await bring('a.csv', file('s1'))
    const events = await history(plan.id)
    expect(events.map(({ outcome, fileName }) => [outcome, fileName])).toEqual([
      ['unchanged', 'a.csv'],
      ['unchanged', 'b.csv'],
      ['taken', 'a.csv'],
    ])
    expect(await readdir(folder)).toEqual(['done'])
    const done = await readdir(join(folder, 'done'))
    expect(done).toHaveLength(6)
    expect(done).toEqual(expect.arrayContaining(['a.csv', 'a.csv.done', 'b.csv', 'b.csv.done', `${events[0]!.id}-a.csv`]))
  })

  test('a file that is left is not looked into again until it changes, and what was undone may come again', async () => {
    const { plan, folder } = await planned({ afterwards: 'left' })
    await writeFile(join(folder, 'a.csv'), file('l1'))
    await writeFile(join(folder, 'a.csv.done'), '')
    await look(plan.id)
    await look(plan.id)
    const [event, ...rest] = await settled(plan.id)
    expect(rest).toEqual([])
    expect((await readdir(folder)).toSorted()).toEqual(['a.csv', 'a.csv.done'])
    await undoImport(app, event!.runId!)
    await rm(join(folder, 'a.csv'))
    await look(plan.id)
    await writeFile(join(folder, 'a.csv'), file('l1'))
    await look(plan.id)
    expect((await settled(plan.id)).map(({ outcome, runState }) => [outcome, runState])).toEqual([
      ['taken', 'done'],
      ['taken', 'undone'],
    ])
  })

  test('a file that the mapping does not fit is refused, told of and put aside; the others come in', async () => {
    const { plan, folder } = await planned()
    await forgetNews()
    await writeFile(join(folder, 'a.csv'), 'something,else\n1,2\n')
    await writeFile(join(folder, 'b.csv'), file('m1'))
    await writeFile(join(folder, 'c.csv'), '')
    await look(plan.id)
    await look(plan.id, 2)
    const events = await settled(plan.id)
    expect(events.map(({ fileName, outcome, problem }) => [fileName, outcome, problem]).toSorted()).toEqual([
      ['a.csv', 'refused', 'mapping-does-not-fit'],
      ['b.csv', 'taken', null],
      ['c.csv', 'refused', 'emptyFile'],
    ])
    expect(await readdir(join(folder, 'failed'))).toEqual(['a.csv', 'c.csv'])
    const refusedNews = async () => (await news()).filter(([kind]) => kind === 'organization.plan-file-refused')
    for (let tries = 0; tries < 200 && (await refusedNews()).length < 2; tries++) await sleep(50)
    expect((await refusedNews()).map(([, told]) => (told as { file: string }).file).toSorted()).toEqual(['a.csv', 'c.csv'])
    expect((await planCalled(plan.id)).failures).toBe(0)
  })

  test('refused files that were left are tried again when a person asks', async () => {
    const { plan, folder } = await planned({ afterwards: 'left', mapping: 'later' }).catch(async () => {
      await saveMapping('later', 'member number,name\n1,One\n')
      return planned({ afterwards: 'left', mapping: 'later' })
    })
    await writeFile(join(folder, 'a.csv'), file('r1'))
    await writeFile(join(folder, 'a.csv.done'), '')
    await look(plan.id)
    await look(plan.id)
    expect(await history(plan.id)).toMatchObject([{ outcome: 'refused', problem: 'mapping-does-not-fit' }])
    await saveMapping('later', 'id,name,city\nk1,One,Taipei\n', 1)
    await api().lookNow({ id: plan.id })
    await look(plan.id, 1)
    expect((await settled(plan.id)).map(({ outcome }) => outcome)).toEqual(['taken', 'refused'])
  })

  test('symbolic links are refused, whether a file or the way to the folder', async () => {
    const { plan, folder } = await planned()
    await writeFile(join(outside, 'secret.csv'), file('secret'))
    await symlink(join(outside, 'secret.csv'), join(folder, 'a.csv'))
    await look(plan.id)
    await look(plan.id)
    expect(await history(plan.id)).toMatchObject([{ outcome: 'refused', fileName: 'a.csv', problem: 'link' }])
    await symlink(outside, join(root, 'way-out'))
    const out = await api().addPlan(values({ source: { kind: 'folder', root, path: 'way-out', pattern: '*' } }))
    expect(await look(out.id)).toMatchObject({ failures: 1, problem: 'folder-not-allowed' })
    // The folder for what is done may not lead out either.
    const third = await planned()
    await symlink(outside, join(third.folder, 'done'))
    await writeFile(join(third.folder, 'b.csv'), file('o1'))
    await writeFile(join(third.folder, 'b.csv.done'), '')
    await look(third.plan.id)
    expect((await settled(third.plan.id))[0]).toMatchObject({ outcome: 'taken', filedAs: null })
    expect(await readdir(outside)).toEqual(['secret.csv'])
    expect((await stat(join(third.folder, 'b.csv'))).isFile()).toBe(true)
  })

  test('folders elsewhere are refused', async () => {
    const at = (path: string, other = root) => api().addPlan(values({ source: { kind: 'folder', root: other, path, pattern: '*' } }))
    for (const path of ['..', '../x', 'a/../../x', '/etc', 'a\\..\\b', 'a/./b', 'a\u0001b']) {
      const body = JSON.stringify(values({ source: { kind: 'folder', root, path, pattern: '*' } }))
      const response = await app.request('/api/v1/import-plans', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      expect(await response.json(), path).toMatchObject({ status: 422, reason: 'invalid-input' })
    }
    expect(await refusal(at('', '/etc'))).toMatchObject({ reason: 'folder-not-allowed' })
    expect(await refusal(api().addPlan(values({ mapping: 'no such' })))).toMatchObject({ reason: 'no-such-mapping' })
  })

  test('a source that fails three times in a row says so and is told of once, and goes on', async () => {
    const { plan, folder } = await planned()
    await forgetNews()
    await rename(folder, `${folder}-away`)
    const failing = async () => (await news()).filter(([kind]) => kind === 'organization.plan-failing')
    await look(plan.id)
    await look(plan.id)
    expect(await failing()).toEqual([])
    expect(await look(plan.id)).toMatchObject({ failures: 3, problem: 'folder-missing' })
    await look(plan.id)
    for (let tries = 0; tries < 200 && (await failing()).length === 0; tries++) await sleep(50)
    expect(await failing()).toEqual([['organization.plan-failing', { plan: 'Nightly customers' }]])
    expect(await history(plan.id)).toMatchObject([{ outcome: 'unreadable', problem: 'folder-missing' }])
    await rename(`${folder}-away`, folder)
    expect(await look(plan.id)).toMatchObject({ failures: 0, problem: null })
  })
})

describe('an address', () => {
  const source = (more = {}) => ({ kind: 'address' as const, url, ownNetwork: true, sign: 'none' as const, user: '', ...more })
  const gives = (content: string) => {
    answer = (_, response) => response.end(content)
  }

  test('is fetched with its key, which is shown to nobody; the same content is not imported again', async () => {
    gives(file('w1'))
    const plan = await api().addPlan(values({ source: source({ sign: 'bearer' }), secret: 'a-key-for-the-shop' }))
    expect(JSON.stringify(await api().plans({}))).not.toContain('a-key')
    await look(plan.id)
    await look(plan.id)
    expect(asked[0]!.headers.authorization).toBe('Bearer a-key-for-the-shop')
    const events = await settled(plan.id)
    expect(events.map(({ outcome, fileName }) => [outcome, fileName])).toEqual([
      ['unchanged', 'customers.csv'],
      ['taken', 'customers.csv'],
    ])
    for (const table of ['platform.import_plan', 'platform.fact', 'platform.idempotency'] as const) {
      const rows = JSON.stringify(await app.db.selectFrom(table).selectAll().execute(), (_, value) =>
        value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
      )
      expect(rows).not.toContain('a-key-for')
    }
  })

  test('the key goes to no other host, and stays where the host stays', async () => {
    const plan = await api().addPlan(values({ source: source({ sign: 'basic', user: 'shop' }), secret: 'pass word' }))
    const changed = { ...values(), id: plan.id, version: 1 }
    const elsewhere = source({ sign: 'basic', user: 'shop', url: 'https://elsewhere.example/customers.csv' })
    expect(await refusal(api().changePlan({ ...changed, source: elsewhere }))).toMatchObject({ reason: 'secret-missing' })
    expect(await api().changePlan({ ...changed, source: source({ sign: 'basic', user: 'shop2' }) })).toMatchObject({
      hasSecret: true,
      version: 2,
    })
    gives(file('w2'))
    await look(plan.id)
    expect(asked[0]!.headers.authorization).toBe(`Basic ${Buffer.from('shop2:pass word').toString('base64')}`)
    expect(await refusal(api().changePlan(changed))).toMatchObject({ reason: 'changed-meanwhile' })
  })

  test('only a whole answer 200 from an allowed address is a file', async () => {
    const problemOf = async (more = {}, how: typeof answer = answer) => {
      answer = how
      const plan = await api().addPlan(values({ source: source(more) }))
      return (await look(plan.id)).problem
    }
    expect(await problemOf({}, (_, response) => response.writeHead(302, { location: url }).end())).toBe('redirect')
    expect(await problemOf({}, (_, response) => response.writeHead(401).end(file('x')))).toBe('answer-refused')
    expect(
      await problemOf({}, (_, response) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write(file('cut'))
        setTimeout(() => response.destroy(), 50)
      }),
    ).toBe('not-reachable')
    expect(await problemOf({ url: 'http://127.0.0.1:1/x.csv' })).toBe('not-reachable')
    const hidden = source({ url: url.replace('127.0.0.1', 'localhost').replace('http:', 'https:'), ownNetwork: false })
    expect(await problemOf(hidden)).toBe('address-not-allowed')
    expect(await app.db.selectFrom('platform.import_plan_event').select('id').where('outcome', '=', 'taken').execute()).toEqual([])
  })

  test('addresses that may not be reached are refused at once', async () => {
    const reason = async (more: object) => ((await refusal(api().addPlan(values({ source: source(more) })))) as { reason: string }).reason
    expect(await reason({ url: 'http://shop.example/a.csv', ownNetwork: false })).toBe('not-a-web-address')
    expect(await reason({ url: 'https://127.0.0.1/a.csv', ownNetwork: false })).toBe('address-not-allowed')
    expect(await reason({ url: 'https://169.254.169.254/a' })).toBe('address-not-allowed')
    expect(await reason({ url: 'file:///etc/passwd' })).toBe('not-a-web-address')
    expect(await reason({ url: 'https://user:pw@shop.example/a.csv' })).toBe('not-a-web-address')
    expect(await reason({ sign: 'bearer' })).toBe('secret-missing')
  })
})

describe('a plan', () => {
  test('pauses, is looked at when a person asks all the same, and goes on', async () => {
    const { plan, folder } = await planned()
    await writeFile(join(folder, 'a.csv'), file('p1'))
    await writeFile(join(folder, 'a.csv.done'), '')
    expect(await api().pausePlan({ id: plan.id, paused: true })).toMatchObject({ pausedAt: app.now })
    app.now = new Date(app.now.getTime() + 3_600_000)
    expect(await app.transaction(lookAtDuePlan)).toBe(false)
    await api().lookNow({ id: plan.id })
    await look(plan.id, 0)
    expect((await settled(plan.id)).map(({ outcome }) => outcome)).toEqual(['taken'])
    expect((await api().pausePlan({ id: plan.id, paused: false })).pausedAt).toBeNull()
  })

  test('is made by whoever may plan and may use the importer', async () => {
    expect(await refusal(app.as(plansApi, holder('imports.plan')).addPlan(values()))).toMatchObject({ status: 403 })
    expect(await refusal(app.as(plansApi, holder('imports.plan', 'customers.write')).addPlan(values()))).toMatchObject({ status: 403 })
    expect(await refusal(app.as(plansApi, holder('imports.plan', 'imports.write')).addPlan(values()))).toMatchObject({ status: 403 })
    expect(await refusal(app.as(plansApi, holder('imports.write')).plans({}))).toMatchObject({ status: 403 })
    const some = { ...everybody, id: 'some', reach: () => [ann] }
    expect(await refusal(app.as(plansApi, some).plans({}))).toMatchObject({ status: 403 })
  })
})
