import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { processSpace, startOf } from './processes.ts'

/** Who uses a data folder: written whole into `patron.lock` and gone with its process. */
export interface LockHolder {
  readonly token: string
  readonly pid: number
  /** Start of the process, so that another one with the same number is not taken for it. */
  readonly start: string | null
  readonly space: string
  readonly since: string
  /** Where people reach the product, once it listens. */
  readonly address: string | null
  /** Where its database server listens, to tell whether it lives where process numbers cannot be compared. */
  readonly server: { readonly path: string } | { readonly port: number } | null
}

export interface DataLock {
  /** Names this holder; whoever reads files beside the lock can tell whether they are of the same start. */
  readonly token: string
  /** Notes where the product or its database can be reached. */
  note(news: Partial<Pick<LockHolder, 'address' | 'server'>>): Promise<void>
  release(): Promise<void>
}

/** Thrown when somebody else uses the folder; the message is the one line for the person. */
export class AlreadyRunning extends Error {
  readonly holder: LockHolder
  constructor(dataFolder: string, holder: LockHolder) {
    const where = holder.address === null ? '' : ` at ${holder.address}`
    super(`Patron is already running${where} on the data folder ${dataFolder} (process ${holder.pid}, since ${holder.since}).`)
    this.holder = holder
  }
}

/** One process per data folder. What a killed process left behind is taken over. */
export async function takeLock(dataFolder: string): Promise<DataLock> {
  const path = lockPath(dataFolder)
  let mine: LockHolder = {
    token: randomUUID(),
    pid: process.pid,
    start: await startOf(process.pid),
    space: await processSpace(),
    since: new Date().toISOString(),
    address: null,
    server: null,
  }
  for (let attempt = 0; ; attempt++) {
    if (await place(path, mine)) break
    const holder = await readLock(dataFolder)
    if (holder !== null && (attempt > 20 || (await isHeld(holder)))) throw new AlreadyRunning(dataFolder, holder)
    if (holder !== null) await removeStale(path, holder)
    else if (attempt > 3) await rm(path, { force: true })
  }
  // Two starters may both have taken a stale lock away; whoever finds another's name here yields.
  await new Promise((resolve) => setTimeout(resolve, 30))
  const holder = await readLock(dataFolder)
  if (holder !== null && holder.token !== mine.token) throw new AlreadyRunning(dataFolder, holder)

  return {
    token: mine.token,
    async note(news) {
      mine = { ...mine, ...news }
      await writeFile(`${path}.${mine.token}`, JSON.stringify(mine), { mode: 0o600 })
      await rename(`${path}.${mine.token}`, path)
    },
    async release() {
      if ((await readLock(dataFolder))?.token === mine.token) await rm(path, { force: true })
    },
  }
}

/** Who holds the lock now and lives, or null. */
export async function lockHolder(dataFolder: string): Promise<LockHolder | null> {
  const holder = await readLock(dataFolder)
  return holder !== null && (await isHeld(holder)) ? holder : null
}

async function readLock(dataFolder: string): Promise<LockHolder | null> {
  const text = await readFile(lockPath(dataFolder), 'utf8').catch(() => '')
  try {
    const holder: LockHolder = JSON.parse(text)
    return typeof holder.pid === 'number' && typeof holder.token === 'string' ? holder : null
  } catch {
    return null
  }
}

/** A file appears with its content or not at all. */
async function place(path: string, holder: LockHolder): Promise<boolean> {
  const draft = `${path}.${holder.token}`
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    // No hard links on this file system: exclusive creation is the next best.
    return await writeFile(path, JSON.stringify(holder), { mode: 0o600, flag: 'wx' }).then(
      () => true,
      (failure: NodeJS.ErrnoException) => {
        if (failure.code === 'EEXIST') return false
        throw failure
      },
    )
  } finally {
    await rm(draft, { force: true })
  }
}

/** Takes the lock away, and puts it back where it turns out to be another one than was judged. */
async function removeStale(path: string, judged: LockHolder): Promise<void> {
  const aside = `${path}.${randomUUID()}`
  try {
    await rename(path, aside)
  } catch {
    return
  }
  const taken = await readFile(aside, 'utf8').catch(() => '')
  if (!taken.includes(judged.token)) await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
}

async function isHeld(holder: LockHolder): Promise<boolean> {
  if (holder.space === (await processSpace())) {
    const start = await startOf(holder.pid)
    return start !== null && start === holder.start
  }
  return holder.server !== null && (await answers(holder.server))
}

function answers(server: { readonly path: string } | { readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect('path' in server ? server : { ...server, host: '127.0.0.1' })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(2000, () => end(false))
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

const lockPath = (dataFolder: string): string => join(dataFolder, 'patron.lock')
