import { addCommitment, settleCommitment } from '#modules/commitments/public.ts'
import { departmentsOfStaff, usersWith } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { auditEndpoints } from '../api/audits.ts'
import { isAnswered, itemCounts } from '../domain/audit.ts'
import { periodProblem } from '../domain/review-period.ts'
import { auditClosed } from '../facts/reviews.ts'
import {
  type Audit,
  type AuditCase,
  type AuditFinding,
  auditById,
  auditCases,
  deleteAudit,
  deleteFinding,
  findingsOfAudits,
  heldAudit,
  insertAudit,
  insertAuditCases,
  insertFinding,
  listAudits,
  updateAudit,
  updateAuditCase,
} from '../store/audits.ts'
import { processActionsOf } from '../store/process-actions.ts'
import { casesView } from './audit-cases.ts'
import { mustBeDepartment, mustWorkHere, wrong } from './named.ts'
import { today } from './people.ts'
import { actionView, askOfProcess, mustBeThere } from './process-actions.ts'
import { dayPlace } from './report.ts'
import { drawSample, ownWork } from './sampling.ts'

const originOf = (auditId: string) => ({ module: 'cases', id: `audit:${auditId}` })

type Terms = Pick<Audit, 'title' | 'scope' | 'departmentId' | 'auditorId' | 'plannedOn' | 'from' | 'to' | 'sampleSize'>

