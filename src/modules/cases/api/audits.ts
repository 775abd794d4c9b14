import { z } from 'zod'
import { day, endpoint, instant, page, paging } from '#platform/contract.ts'
import { auditAnswers, auditItems, auditStates, findingGrades } from '../domain/audit.ts'
import { verdicts } from '../domain/taxonomy.ts'
import { ProcessAction } from './reviews.ts'
import { id, maybe, person, version, words } from './said.ts'

const everybody = { permission: 'cases.audit', about: 'everybody' } as const
const answer = z.enum(auditAnswers)
const item = z.enum(auditItems)
const strata = z.object({ established: z.int(), 'not-established': z.int(), undecided: z.int() })

const terms = {
  title: words(200),
  /** What is looked at, and against what. */
  scope: maybe(4000),
  /** Only cases of this department; null: of all. */
  departmentId: id.nullable(),
  auditorId: person,
  plannedOn: day,
  /** Complaints that were closed between these days are drawn from, both included. */
  from: day,
  to: day,
  sampleSize: z.int().min(1).max(200),
}

const Line = z.object({
  id,
  title: z.string(),
  departmentId: id.nullable(),
  auditorId: z.string(),
  plannedOn: day,
  from: day,
  to: day,
  sampleSize: z.int(),
  state: z.enum(auditStates),
  /** Planned for a day that is over, and not closed. */
  late: z.boolean(),
  closedAt: instant.nullable(),
  findings: z.object({ conform: z.int(), minor: z.int(), major: z.int() }),
  version,
})

const Finding = z.object({
  id,
  grade: z.enum(findingGrades),
  item: item.nullable(),
  text: z.string(),
  ownerId: z.string().nullable(),
  dueDay: day.nullable(),
})

const AuditedCase = z.object({
  caseId: id,
  number: z.string(),
  stratum: z.enum(verdicts),
  /** What the auditor found. */
  answers: z.record(z.string(), answer),
  /** What the log answers by itself, with the events by which it does; null: somebody has to look. */
  told: z.array(
    z.object({
      item,
      answer: answer.nullable(),
      evidence: z.array(z.object({ seq: z.int(), kind: z.string(), at: instant, by: z.string() })),
    }),
  ),
  note: z.string().nullable(),
  lookedAt: instant.nullable(),
  version,
})

const Audit = Line.extend({
  scope: z.string().nullable(),
  /** By what the sample was drawn: with it anybody can draw the same again. Null before. */
  seed: z.string().nullable(),
  drawnAt: instant.nullable(),
  /** Of each stratum, how many cases there were when the sample was drawn. */
  population: strata.nullable(),
  /** Passed over because the auditor had acted in them. */
  leftOut: z.int(),
  summary: z.string().nullable(),
  closedBy: z.string().nullable(),
  cases: z.array(AuditedCase),
  /** Of the cases that were looked at, how many had each thing as it should be. */
  items: z.array(z.object({ item, met: z.int(), of: z.int() })),
  findingList: z.array(Finding),
  actions: z.array(ProcessAction),
  may: z.object({ plan: z.boolean(), audit: z.boolean(), name: z.boolean() }),
})

/** The programme of audits: whether complaints are handled as they should be, seen by somebody who had no hand in them. */
export const auditEndpoints = {
  audits: endpoint('GET /case-audits', {
    ...everybody,
    summary: 'The programme of audits of how complaints are handled, the last planned first',
    timeLimit: 1_000,
    input: z.object({ ...paging }),
    result: page(Line),
  }),
  audit: endpoint('GET /case-audits/:auditId', {
    ...everybody,
    summary: 'An audit whole: its sample with what the log answers and what the auditor found, its findings and what follows from them',
    timeLimit: 5_000,
    input: z.object({ auditId: id }),
    result: Audit,
  }),
  planAudit: endpoint('POST /case-audits', {
    ...everybody,
    summary: 'Plans an audit; it stands in the day of the auditor, who may not answer for what is looked at',
    input: z.object(terms),
    result: Line,
  }),
  changeAudit: endpoint('PUT /case-audits/:auditId', {
    ...everybody,
    summary: 'Plans it anew, before its sample is drawn',
    input: z.object({ auditId: id, version, ...terms }),
    result: Line,
  }),
  dropAudit: endpoint('DELETE /case-audits/:auditId', {
    ...everybody,
    summary: 'Throws away an audit that was not begun',
    input: z.object({ auditId: id, version }),
    result: z.object({}),
  }),
  drawSample: endpoint('POST /case-audits/:auditId/sample', {
    ...everybody,
    summary:
      'Draws the sample by a seed that is made then, from each stratum by its share, without the own work of the auditor; the period has to be over',
    timeLimit: 5_000,
    input: z.object({ auditId: id, version }),
    result: Line,
  }),
  nameAuditor: endpoint('PUT /case-audits/:auditId/auditor', {
    ...everybody,
    summary: 'Names another auditor of an audit that was begun, who had no hand in a case of its sample; what was found stays',
    input: z.object({ auditId: id, version, auditorId: person }),
    result: Line,
  }),
  answerAuditCase: endpoint('PUT /case-audits/:auditId/cases/:caseId', {
    ...everybody,
    summary: 'Writes down what the auditor found of a case of the sample',
    input: z.object({ auditId: id, caseId: id, version, answers: z.partialRecord(item, answer), note: maybe(4000) }),
    result: z.object({ caseId: id, version }),
  }),
  addFinding: endpoint('POST /case-audits/:auditId/findings', {
    ...everybody,
    summary: 'Writes down a finding: conform, or minor or major with who does what about it until when',
    input: z.object({
      auditId: id,
      grade: z.enum(findingGrades),
      item: item.nullable(),
      text: words(4000),
      ownerId: person.nullable(),
      dueDay: day.nullable(),
    }),
    result: Finding,
  }),
  dropFinding: endpoint('DELETE /case-audits/:auditId/findings/:findingId', {
    ...everybody,
    summary: 'Takes a finding out, while the audit goes on',
    input: z.object({ auditId: id, findingId: id }),
    result: z.object({}),
  }),
  closeAudit: endpoint('POST /case-audits/:auditId/closing', {
    ...everybody,
    summary: 'Ends the audit with its summary; what is to be done goes to those who do it, and the next review hears of it',
    input: z.object({ auditId: id, version, summary: words(8000) }),
    result: Line,
  }),
}
