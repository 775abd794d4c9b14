import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Reach } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'

/** Somebody was asked to decide on a proposal. */
export interface Approval {
  readonly customerId: string
  readonly id: string
  readonly caseId: string
  /** The event that proposed. */
  readonly seq: number
  /** How often it went higher before. */
  readonly level: number
  /** Null: by the table nobody may decide. */
  readonly approverId: string | null
  readonly role: string | null
  readonly amountMinor: number
  readonly askedAt: Date
  readonly dueAt: Date
  readonly escalatedAt: Date | null
  readonly decidedAt: Date | null
  readonly decidedBy: string | null
  readonly decision: string | null
}

const columns = [
  'customer_id as customerId',
  'id',
  'case_id as caseId',
  'seq',
  'level',
  'approver_id as approverId',
  'role',
  'amount_minor as amountMinor',
  'asked_at as askedAt',
  'due_at as dueAt',
  'escalated_at as escalatedAt',
  'decided_at as decidedAt',
  'decided_by as decidedBy',
  'decision',
] as const

const approvals = (db: Db) => db.selectFrom('cases.approval').select(columns)

export const insertApproval = (db: Db, asked: Omit<Approval, 'escalatedAt' | 'decidedAt' | 'decidedBy' | 'decision'>) =>
  db
    .insertInto('cases.approval')
    .values({
      customer_id: asked.customerId,
      id: asked.id,
      case_id: asked.caseId,
      seq: asked.seq,
      level: asked.level,
      approver_id: asked.approverId,
      role: asked.role,
      amount_minor: asked.amountMinor,
      asked_at: asked.askedAt,
      due_at: asked.dueAt,
    })
    .execute()

/** Everybody who was ever asked about a case, in that order. */
export const approvalsOf = (db: Db, customerId: string, caseId: string): Promise<Approval[]> =>
  approvals(db).where('customer_id', '=', customerId).where('case_id', '=', caseId).orderBy('asked_at').orderBy('level').execute()

/** Nobody is asked about a case any more: it was decided, or went elsewhere. */
export async function closeApprovals(
  db: Db,
  customerId: string,
  caseId: string,
  decided: { readonly now: Date; readonly by: string; readonly decision: string },
): Promise<number> {
  const written = await db
    .updateTable('cases.approval')
    .set({ decided_at: decided.now, decided_by: decided.by, decision: decided.decision })
    .where('customer_id', '=', customerId)
    .where('case_id', '=', caseId)
    .where('decided_at', 'is', null)
    .executeTakeFirst()
  return Number(written.numUpdatedRows)
}

export interface DuePlace {
  readonly at: Date
  readonly id: string
}

/** What waits for somebody (null: for anybody), what is due first first. What already went higher waits for the one above. */
export async function waitingApprovals(db: Db, approverId: string | null, after: DuePlace | null, limit: number): Promise<Approval[]> {
  return approvals(db)
    .where('decided_at', 'is', null)
    .$if(approverId !== null, (q) => q.where('approver_id', '=', approverId!))
    .$if(approverId === null, (q) => q.where('escalated_at', 'is', null))
    .$if(after !== null, (q) => q.where(sql<SqlBool>`(due_at, id) > (${after?.at}::timestamptz, ${after?.id}::uuid)`))
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** What nobody decided on by its time and has not gone higher yet; whoever acts on it holds its case and looks again. */
export async function overdueApprovals(db: Db, now: Date, limit: number): Promise<Approval[]> {
  return approvals(db)
    .where('decided_at', 'is', null)
    .where('escalated_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

export const markEscalated = (db: Db, customerId: string, id: string, now: Date) =>
  db.updateTable('cases.approval').set({ escalated_at: now }).where('customer_id', '=', customerId).where('id', '=', id).execute()

/** Somebody who held a case up: named as such with the responsibility, did not decide in time, or handled it when a clock of it ran out. */
export interface Delay {
  readonly kind: 'named' | 'approval' | 'clock'
  readonly userId: string
  readonly caseId: string
  readonly number: string
  readonly at: Date
  /** Of what was due: when. */
  readonly dueAt: Date | null
  readonly decidedAt: Date | null
}

/** Delays of whoever somebody reaches, the newest first: of a responsibility that was settled more than once, the last word. */
export async function delays(db: Db, from: Date, reach: Reach, limit: number): Promise<readonly Delay[]> {
  const reached = (who: RawBuilder<unknown>) => (reach === 'all' ? sql`` : sql`and ${who} = any(${reach}::text[])`)
  const { rows } = await sql<Delay>`
    (select 'named' as kind, e.data ->> 'delayedBy' as "userId", e.case_id as "caseId", c.number, e.at, null::timestamptz as "dueAt", null::timestamptz as "decidedAt"
      from cases.event e join cases.case c on c.customer_id = e.customer_id and c.id = e.case_id
      where e.kind = 'responsibility-settled' and (e.data ->> 'delayedBy') is not null and e.at >= ${from}::timestamptz ${reached(sql`e.data ->> 'delayedBy'`)}
        and not exists (select 1 from cases.event later
          where later.customer_id = e.customer_id and later.case_id = e.case_id and later.kind = 'responsibility-settled' and later.seq > e.seq)
      order by e.at desc limit ${limit})
    union all
    (select 'approval', a.approver_id, a.case_id, c.number, a.escalated_at, a.due_at, a.decided_at
      from cases.approval a join cases.case c on c.customer_id = a.customer_id and c.id = a.case_id
      where a.escalated_at is not null and a.approver_id is not null and a.escalated_at >= ${from}::timestamptz ${reached(sql`a.approver_id`)}
      order by a.escalated_at desc limit ${limit})
    union all
    (select 'clock', handled.by, e.case_id, c.number, e.at, (e.data ->> 'dueAt')::timestamptz, null::timestamptz
      from cases.event e join cases.case c on c.customer_id = e.customer_id and c.id = e.case_id
      join lateral (select coalesce(a.data ->> 'ownerId', '') as by from cases.event a
        where a.customer_id = e.customer_id and a.case_id = e.case_id and a.kind in ('opened', 'assigned') and a.seq < e.seq
        order by a.seq desc limit 1) handled on handled.by <> ''
      where e.kind = 'breached' and e.at >= ${from}::timestamptz ${reached(sql`handled.by`)}
      order by e.at desc limit ${limit})
    order by 5 desc, 3 limit ${limit}`.execute(db)
  return rows
}
