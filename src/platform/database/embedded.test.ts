import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { connect, refuseUnsafeServer, withTransaction } from './connection.ts'
import { type Embedded, joinRunning, startEmbedded } from './embedded.ts'
import { startOf } from './processes.ts'

// One data folder for all tests: each finds what the one before has left, as in life.
let parent: string
let folder: string
const running: Embedded[] = []
const products: ChildProcess[] = []

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'patron-embedded-'))
  await chmod(parent, 0o700)
  folder = join(parent, 'data')
})
afterEach(async () => {
  for (const product of products.splice(0)) await killed(product)
  for (const server of running.splice(0)) await server.stop()
})
afterAll(() => rm(parent, { recursive: true, force: true }))

async function start(options: Parameters<typeof startEmbedded>[1] = {}, where = folder): Promise<Embedded> {
  const server = await startEmbedded(where, options)
  running.push(server)
  return server
}

/** A process of its own that writes rows; `confirmed` grows with each one that it says was committed. */
async function startProduct(mode: 'write' | 'idle') {
  const product = spawn(process.execPath, [join(import.meta.dirname, '../../../test/faults/crashing-product.ts'), folder, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  products.push(product)
  const confirmed: number[] = []
  const lines = createInterface({ input: product.stdout })
  const [first] = await once(lines, 'line')
  lines.on('line', (line) => confirmed.push(Number(line)))
  const { server, url }: { server: number; url: string } = JSON.parse(first)
  return { product, server, url, confirmed }
}

async function killed(product: ChildProcess): Promise<void> {
  if (product.exitCode !== null || product.signalCode !== null) return
  const ended = once(product, 'exit')
  product.kill('SIGKILL')
  await ended
}

/** Whether the process runs; one that ended and that nobody asked about does not. */
const runs = async (pid: number): Promise<boolean> => (await startOf(pid)) !== null

const rest = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function storedRows(url: string): Promise<number[]> {
  const database = connect(url)
  const { rows } = await sql<{ id: number }>`select id from confirmed order by id`.execute(database.db)
  await database.close()
  return rows.map((row) => row.id)
}

test('the private server is safe, private and of the expected make', async () => {
  const server = await start()
  const database = connect(server.url)
  await refuseUnsafeServer(database.db)
  const { rows } = await sql`select current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
    current_user as role, (select rolsuper from pg_roles where rolname = current_user) as superuser, 'B' < 'a' as "sortsByBytes", lower('Ä') as lower`.execute(
    database.db,
  )
  expect(rows).toEqual([{ checksums: 'on', encoding: 'UTF8', role: 'patron', superuser: false, sortsByBytes: true, lower: 'ä' }])
  await database.close()
  const stranger = connect(server.url.replace(/:[0-9a-f]{48}@/, ':guess@'))
  await expect(sql`select 1`.execute(stranger.db)).rejects.toThrow('password authentication failed')
  await stranger.close()
  for (const file of ['database.json', 'database.password', 'patron.lock']) expect((await stat(join(folder, file))).mode & 0o077).toBe(0)
})

test('a second start says in one line that the product runs and where; a command can join it', async () => {
  const server = await start()
  await server.announce('http://127.0.0.1:3000')
  const second = startEmbedded(folder)
  await expect(second).rejects.toThrow(
    /^Patron is already running at http:\/\/127\.0\.0\.1:3000 on the data folder .+ \(process \d+, since .+\)\.$/,
  )
  expect(await joinRunning(folder)).toBe(server.url)
  await server.stop()
  expect(await runs(server.serverPid())).toBe(false)
  expect(await joinRunning(folder)).toBe(null)
})

test('of many that start at once, one runs and the others are refused', async () => {
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => start({ unsafeForTests: true })))
  expect(results.filter((result) => result.status === 'fulfilled').length).toBe(1)
  for (const result of results) if (result.status === 'rejected') expect(String(result.reason)).toContain('already running')
})

test.each([
  ['a process that is gone', async () => ({ pid: 2 ** 22 - 1, start: 'x/1' })],
  ['another process with the same number', async () => ({ pid: process.ppid, start: 'x/1' })],
  ['another machine', async () => ({ pid: process.ppid, start: await startOf(process.ppid), space: 'pid:[1]' })],
])('a lock of %s is taken over', async (_, holder) => {
  const lock = { token: 'old', space: '', since: 'then', address: null, server: null, ...(await holder()) }
  await writeFile(join(folder, 'patron.lock'), JSON.stringify(lock))
  expect(await joinRunning(folder)).toBe(null)
  await start()
})

test('a half-written lock does not keep the product from starting', async () => {
  await writeFile(join(folder, 'patron.lock'), '{"pid": 1')
  await start()
})

