/**
 * What happened lately, told to those who are looking: the log behind endpoints of the kind `events` (docs/decisions/0015).
 *
 *   await tellStream(context, [{ topic: `cases.case/${caseId}`, kind: 'changed' }])        within the transaction that made it true
 *
 * What is told are hints to look again, never anything about a person: whoever hears one asks the usual endpoints, which know what they may see.
 *
 * A place in the stream is the database's own word for what was visible when it was read (a snapshot). What has been told since is what is visible now and was not then, so nothing is
 * lost and nothing comes twice, in whatever order transactions began and ended, and nobody waits for a long one.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from './context.ts'
import type { Db } from './database/connection.ts'

export interface StreamEvent {
  /** `<module>.<what>/<id>`: who may hear it is said by the endpoints that name it. */
  readonly topic: string
  readonly kind: string
  /** Small: ids and codes. */
  readonly payload?: Readonly<Record<string, string | number | boolean | null>>
}

/** Heard by the shell alone: somebody may do something else than before, so whatever is open is looked at again. */
export const standingTopic = 'platform.standing'

export const streamChannel = 'patron_stream'
/** Of more topics at once not each is called out; whoever listens then looks at all. */
const mostCalledOut = 50

/** Tells what happened, in the transaction that made it true. Calling it out wakes listeners at the commit; they would find it a moment later without. */
export async function tellStream({ db, now }: Pick<Context, 'db' | 'now'>, events: readonly StreamEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ topic, kind, payload = {} }) => ({ topic, kind, payload: JSON.stringify(payload), at: now }))
  await db.insertInto('platform.stream_event').values(rows).execute()
  const topics = [...new Set(events.map(({ topic }) => topic))]
  const called = topics.length > mostCalledOut ? [''] : topics
  await sql`select pg_notify(${streamChannel}, topic) from unnest(${called}::text[]) as t (topic)`.execute(db)
}

/** Where somebody is in the stream. `rest`: of what became visible up to another snapshot only a part was read, up to this number. */
export interface Place {
  readonly epoch: string
  readonly at: number
  readonly snapshot: string
  readonly rest: { readonly until: string; readonly seq: number } | null
}

/** What lies further back may be gone. */
const reachableHours = 24
const keptHours = 48

export const placeText = ({ epoch, at, snapshot, rest }: Place): string =>
  [epoch, at.toString(36), snapshot, ...(rest ? [rest.until, rest.seq.toString(36)] : [])].join('~')

/** Reads what a listener said it had heard last; null where it makes no sense. */
export function placeIn(text: string): Place | null {
  if (text.length > 2000) return null
  const [epoch = '', at = '', snapshot = '', until, seq] = text.split('~')
  if (!/^[0-9a-f-]{36}$/.test(epoch) || !/^[0-9a-z]{1,11}$/.test(at) || !isSnapshot(snapshot)) return null
  const plain = { epoch, at: Number.parseInt(at, 36), snapshot }
  if (until === undefined) return { ...plain, rest: null }
  return isSnapshot(until) && /^[0-9a-z]{1,11}$/.test(seq ?? '') ? { ...plain, rest: { until, seq: Number.parseInt(seq!, 36) } } : null
}

/** Whether the database would read it as a snapshot: `from:to:running,running`, in their order. */
function isSnapshot(text: string): boolean {
  if (!/^\d{1,18}:\d{1,18}:(\d{1,18}(,\d{1,18})*)?$/.test(text)) return false
  const [from = '', to = '', running = ''] = text.split(':')
  const all = running === '' ? [] : running.split(',').map(BigInt)
  const [low, high] = [BigInt(from), BigInt(to)]
  return low > 0n && high >= low && all.every((one, i) => one >= (all[i - 1] ?? low) && one < high)
}

