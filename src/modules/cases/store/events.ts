import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { CaseEvent, EventKind } from '../domain/event.ts'
import { withoutWords, withWords } from '../domain/words.ts'

export async function insertEvents(db: Db, customerId: string, caseId: string, events: readonly CaseEvent[]): Promise<void> {
  if (events.length === 0) return
  await db
    .insertInto('cases.event')
    .values(
      events.map(({ seq, kind, data, at, by }) => {
        const split = withoutWords(kind, data as unknown as Readonly<Record<string, unknown>>)
        return {
          customer_id: customerId,
          case_id: caseId,
          seq,
          kind,
          data: JSON.stringify(split.data),
          words: JSON.stringify(split.words),
          at,
          by,
        }
      }),
    )
    .execute()
}

/** Everything that happened to a case, in order; up to a moment where one is given. */
export async function eventsOf(db: Db, customerId: string, caseId: string, until: Date | null = null): Promise<readonly CaseEvent[]> {
  const rows = await db
    .selectFrom('cases.event')
    .select(['seq', 'kind', 'data', 'words', 'at', 'by'])
    .where('customer_id', '=', customerId)
    .where('case_id', '=', caseId)
    .$if(until !== null, (q) => q.where('at', '<=', until!))
    .orderBy('seq')
    .execute()
  return rows.map(eventOf)
}

export interface EventRow {
  readonly seq: number
  readonly kind: string
  readonly data: unknown
  readonly words: unknown
  readonly at: Date
  readonly by: string
}

export const eventOf = (row: EventRow): CaseEvent => {
  const kind = row.kind as EventKind
  const words = row.words as Readonly<Record<string, unknown>> | null
  const data = withWords(kind, row.data as Readonly<Record<string, unknown>>, words ?? {}, words === null)
  return { seq: row.seq, kind, data: revived(data), at: row.at, by: row.by } as unknown as CaseEvent
}

/** Moments lie in jsonb as text; these are the names under which they stand. */
const moments = new Set(['receivedAt', 'answerBy', 'until', 'startsAt', 'endsAt', 'dueAt'])
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, moments.has(key) && typeof inner === 'string' ? new Date(inner) : revived(inner)]),
  )
}

export interface ToldEvent {
  readonly caseId: string
  readonly seq: number
  readonly at: Date
  readonly by: string
  readonly what: string
  readonly kind: string
  readonly number: string
  readonly subject: string
}

/** What the timeline tells of a customer's cases, newest first, strictly before a place. */
export async function toldEvents(db: Db, customerId: string, before: { at: Date; id: string } | null, limit: number): Promise<ToldEvent[]> {
  const id = sql`e.case_id::text || ':' || lpad(e.seq::text, 6, '0')`
  const behind = before
    ? sql`and e.at <= ${before.at}::timestamptz and (e.at, (${id}) collate "C") < (${before.at}::timestamptz, ${before.id}::text)`
    : sql``
  const { rows } = await sql<ToldEvent>`
    select e.case_id as "caseId", e.seq, e.at, e.by, e.kind as what, c.kind, c.number, c.subject
    from cases.event e join cases.case c on c.customer_id = e.customer_id and c.id = e.case_id
    where e.customer_id = ${customerId}::uuid and e.kind in ('opened', 'resolved', 'closed', 'reopened', 'withdrawn') ${behind}
    order by e.at desc, (${id}) collate "C" desc limit ${limit}`.execute(db)
  return rows
}
