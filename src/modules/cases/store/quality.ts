import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import { defaultSheetRules, type QualitySheet, type Right, type RightCount, type SheetResult } from '../domain/figures/quality-sheet.ts'
import type { JudgedCounts, ReportFilter } from '../domain/report.ts'
import { within } from './report.ts'

export interface StoredSheet extends QualitySheet {
  readonly customerId: string
  readonly id: string
  readonly caseId: string
  /** Whose work was looked at. */
  readonly agentId: string
  readonly verdict: SheetResult['verdict']
  readonly sevenR: SheetResult['sevenR']
  readonly core: SheetResult['core']
  readonly score: number
  readonly note: string | null
  readonly judgedAt: Date
  readonly judgedBy: string
}

export async function insertSheet(db: Db, sheet: StoredSheet): Promise<void> {
  await db
    .insertInto('cases.quality_sheet')
    .values({
      customer_id: sheet.customerId,
      id: sheet.id,
      case_id: sheet.caseId,
      agent_id: sheet.agentId,
      rights: JSON.stringify(sheet.rights),
      courtesy: JSON.stringify(sheet.courtesy),
      argued: sheet.argued,
      verdict: sheet.verdict,
      seven_r: sheet.sevenR,
      core: sheet.core,
      score: sheet.score,
      note: sheet.note,
      judged_at: sheet.judgedAt,
      judged_by: sheet.judgedBy,
    })
    .execute()
}

/** How a case was judged, the newest first. */
export async function sheetsOf(db: Db, customerId: string, caseId: string): Promise<readonly StoredSheet[]> {
  const { rows } = await sql<StoredSheet>`
    select customer_id as "customerId", id, case_id as "caseId", agent_id as "agentId", rights, courtesy, argued, verdict, seven_r as "sevenR", core, score, note,
           judged_at as "judgedAt", judged_by as "judgedBy"
      from cases.quality_sheet where customer_id = ${customerId} and case_id = ${caseId} order by judged_at desc, id desc limit 100`.execute(
    db,
  )
  return rows
}

export interface Period {
  readonly from: Date
  readonly to: Date
}

export async function countRights(db: Db, { from, to }: Period): Promise<readonly RightCount[]> {
  const { rows } = await sql<{ right: Right; met: number; notMet: number }>`
    select one.key as right, count(*) filter (where one.value = 'met')::int as met, count(*) filter (where one.value = 'not-met')::int as "notMet"
      from cases.quality_sheet, jsonb_each_text(rights) one where judged_at >= ${from} and judged_at < ${to} group by one.key`.execute(db)
  return rows
}

export interface SheetCounts {
  readonly all: number
  readonly coreMet: number
  readonly sevenMet: number
  readonly argued: number
  readonly passed: number
}

/** `sevenMet` only where nobody argued; `coreMet` where what is core was assessed. */
export async function countSheets(db: Db, { from, to }: Period): Promise<SheetCounts> {
  const { rows } = await sql<SheetCounts>`
    select count(*)::int as all, count(*) filter (where core = 'met')::int as "coreMet",
           count(*) filter (where seven_r = 'met' and not argued)::int as "sevenMet", count(*) filter (where argued)::int as argued,
           count(*) filter (where verdict = 'passed')::int as passed
      from cases.quality_sheet where judged_at >= ${from} and judged_at < ${to}`.execute(db)
  return rows[0]!
}

export interface AgentMonth {
  readonly agentId: string
  /** `YYYY-MM`. */
  readonly month: string
  readonly sheets: number
  readonly passed: number
  readonly argued: number
  readonly score: number
}

/** Of each whose work was looked at, month by month of a zone. */
export async function agentMonths(db: Db, { from, to }: Period, timeZone: string): Promise<readonly AgentMonth[]> {
  const { rows } = await sql<AgentMonth>`
    select agent_id as "agentId", to_char(judged_at at time zone ${timeZone}, 'YYYY-MM') as month, count(*)::int as sheets,
           count(*) filter (where verdict = 'passed')::int as passed, count(*) filter (where argued)::int as argued, avg(score) as score
      from cases.quality_sheet where judged_at >= ${from} and judged_at < ${to} group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

/** What a sheet on row `q` says. Where somebody argued, nothing else on it counts. */
const sevenMet = sql`(q.seven_r = 'met' and not q.argued)`
const sevenNotMet = sql`(q.seven_r = 'not-met' or q.argued)`
const courteous = sql`(not q.argued and (select avg(one.value::numeric) from jsonb_each_text(q.courtesy) one) >= ${sql.lit(defaultSheetRules.courtesyPass)})`

/** Of the cases of a report those that were looked at, by the last sheet of each. Sheets are few beside cases, so they lead. */
export async function countJudged(db: Db, filter: ReportFilter): Promise<JudgedCounts> {
  const { rows } = await sql<JudgedCounts>`
    select count(*)::int as all, count(*) filter (where ${sevenMet})::int as "sevenMet", count(*) filter (where ${sevenNotMet})::int as "sevenNotMet",
           count(*) filter (where ${courteous})::int as courteous, count(*) filter (where q.argued)::int as argued
      from (select distinct on (customer_id, case_id) * from cases.quality_sheet order by customer_id, case_id, judged_at desc, id desc) q
      join cases.figure f on f.customer_id = q.customer_id and f.case_id = q.case_id
      where ${within(filter)}`.execute(db)
  return rows[0]!
}

const lastSheet = (says: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  select ${says} from cases.quality_sheet q where q.customer_id = f.customer_id and q.case_id = f.case_id order by q.judged_at desc, q.id desc limit 1)`

/** Cases on row `f` whose last sheet says so. */
export const judgedAs = {
  'seven-r-met': lastSheet(sevenMet),
  'seven-r-not-met': lastSheet(sevenNotMet),
  courteous: lastSheet(courteous),
  'not-courteous': lastSheet(sql`not ${courteous}`),
} as const
