import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'

/** When sessions and keys were last used: noted in memory, written in batches beside the requests, so that no request waits for it. */
export interface LastUse {
  note(kind: Kind, id: string, at: Date): void
  /** Writes what was noted. */
  write(): Promise<void>
  stop(): Promise<void>
}
type Kind = 'session' | 'key'

const everyMilliseconds = 30_000

export function noteLastUse(db: Db, onProblem: (error: unknown) => void): LastUse {
  const noted: Record<Kind, Map<string, Date>> = { session: new Map(), key: new Map() }
  const write = async () => {
    for (const kind of ['session', 'key'] as const) {
      const uses = [...noted[kind]]
      noted[kind].clear()
      if (uses.length > 0) await save(db, kind, uses)
    }
  }
  const timer = setInterval(() => void write().catch(onProblem), everyMilliseconds)
  timer.unref()
  return {
    note: (kind, id, at) => void noted[kind].set(id, at),
    write,
    async stop() {
      clearInterval(timer)
      await write().catch(onProblem)
    },
  }
}

/** Another process may have noted a later use. */
async function save(db: Db, kind: Kind, uses: readonly (readonly [string, Date])[]): Promise<void> {
  const table = sql.table(kind === 'session' ? 'platform.session' : 'platform.api_key')
  const ids = uses.map(([id]) => id)
  const moments = uses.map(([, at]) => at.toISOString())
  await sql`
    update ${table} used set used_at = noted.at
    from unnest(${ids}::uuid[], ${moments}::timestamptz[]) as noted (id, at)
    where used.id = noted.id and (used.used_at is null or used.used_at < noted.at)`.execute(db)
}