test('when the server is killed, the product goes on with a new one at the same place and nothing confirmed is missing', async () => {
  const said: string[] = []
  const server = await start({ log: (line) => said.push(line) })
  const database = connect(server.url)
  await sql`create table if not exists kept (id int primary key)`.execute(database.db)
  await withTransaction(database, (db) => sql`insert into kept values (1)`.execute(db))
  const first = server.serverPid()
  process.kill(first, 'SIGKILL')
  const until = Date.now() + 20_000
  let rows: unknown[] = []
  while (rows.length === 0 && Date.now() < until) {
    await rest(50)
    rows = await sql`select id from kept`.execute(database.db).then(
      (result) => result.rows,
      () => [],
    )
  }
  expect(rows).toEqual([{ id: 1 }])
  expect(server.serverPid()).not.toBe(first)
  expect(said.length).toBe(1)
  await database.close()
})

test('when the product is killed while it writes, the next start finds every confirmed row, again and again', async () => {
  let highest = 0
  for (let round = 0; round < 3; round++) {
    const { product, confirmed } = await startProduct('write')
    await vi.waitFor(() => expect(confirmed.length).toBeGreaterThan(5), 30_000)
    await rest(100 * round)
    await killed(product)
    highest = confirmed.at(-1)!
  }
  const rows = await storedRows((await start()).url)
  // One more may be committed whose confirmation was never heard; each was written once, without a gap.
  expect(rows).toEqual(Array.from({ length: rows.length }, (_, index) => index + 1))
  expect(rows.length - highest).toBeGreaterThanOrEqual(0)
  expect(rows.length - highest).toBeLessThanOrEqual(1)
})

test('when everything is killed but a frozen backend that keeps the shared memory, the next start clears it away', async () => {
  const { product, server, url } = await startProduct('idle')
  const database = connect(url, { poolSize: 1 })
  const { pid } = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.db)).rows[0]!
  process.kill(pid, 'SIGSTOP')
  process.kill(server, 'SIGKILL')
  await killed(product)
  await rest(200)
  expect(await runs(pid)).toBe(true)
  await start()
  expect(await runs(pid)).toBe(false)
  await database.close()
})

test('a server that outlived its product is ended, another folder’s server is left alone', async () => {
  const neighbour = await start({ unsafeForTests: true }, join(parent, 'neighbour'))
  const { product, server } = await startProduct('idle')
  process.kill(server, 'SIGSTOP')
  await killed(product)
  expect(await runs(server)).toBe(true)
  setTimeout(() => process.kill(server, 'SIGCONT'), 300)
  await start()
  expect(await runs(server)).toBe(false)
  expect(await runs(neighbour.serverPid())).toBe(true)
}, 60_000)

test('a number in the server’s own lock that meanwhile belongs to somebody else harms nobody', async () => {
  const innocent = spawn('sleep', ['60'])
  await writeFile(join(folder, 'postgres/cluster/postmaster.pid'), `${innocent.pid}\n${folder}\n1\n5432\n\n\n0 0\nready\n`)
  await start()
  expect(await runs(innocent.pid!)).toBe(true)
  innocent.kill()
})

test('a setup that was interrupted begins anew', async () => {
  const other = join(parent, 'interrupted')
  await mkdir(join(other, 'postgres/new-1'), { recursive: true })
  await writeFile(join(other, 'postgres/new-1/PG_VERSION'), '18')
  const server = await start({ unsafeForTests: true }, other)
  await expect(stat(join(other, 'postgres/new-1'))).rejects.toThrow()
  expect(await readFile(server.addressFile, 'utf8')).toContain('"url"')
})

test('where the path is too long for a socket, the server listens on a free port of this machine alone', async () => {
  const server = await start({ unsafeForTests: true }, join(parent, 'x'.repeat(90)))
  expect(server.url).toMatch(/@127\.0\.0\.1:\d+\/patron$/)
  const database = connect(server.url)
  expect((await sql<{ at: string }>`select current_setting('listen_addresses') as at`.execute(database.db)).rows).toEqual([
    { at: '127.0.0.1' },
  ])
  await database.close()
})

test.runIf(process.getuid?.() === 0).each(['namespace', 'other'] as const)(
  'root runs the server unprivileged (%s), also in a folder that others cannot enter, and can change between the ways',
  async (rootRunsAs) => {
    if (rootRunsAs === 'namespace') await start({ rootRunsAs: 'other' }).then((server) => server.stop())
    const server = await start({ rootRunsAs })
    const status = await readFile(`/proc/${server.serverPid()}/status`, 'utf8')
    const owner = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1])
    expect(owner === 0).toBe(rootRunsAs === 'namespace')
    // Neither has any power beyond its own files.
    expect(/^CapEff:\s+(\w+)/m.exec(status)?.[1]).toBe('0000000000000000')
    expect((await stat(parent)).mode & 0o777).toBe(0o700)
    const database = connect(server.url)
    expect((await sql<{ one: number }>`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }])
    await database.close()
  },
)