export const auditActions: Actions<typeof auditEndpoints> = {
  async audits(context, { cursor, limit = defaultPageSize }) {
    const rows = await listAudits(context.db, dayPlace(cursor), limit + 1)
    const shown = rows.slice(0, limit)
    const last = rows.length > limit ? shown.at(-1)! : null
    return { items: await linesOf(context, shown), next: last && cursorOf([last.plannedOn, last.id]) }
  },

  async audit(context, { auditId }) {
    const audit = await called(context, auditId)
    const [line] = await linesOf(context, [audit])
    const cases = await auditCases(context.db, [auditId])
    const day = await today(context)
    const findings = await findingsOfAudits(context.db, [auditId])
    return {
      ...line!,
      scope: audit.scope,
      seed: audit.seed,
      drawnAt: audit.drawnAt,
      population: audit.population,
      leftOut: audit.leftOut,
      summary: audit.summary,
      closedBy: audit.closedBy,
      cases: await casesView(context, audit, cases),
      items: [...itemCounts(cases)],
      findingList: findings.map(findingView),
      actions: (await processActionsOf(context.db, { auditId })).map((action) => actionView(action, day)),
      may: {
        plan: audit.state === 'planned',
        audit: audit.state === 'drawn' && audit.auditorId === context.actor.id,
        name: audit.state === 'drawn',
      },
    }
  },

  async planAudit(context, terms) {
    await mustBePlanned(context, terms)
    const id = context.newId()
    const planned: Audit = {
      ...{ id, ...terms, seed: null, state: 'planned', drawnAt: null, population: null, leftOut: 0 },
      ...{ summary: null, closedAt: null, closedBy: null, madeAt: context.now, madeBy: context.actor.id, version: 1 },
      commitmentId: await asked(context, id, terms),
    }
    await insertAudit(context.db, planned)
    return (await linesOf(context, [planned]))[0]!
  },

  async changeAudit(context, { auditId, version, ...terms }) {
    const before = await held(context, auditId, version)
    if (before.state !== 'planned')
      throw refuse('conflict', 'sample-drawn', 'Its sample was drawn; what it is about does not change any more')
    await mustBePlanned(context, terms)
    const moved = before.auditorId !== terms.auditorId || before.plannedOn !== terms.plannedOn || before.title !== terms.title
    return saved(context, { ...before, ...terms, commitmentId: moved ? await askedAnew(context, before, terms) : before.commitmentId })
  },

  async dropAudit(context, { auditId, version }) {
    const before = await held(context, auditId, version)
    if (!(await deleteAudit(context.db, before))) throw refuse('conflict', 'sample-drawn', 'It has begun; an audit that was begun is ended')
    if (before.commitmentId !== null) await settleCommitment(context, before.commitmentId, 'cancelled', null)
    return {}
  },

  async drawSample(context, { auditId, version }) {
    const before = await held(context, auditId, version)
    if (before.state !== 'planned') throw refuse('conflict', 'sample-drawn', 'Its sample was drawn already')
    // Who has come to answer for what is looked at since it was planned does not look at it.
    await mustBePlanned(context, before)
    // What ends later in the period could not be drawn any more.
    if (periodProblem(before, await today(context)) === 'not-over') throw refuse('conflict', 'not-over', 'The period is not over yet')
    // Made here and now, nobody can have looked for one that draws what they like.
    const seed = context.newId()
    const sample = await drawSample(context.db, { ...before, seed })
    if (sample.cases.length === 0)
      throw refuse('conflict', 'nothing-to-draw', 'No complaint was closed in this period of which the auditor had no part')
    await insertAuditCases(context.db, auditId, sample.cases)
    const { population, leftOut } = sample
    return saved(context, { ...before, state: 'drawn', seed, drawnAt: context.now, population, leftOut })
  },

  async nameAuditor(context, { auditId, version, auditorId }) {
    const before = await held(context, auditId, version)
    if (before.state === 'planned') throw refuse('conflict', 'not-drawn', 'Draw the sample first')
    if (before.state === 'closed') throw refuse('conflict', 'was-closed', 'The audit was ended; nothing of it changes any more')
    const after = { ...before, auditorId }
    await mustBePlanned(context, after)
    if ((await ownWork(context.db, await auditCases(context.db, [auditId]), auditorId)).size > 0)
      throw wrong('auditorId', 'own-work', 'A case of the sample is their own work, and nobody audits that')
    if (auditorId === before.auditorId) return (await linesOf(context, [before]))[0]!
    return saved(context, { ...after, commitmentId: await askedAnew(context, before, after) })
  },

  async answerAuditCase(context, { auditId, caseId, version, answers, note }) {
    const audit = await underWay(context, auditId)
    const one = (await auditCases(context.db, [auditId])).find((drawn) => drawn.caseId === caseId)
    if (!one) throw refuse('missing', 'not-in-sample', 'The sample has no such case')
    if (one.version !== version) throw changedMeanwhile('this case of the sample')
    if ((await ownWork(context.db, [one], audit.auditorId)).size > 0)
      throw refuse('conflict', 'own-work', 'You have had a hand in this case since; another auditor looks at it')
    const [view] = await casesView(context, audit, [one])
    const told = Object.fromEntries(view!.told.flatMap(({ item, answer }) => (answer === null ? [] : [[item, answer] as const])))
    if (
      !(await updateAuditCase(context.db, {
        ...one,
        answers: { ...answers } as AuditCase['answers'],
        told,
        note: note || null,
        lookedAt: context.now,
      }))
    )
      throw changedMeanwhile('this case of the sample')
    return { caseId, version: version + 1 }
  },

  async addFinding(context, { auditId, grade, item, text, ownerId, dueDay }) {
    await underWay(context, auditId)
    if (grade === 'conform' && (ownerId !== null || dueDay !== null))
      throw wrong('ownerId', 'nothing-to-do', 'What is as it should be leaves nothing to be done')
    if (grade !== 'conform' && ownerId === null) throw wrong('ownerId', 'required', 'Say who does something about it')
    if (grade !== 'conform' && dueDay === null) throw wrong('dueDay', 'required', 'Say until when it is done')
    await mustWorkHere(context, 'ownerId', ownerId)
    const finding: AuditFinding = {
      ...{ auditId, id: context.newId(), grade, item, text, ownerId, dueDay },
      ...{ madeAt: context.now, madeBy: context.actor.id },
    }
    await insertFinding(context.db, finding)
    return findingView(finding)
  },

  async dropFinding(context, { auditId, findingId }) {
    await underWay(context, auditId)
    await deleteFinding(context.db, auditId, findingId)
    return {}
  },

  async closeAudit(context, { auditId, version, summary }) {
    const { db, now, actor } = context
    const before = await underWay(context, auditId, version)
    const cases = await auditCases(db, [auditId])
    const left = cases.filter(({ answers }) => !isAnswered(answers)).length
    if (left > 0) throw refuse('conflict', 'cases-left', 'Not every case of the sample has all its answers', { values: { left } })
    const findings = await findingsOfAudits(db, [auditId])
    const owed = findings.filter(({ ownerId }) => ownerId !== null)
    await mustBeThere(context, owed)
    for (const { id, text, ownerId, dueDay } of owed)
      await askOfProcess(context, { id, text, ownerId: ownerId!, dueDay: dueDay!, reviewId: null, auditId })
    const after = await saved(context, { ...before, state: 'closed', summary, closedAt: now, closedBy: actor.id })
    if (before.commitmentId !== null) await settleCommitment(context, before.commitmentId, 'done', null)
    await context.publish(auditClosed, { auditId, cases: cases.length, ...gradesOf(findings), actions: owed.length })
    return after
  },
}

