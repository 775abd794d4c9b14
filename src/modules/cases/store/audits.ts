import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { AuditAnswer, AuditState, FindingGrade, Strata } from '../domain/audit.ts'
import type { Verdict } from '../domain/taxonomy.ts'
import type { Period } from './quality.ts'
import type { DrawnCase } from './sampling.ts'

export interface Audit {
  readonly id: string
  readonly title: string
  /** What is looked at and against what, in words. */
  readonly scope: string | null
  /** Only cases that this department answered for; null: all. */
  readonly departmentId: string | null
  readonly auditorId: string
  readonly plannedOn: string
  /** Complaints that were closed between these days are drawn from, both included. */
  readonly from: string
  readonly to: string
  readonly sampleSize: number
  /** By what the sample was drawn; null: it was not yet. */
  readonly seed: string | null
  readonly state: AuditState
  readonly drawnAt: Date | null
  readonly population: Strata | null
  readonly leftOut: number
  readonly summary: string | null
  readonly closedAt: Date | null
  readonly closedBy: string | null
  readonly commitmentId: string | null
  readonly madeAt: Date
  readonly madeBy: string
  readonly version: number
}

const columns = [
  'id',
  'title',
  'scope',
  'department_id as departmentId',
  'auditor_id as auditorId',
  'planned_on as plannedOn',
  'from_day as from',
  'to_day as to',
  'sample_size as sampleSize',
  'seed',
  'state',
  'drawn_at as drawnAt',
  'population',
  'left_out as leftOut',
  'summary',
  'closed_at as closedAt',
  'closed_by as closedBy',
  'commitment_id as commitmentId',
  'made_at as madeAt',
  'made_by as madeBy',
  'version',
] as const

const valuesOf = (audit: Audit) => ({
  title: audit.title,
  scope: audit.scope,
  department_id: audit.departmentId,
  auditor_id: audit.auditorId,
  planned_on: audit.plannedOn,
  from_day: audit.from,
  to_day: audit.to,
  sample_size: audit.sampleSize,
  seed: audit.seed,
  state: audit.state,
  drawn_at: audit.drawnAt,
  population: audit.population && JSON.stringify(audit.population),
  left_out: audit.leftOut,
  summary: audit.summary,
  closed_at: audit.closedAt,
  closed_by: audit.closedBy,
  commitment_id: audit.commitmentId,
})

export async function insertAudit(db: Db, audit: Audit): Promise<void> {
  await db
    .insertInto('cases.audit')
    .values({ id: audit.id, ...valuesOf(audit), made_at: audit.madeAt, made_by: audit.madeBy })
    .execute()
}

/** Writes an audit that was read with the version it has; false where somebody else was faster, or it was closed. */
export async function updateAudit(db: Db, audit: Audit): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.audit')
    .set({ ...valuesOf(audit), version: audit.version + 1 })
    .where('id', '=', audit.id)
    .where('version', '=', audit.version)
    .where('state', '<>', 'closed')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function auditById(db: Db, id: string): Promise<Audit | null> {
  return (
    ((await db.selectFrom('cases.audit').select(columns).where('id', '=', id).executeTakeFirst()) as unknown as Audit | undefined) ?? null
  )
}

/** The same, with nobody else acting on it until the end of the transaction. */
export async function heldAudit(db: Db, id: string): Promise<Audit | null> {
  await sql`select 1 from cases.audit where id = ${id}::uuid for update`.execute(db)
  return auditById(db, id)
}

export async function deleteAudit(db: Db, { id, version }: Pick<Audit, 'id' | 'version'>): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('cases.audit')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'planned')
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** The programme: audits, the last planned first. */
export async function listAudits(
  db: Db,
  after: { readonly day: string; readonly id: string } | null,
  limit: number,
): Promise<readonly Audit[]> {
  let query = db.selectFrom('cases.audit').select(columns)
  if (after) query = query.where(sql<boolean>`(planned_on, id) < (${after.day}::date, ${after.id}::uuid)`)
  return (await query.orderBy('planned_on', 'desc').orderBy('id', 'desc').limit(limit).execute()) as unknown as Audit[]
}

