import { sql } from 'kysely'
import { type Database, type Db, withTransaction } from '../database/connection.ts'
import { beforeTheFirst, blockHasher, personalHash, type Trail, trails } from './block-hash.ts'
import { micros, type StoredRow, sealedRows, tableOf } from './rows.ts'

/** The first place where a chain does not hold. */
export interface Break {
  readonly trail: Trail
  readonly block: number
  readonly sealedAt: Date | null
  readonly reason:
    | 'block-missing'
    | 'link-broken'
    | 'rows-changed'
    | 'personal-changed'
    | 'rows-without-block'
    | 'dropped-out-of-order'
    | 'head-differs'
  /** One sentence for whoever reads it. */
  readonly detail: string
}

export interface ChainState {
  readonly trail: Trail
  readonly blocks: number
  readonly rows: number
  /** Blocks whose rows were deleted after their time. */
  readonly dropped: number
  readonly unsealed: number
  /** What to note outside of this machine: whoever shortens the chain cannot bring this hash about any more. */
  readonly head: { readonly number: number; readonly hash: string } | null
}

export interface Verification {
  readonly broken: Break | null
  readonly chains: readonly ChainState[]
}

/** A head that somebody noted earlier, outside of the database. */
export interface NotedHead {
  readonly trail: Trail
  readonly number: number
  readonly hash: string
}

export interface VerifyOptions {
  readonly noted?: readonly NotedHead[]
  readonly onProgress?: (rows: number) => Promise<void> | void
}

/** Walks both chains from their first blocks, in one look at the database and constant memory, to their ends or to the first break. */
export const verifyTrail = (database: Database, options: VerifyOptions = {}): Promise<Verification> =>
  withTransaction(database, (db) => verifyIn(db, options), { isolation: 'repeatable read', readOnly: true })

/** The same in a transaction that is open already. */
export async function verifyIn(db: Db, options: VerifyOptions = {}): Promise<Verification> {
  const chains: ChainState[] = []
  for (const trail of trails) {
    const walked = await walk(db, trail, options)
    chains.push(walked.state)
    if (walked.broken) return { broken: walked.broken, chains }
  }
  return { broken: null, chains }
}

async function walk(db: Db, trail: Trail, { noted = [], onProgress }: VerifyOptions): Promise<{ state: ChainState; broken: Break | null }> {
  const rows = rowStream(db, trail)
  const unsealed = await countUnsealed(db, trail)
  const heads = noted.filter((one) => one.trail === trail)
  let previous: Uint8Array = beforeTheFirst
  let [number, checked, dropped] = [0, 0, 0]
  const state = (): ChainState => ({
    trail,
    blocks: number,
    rows: checked,
    dropped,
    unsealed,
    head: number === 0 ? null : { number, hash: Buffer.from(previous).toString('hex') },
  })
  const broken = (block: number, sealedAt: Date | null, reason: Break['reason'], detail: string) => ({
    state: state(),
    broken: { trail, block, sealedAt, reason, detail },
  })
  for await (const block of blockStream(db, trail)) {
    const here = (reason: Break['reason'], detail: string) => broken(block.number, block.sealed_at, reason, detail)
    if (block.number !== number + 1)
      return broken(number + 1, null, 'block-missing', `Block ${number + 1} is missing; the next one there is ${block.number}.`)
    if (!block.previous.equals(previous))
      return here('link-broken', `Block ${block.number} does not carry the hash of the block before it.`)
    if (block.dropped_at !== null && (trail === 'fact' || dropped !== number))
      return here('dropped-out-of-order', `Block ${block.number} is marked as deleted after its time, although it may not be.`)
    const before = checked
    const hasher = blockHasher({ trail, number: block.number, sealedAt: block.at, previous: block.previous })
    for (let row = await rows.peek(); row && row.block! <= block.number; row = await rows.peek()) {
      if (row.block! < block.number)
        return broken(row.block!, null, 'rows-without-block', `Row ${row.id} says it is in block ${row.block}, which does not hold it.`)
      if (!personalFits(row))
        return here('personal-changed', `The personal part of row ${row.id} in block ${block.number} is not what was sealed.`)
      hasher.add(row)
      rows.next()
      if (++checked % 5000 === 0) await onProgress?.(checked)
    }
    const intact = block.dropped_at === null ? hasher.end().equals(block.hash) : checked === before
    if (!intact)
      return here('rows-changed', `The rows of block ${block.number} are not those that were sealed: one was changed, added or taken away.`)
    if (block.dropped_at !== null) dropped++
    number = block.number
    previous = block.hash
    const head = heads.find((one) => one.number === number)
    if (head && head.hash !== block.hash.toString('hex'))
      return here('head-differs', `Block ${number} does not have the hash that was noted.`)
  }
  const left = await rows.peek()
  if (left)
    return broken(left.block!, null, 'rows-without-block', `Row ${left.id} says it is in block ${left.block}, which does not exist.`)
  const ahead = heads.find((one) => one.number > number)
  if (ahead)
    return broken(ahead.number, null, 'head-differs', `The chain ends at block ${number}, but block ${ahead.number} was noted earlier.`)
  return { state: state(), broken: null }
}

/** Blanked by an erasure is no break; anything else in its place is. */
function personalFits({ personal, personalSalt, personalHash: sealed }: StoredRow): boolean {
  if (personal === null) return true
  return sealed !== null && personalSalt !== null && personalHash(personalSalt, personal).equals(Buffer.from(sealed))
}

/** Rows one by one, fetched in pages. */
function rowStream(db: Db, trail: Trail) {
  let page: readonly StoredRow[] = []
  let at = 0
  let last: { block: number; id: string } | null = { block: 0, id: '0' }
  return {
    async peek(): Promise<StoredRow | undefined> {
      if (at < page.length || last === null) return page[at]
      page = await sealedRows(db, trail, last, pageSize)
      at = 0
      const end = page.at(-1)
      last = end && page.length === pageSize ? { block: end.block!, id: end.id } : null
      return page[0]
    },
    next: () => void at++,
  }
}

async function* blockStream(db: Db, trail: Trail) {
  for (let after = -1; ; ) {
    const page = await db
      .selectFrom('platform.trail_block')
      .select(['number', 'sealed_at', 'previous', 'hash', 'dropped_at', micros('sealed_at').as('at')])
      .where('trail', '=', trail)
      .where('number', '>', after)
      .orderBy('number')
      .limit(pageSize)
      .execute()
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)!.number
  }
}

const pageSize = 2000

async function countUnsealed(db: Db, trail: Trail): Promise<number> {
  const { rows } = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(tableOf[trail])} where block is null`.execute(db)
  return rows[0]!.rows
}
