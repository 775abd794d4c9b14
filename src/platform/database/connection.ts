import {
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { isRepeatable } from './passing.ts'
import { prepareByText } from './prepared.ts'
import { forget } from './remembered.ts'
import { sharedReads, shareReads } from './shared-reads.ts'
import type { DB } from './tables.gen.ts'
import { getTypeParser } from './values.ts'

/** What a store is handed: the pool outside a transaction, or a transaction. A store cannot tell and need not. */
export type Db = Kysely<DB> | Transaction<DB>

/** One pool of connections to one server. `db` is for single statements; everything else goes through `withTransaction`. */
export interface Database {
  readonly db: Kysely<DB>
  /** Only for this file; others use `withTransaction` and `withConnection`. */
  readonly pool: pg.Pool
  close(): Promise<void>
}

export interface ConnectOptions {
  readonly poolSize?: number
  readonly applicationName?: string
  /** Called when a connection is lost, idle or not. The statement that was running is rejected anyway; this is for the log. */
  readonly onLost?: (error: Error) => void
}

export interface TransactionOptions {
  /** How often the whole function may be run again after a serialization failure (40001) or a deadlock (40P01). Nothing else is repeated. */
  readonly retries?: number
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable'
  readonly readOnly?: boolean
  /** Milliseconds that each statement of this transaction may take; the server then cancels it with 57014. */
  readonly statementTimeout?: number
}

export function connect(url: string, options: ConnectOptions = {}): Database {
  const each = {
    connectionString: url,
    application_name: options.applicationName ?? 'patron',
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    types: { getTypeParser },
  }
  const idleTimeoutMillis = 60_000
  const pool = new pg.Pool({ ...each, max: options.poolSize ?? 10, idleTimeoutMillis })
  // Without a listener of its own, a client whose connection dies while it is checked out would end the process.
  // While we close, the server may say goodbye to connections that are on their way out; that is no loss.
  let closing = false
  const lost = (error: Error) => {
    if (!closing) options.onLost?.(error)
  }
  pool.on('connect', (client) => {
    client.on('error', lost)
    prepareByText(client)
  })
  pool.on('error', () => {})
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  const reads = sharedReads(each, { patience: 300, pause: 1000, idle: idleTimeoutMillis }, lost)
  shareReads(db, reads)
  const close = async () => {
    closing = true
    await reads.close()
    if (!pool.ended) await pool.end()
  }
  return { db, pool, close }
}

/** Runs `work` in one transaction: commits when it returns, rolls back when it throws, and then throws what `work` threw. */
export async function withTransaction<T>(
  database: Database,
  work: (db: Transaction<DB>) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await withConnection(database, (client) => transactionOn(client, work, options))
    } catch (error) {
      if (attempt >= (options.retries ?? 0) || !isRepeatable(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, 5 * 2 ** attempt * (0.5 + Math.random())))
    }
  }
}

/** Undoes what `work` wrote where it fails; the transaction goes on. */
export async function inSavepoint<T>(db: Db, work: () => Promise<T>): Promise<T> {
  await sql`savepoint part`.execute(db)
  try {
    const result = await work()
    await sql`release savepoint part`.execute(db)
    return result
  } catch (error) {
    await sql`rollback to savepoint part`.execute(db)
    forget(db)
    throw error
  }
}

/** Lends one raw connection, for sessions that need more than a transaction (advisory locks, LISTEN, several transactions in a row). */
export async function withConnection<T>(database: Database, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  try {
    return await work(client)
  } finally {
    client.off('error', onError)
    // A session that was left inside a transaction must not reach the next borrower.
    client.release(broken ?? (spent.has(client) || client.getTransactionStatus() !== 'I'))
  }
}

/** The raw connection under a transaction of `withTransaction`, for COPY and cursors within it. Do not begin, commit or release. */
export function clientOf(db: Db): pg.ClientBase {
  const client = clients.get(db)
  if (client === undefined) throw new Error('Only a transaction opened by withTransaction has a connection of its own.')
  return client
}

/** Refuses a server on which an acknowledged commit could be lost, or that is too old. The sentence is for the person who starts the product. */
export async function refuseUnsafeServer(db: Db, options: { readonly unsafeForTests?: boolean } = {}): Promise<void> {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings
    where name in ('server_version_num', 'fsync', 'full_page_writes', 'synchronous_commit') order by name`.execute(db)
  const setting = new Map(rows.map((row) => [row.name, row.setting]))
  const version = Number(setting.get('server_version_num'))
  if (version < 150_000) {
    throw new Error(`The database server is PostgreSQL ${Math.floor(version / 10_000)}; Patron needs PostgreSQL 15 or newer.`)
  }
  if (options.unsafeForTests === true) return
  const off = ['fsync', 'full_page_writes', 'synchronous_commit'].filter((name) => setting.get(name) === 'off')
  if (off.length > 0) {
    throw new Error(
      `The database server has ${off.join(' and ')} switched off, so that work which was confirmed could be lost. Switch ${off.length === 1 ? 'it' : 'them'} on and start again.`,
    )
  }
}

const clients = new WeakMap<Db, pg.ClientBase>()
const spent = new WeakSet<pg.ClientBase>()

async function transactionOn<T>(client: pg.ClientBase, work: (db: Transaction<DB>) => Promise<T>, options: TransactionOptions): Promise<T> {
  const kysely = new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new OneClientDriver(client),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  let builder = kysely.transaction()
  if (options.isolation !== undefined) builder = builder.setIsolationLevel(options.isolation)
  if (options.readOnly === true) builder = builder.setAccessMode('read only')
  return builder.execute(async (db) => {
    clients.set(db, client)
    if (options.statementTimeout !== undefined) await limitStatements(db, options.statementTimeout)
    return work(db)
  })
}

/** From here to the end of the transaction the server cancels a statement that takes longer. */
async function limitStatements(db: Db, milliseconds: number): Promise<void> {
  await sql`set local statement_timeout = ${sql.lit(Math.max(1, Math.round(milliseconds)))}`.execute(db)
}

/** Kysely's own driver, on one connection that somebody else checks out and releases. */
class OneClientDriver extends PostgresDriver {
  constructor(client: pg.ClientBase) {
    const lent = new Proxy(client, {
      get(target, name) {
        if (name === 'release') return (discard?: boolean) => discard === true && spent.add(target)
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    super({ pool: { connect: async () => lent as unknown as pg.PoolClient, end: async () => {}, options: {} } })
  }

  /** Where even the rollback fails the connection is gone and with it the transaction; the caller should read what went wrong first. */
  override async rollbackTransaction(connection: Parameters<PostgresDriver['rollbackTransaction']>[0]): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => {})
  }
}