/** Those that ended in a period, the last first. */
export async function auditsClosed(db: Db, { from, to }: Period): Promise<readonly Audit[]> {
  const query = db.selectFrom('cases.audit').select(columns).where('closed_at', '>=', from).where('closed_at', '<', to)
  return (await query.orderBy('closed_at', 'desc').execute()) as unknown as Audit[]
}

export interface AuditCase {
  readonly customerId: string
  readonly auditId: string
  readonly caseId: string
  readonly place: number
  readonly stratum: Verdict
  readonly answers: Readonly<Record<string, AuditAnswer>>
  readonly told: Readonly<Record<string, AuditAnswer>>
  readonly note: string | null
  readonly lookedAt: Date | null
  readonly version: number
}

export async function insertAuditCases(
  db: Db,
  auditId: string,
  cases: readonly (Omit<DrawnCase, 'lot'> & { readonly stratum: Verdict })[],
): Promise<void> {
  if (cases.length === 0) return
  await db
    .insertInto('cases.audit_case')
    .values(
      cases.map(({ customerId, caseId, stratum: of }, index) => ({
        customer_id: customerId,
        audit_id: auditId,
        case_id: caseId,
        place: index + 1,
        stratum: of,
      })),
    )
    .execute()
}

/** The sample, in the order in which it was drawn. */
export async function auditCases(db: Db, auditIds: readonly string[]): Promise<readonly AuditCase[]> {
  if (auditIds.length === 0) return []
  const rows = await db
    .selectFrom('cases.audit_case')
    .select([
      'customer_id as customerId',
      'audit_id as auditId',
      'case_id as caseId',
      'place',
      'stratum',
      'answers',
      'told',
      'note',
      'looked_at as lookedAt',
      'version',
    ])
    .where('audit_id', 'in', [...auditIds])
    .orderBy('place')
    .execute()
  return rows as unknown as AuditCase[]
}

/** Writes what the auditor found of a case; false where somebody else was faster. */
export async function updateAuditCase(db: Db, one: AuditCase): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('cases.audit_case')
    .set({
      answers: JSON.stringify(one.answers),
      told: JSON.stringify(one.told),
      note: one.note,
      looked_at: one.lookedAt,
      version: one.version + 1,
    })
    .where('customer_id', '=', one.customerId)
    .where('audit_id', '=', one.auditId)
    .where('case_id', '=', one.caseId)
    .where('version', '=', one.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface AuditFinding {
  readonly auditId: string
  readonly id: string
  readonly grade: FindingGrade
  readonly item: string | null
  readonly text: string
  readonly ownerId: string | null
  readonly dueDay: string | null
  readonly madeAt: Date
  readonly madeBy: string
}

export async function findingsOfAudits(db: Db, auditIds: readonly string[]): Promise<readonly AuditFinding[]> {
  if (auditIds.length === 0) return []
  const rows = await db
    .selectFrom('cases.audit_finding')
    .select([
      'audit_id as auditId',
      'id',
      'grade',
      'item',
      'text',
      'owner_id as ownerId',
      'due_day as dueDay',
      'made_at as madeAt',
      'made_by as madeBy',
    ])
    .where('audit_id', 'in', [...auditIds])
    .orderBy('made_at')
    .orderBy('id')
    .execute()
  return rows as AuditFinding[]
}

export async function insertFinding(db: Db, one: AuditFinding): Promise<void> {
  await db
    .insertInto('cases.audit_finding')
    .values({
      audit_id: one.auditId,
      id: one.id,
      grade: one.grade,
      item: one.item,
      text: one.text,
      owner_id: one.ownerId,
      due_day: one.dueDay,
      made_at: one.madeAt,
      made_by: one.madeBy,
    })
    .execute()
}

export const deleteFinding = (db: Db, auditId: string, id: string) =>
  db.deleteFrom('cases.audit_finding').where('audit_id', '=', auditId).where('id', '=', id).execute()