export interface Heard {
  readonly events: readonly (StreamEvent & { readonly seq: number })[]
  /** From here on. */
  readonly place: Place
  /** There is more already. */
  readonly isMore: boolean
  /** What lay between cannot be told any more: whoever listens has to look at everything anew. */
  readonly isLost: boolean
}

const mostAtOnce = 200

/** What has been told on some topics since a place; from now on where there is none. */
export async function readStream(db: Db, topics: readonly string[], since: Place | null, now: Date): Promise<Heard> {
  if (since === null) return { events: [], place: await placeNow(db, now), isMore: false, isLost: false }
  const { snapshot, rest } = since
  const part = rest ? sql`and pg_visible_in_snapshot(xid, ${rest.until}::text::pg_snapshot) and seq > ${rest.seq}::bigint` : sql``
  // One statement, so that what is read and what is said to have been read are the same.
  const { rows } = await sql<{ snapshot: string; epoch: string | null; ahead: boolean; events: (StreamEvent & { seq: number })[] }>`
    select pg_current_snapshot()::text as snapshot, (select epoch::text from platform.stream_epoch) as epoch,
      pg_snapshot_xmax(${snapshot}::text::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) as ahead,
      (select coalesce(jsonb_agg(e order by e.seq), '[]') from (
        select seq, topic, kind, payload from platform.stream_event
        where topic = any(${topics}::text[]) and xid >= pg_snapshot_xmin(${snapshot}::text::pg_snapshot)
          and not pg_visible_in_snapshot(xid, ${snapshot}::text::pg_snapshot) ${part}
        order by seq limit ${mostAtOnce + 1}) e) as events`.execute(db)
  const found = rows[0]!
  const isReachable = now.getTime() - since.at < reachableHours * 3_600_000
  if (since.epoch !== found.epoch || found.ahead || !isReachable)
    return { events: [], place: await placeNow(db, now), isMore: false, isLost: true }
  const events = found.events.slice(0, mostAtOnce)
  const last = found.events.length > mostAtOnce ? events.at(-1) : undefined
  const until = rest?.until ?? found.snapshot
  const place = { epoch: since.epoch, at: now.getTime(), snapshot: last ? snapshot : until, rest: last ? { until, seq: last.seq } : null }
  // Behind the rest of what was read in parts lies what came meanwhile.
  return { events, place, isMore: last !== undefined || rest !== null, isLost: false }
}

async function placeNow(db: Db, now: Date): Promise<Place> {
  const { rows } = await sql<{ snapshot: string; epoch: string }>`
    select pg_current_snapshot()::text as snapshot, epoch::text from platform.stream_epoch`.execute(db)
  if (rows[0]) return { ...rows[0], at: now.getTime(), rest: null }
  await db
    .insertInto('platform.stream_epoch')
    .values({ number: 1, epoch: randomUUID() })
    .onConflict((conflict) => conflict.column('number').doNothing())
    .execute()
  return placeNow(db, now)
}

/** On which topics anything was told since a place, whoever may hear it; null where it may be any. */
export async function toldSince(db: Db, since: Place, now: Date): Promise<{ topics: ReadonlySet<string> | null; place: Place }> {
  const { rows } = await sql<{ snapshot: string; topics: string[] }>`
    select pg_current_snapshot()::text as snapshot, array(
      select distinct topic from platform.stream_event
      where xid >= pg_snapshot_xmin(${since.snapshot}::text::pg_snapshot) and not pg_visible_in_snapshot(xid, ${since.snapshot}::text::pg_snapshot)
      limit 500) as topics`.execute(db)
  const { snapshot, topics } = rows[0]!
  return { topics: topics.length === 500 ? null : new Set(topics), place: { ...since, snapshot, at: now.getTime() } }
}

/** Takes away what nobody can ask for any more. */
export const forgetStream = (db: Db, now: Date) =>
  db
    .deleteFrom('platform.stream_event')
    .where('at', '<', new Date(now.getTime() - keptHours * 3_600_000))
    .execute()