const asked = async (context: Context, auditId: string, { title, plannedOn, auditorId }: Terms): Promise<string> => {
  const duty = { kind: 'task', title: title.slice(0, 200), dueDay: plannedOn, ownerId: auditorId, origin: originOf(auditId) } as const
  return (await addCommitment(context, duty)).id
}

/** The same, for whoever it is now instead of whoever it was. */
async function askedAnew(context: Context, { id, commitmentId }: Audit, terms: Terms): Promise<string> {
  if (commitmentId !== null) await settleCommitment(context, commitmentId, 'cancelled', null)
  return asked(context, id, terms)
}

/** Who looks may look at everybody's, and does not answer for what is looked at: nobody audits their own work. */
async function mustBePlanned(context: Context, { auditorId, departmentId, from, to }: Terms): Promise<void> {
  await mustBeDepartment(context, 'departmentId', departmentId)
  await mustWorkHere(context, 'auditorId', auditorId)
  if (!(await usersWith(context.db, 'cases.audit')).includes(auditorId)) throw wrong('auditorId', 'may-not-audit', 'They may not audit')
  if (departmentId !== null && (await departmentsOfStaff(context.db, [auditorId])).includes(departmentId))
    throw wrong('auditorId', 'own-work', 'They work in the department that is looked at, and nobody audits their own work')
  const problem = periodProblem({ from, to }, await today(context))
  if (problem === 'after-the-end') throw wrong('from', problem, 'The period has to begin before it ends')
  if (problem === 'longer-than-a-year') throw wrong('from', problem, 'A sample is drawn from a year at most')
}

async function called({ db }: Context, id: string): Promise<Audit> {
  const audit = await auditById(db, id)
  if (!audit) throw refuse('missing', 'no-such-audit', 'There is no such audit')
  return audit
}

async function held(context: Context, id: string, version?: number): Promise<Audit> {
  await heldAudit(context.db, id)
  const audit = await called(context, id)
  if (version !== undefined && audit.version !== version) throw changedMeanwhile('this audit')
  return audit
}

/** An audit that goes on, for its auditor alone. */
async function underWay(context: Context, id: string, version?: number): Promise<Audit> {
  const audit = await held(context, id, version)
  if (audit.auditorId !== context.actor.id) throw refuse('forbidden', 'not-the-auditor', 'Only the auditor writes what was found')
  if (audit.state === 'planned') throw refuse('conflict', 'not-drawn', 'Draw the sample first')
  if (audit.state === 'closed') throw refuse('conflict', 'was-closed', 'The audit was ended; nothing of it changes any more')
  return audit
}

async function saved(context: Context, after: Audit) {
  if (!(await updateAudit(context.db, after))) throw changedMeanwhile('this audit')
  return (await linesOf(context, [{ ...after, version: after.version + 1 }]))[0]!
}

const gradesOf = (findings: readonly AuditFinding[]) => {
  const of = (grade: AuditFinding['grade']) => findings.filter((one) => one.grade === grade).length
  return { conform: of('conform'), minor: of('minor'), major: of('major') }
}

async function linesOf(context: Context, audits: readonly Audit[]) {
  const now = await today(context)
  const findings = await findingsOfAudits(
    context.db,
    audits.map(({ id }) => id),
  )
  return audits.map(({ id, title, departmentId, auditorId, plannedOn, from, to, sampleSize, state, closedAt, version }) => ({
    ...{ id, title, departmentId, auditorId, plannedOn, from, to, sampleSize, state, closedAt, version },
    late: state !== 'closed' && plannedOn < now,
    findings: gradesOf(findings.filter(({ auditId }) => auditId === id)),
  }))
}

const findingView = ({ id, grade, item, text, ownerId, dueDay }: AuditFinding) => ({
  id,
  grade,
  item: item as never,
  text,
  ownerId,
  dueDay,
})
