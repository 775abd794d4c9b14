import { settleCommitment } from '#modules/commitments/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { improvementEndpoints } from '../api/improvements.ts'
import { type BacklogLine, type BacklogPlace, backlog, type Improvement, improvementOf, updateImprovement } from '../store/improvements.ts'
import { casesByIds } from '../store/lists.ts'
import { askedToImprove } from './improving.ts'
import { moveWork } from './moving.ts'
import { mustWorkHere } from './named.ts'
import { today } from './people.ts'
import { heldCase } from './performing.ts'
import { mayOf } from './process-actions.ts'
import { casesWithin, pageWithin, shownCustomers } from './reach.ts'

export const improvementActions: Actions<typeof improvementEndpoints> = {
  async improvements(context, { state = ['open'], mine = false, cursor, limit = defaultPageSize }) {
    const wanted = { states: [...new Set(state)], ownerId: mine ? context.actor.id : null }
    const { items, last } = await pageWithin(
      context,
      limit,
      (behind: BacklogLine | null, size) => backlog(context.db, wanted, behind ? placeOfLine(behind) : dayPlace(cursor), size),
      (lines) => seenOf(context, lines),
    )
    return { items: await viewsOf(context, items), next: last && cursorOf([last.sortDay, last.id]) }
  },

  async planImprovement(context, { caseId, version, ownerId, dueDay }) {
    const before = await held(context, caseId, version)
    await mustWorkHere(context, 'ownerId', ownerId)
    if (before.state !== 'open') throw refuse('conflict', 'not-open', 'It was done or dropped; take it up again first')
    if (before.ownerId === ownerId && before.dueDay === dueDay && before.commitmentId !== null) return viewOf(before)
    if (before.commitmentId !== null) await settleCommitment(context, before.commitmentId, 'cancelled', null)
    const commitmentId = await askedToImprove(context, before, ownerId, dueDay)
    return saved(context, { ...before, ownerId, dueDay, commitmentId })
  },

  async moveImprovement(context, { caseId, version, ...wanted }) {
    const before = await held(context, caseId, version)
    const moved = await moveWork(context, before, wanted, {
      ask: async (planned) =>
        planned.ownerId === null || planned.dueDay === null ? null : askedToImprove(context, planned, planned.ownerId, planned.dueDay),
      save: (after, doneOn) => saved(context, { ...after, doneOn }),
    })
    return moved ?? viewOf(before)
  },
}

/** The improvement of a case for whoever is about to change it. */
async function held(context: Context, caseId: string, version: number): Promise<Improvement> {
  const { row } = await heldCase(context, caseId, null)
  const found = await improvementOf(context.db, row.customerId, caseId)
  if (!found) throw refuse('missing', 'no-lesson-yet', 'The case has no lesson that asks for something')
  if (found.version !== version) throw changedMeanwhile('this improvement')
  return found
}

async function saved({ db }: Context, after: Improvement) {
  if (!(await updateImprovement(db, after))) throw changedMeanwhile('this improvement')
  return viewOf({ ...after, version: after.version + 1 })
}

const viewOf = ({ caseId, text, ownerId, dueDay, state, doneOn, version }: Improvement) => ({
  ...{ caseId, text, ownerId, dueDay, state, doneOn, version },
})

const placeOfLine = ({ sortDay, id }: BacklogLine): BacklogPlace => ({ day: sortDay, id })
function dayPlace(cursor: string | undefined): BacklogPlace | null {
  if (cursor === undefined) return null
  const [day, id] = placeOf(cursor, ['day', 'uuid'])
  return { day: String(day), id: String(id) }
}

const rowsOf = (context: Context, lines: readonly BacklogLine[]) =>
  casesByIds(
    context.db,
    lines.flatMap(({ customerId, caseId }) => (customerId !== null && caseId !== null ? [{ customerId, caseId }] : [])),
  )

/** Problems, reviews and audits name nobody, and that something is to be done because of them is for everybody (what a review decided or an audit found is not); a lesson is for whoever sees its case. */
async function seenOf(context: Context, lines: readonly BacklogLine[]): Promise<readonly BacklogLine[]> {
  if (context.reach === 'all') return lines
  const seen = new Set((await casesWithin(context, await rowsOf(context, lines))).map(({ id }) => id))
  return lines.filter(({ caseId }) => caseId === null || seen.has(caseId))
}

async function viewsOf(context: Context, lines: readonly BacklogLine[]) {
  const rows = await rowsOf(context, lines)
  const cases = new Map(rows.map((row) => [row.id, row]))
  const customers = await shownCustomers(context, rows)
  const now = await today(context)
  return lines.map((line) => {
    const row = line.caseId === null ? undefined : cases.get(line.caseId)
    const { id, ownerId, dueDay, state, doneOn, effect, version } = line
    const isOfProcess = line.reviewId !== null || line.auditId !== null
    const may = isOfProcess ? mayOf(context, line) : { move: true, drop: true }
    return {
      // It was written for those who see reviews and audits: others learn that there is something, not what.
      text: may.move ? line.text : null,
      may: { ...may },
      ...{ id, ownerId, dueDay, state, doneOn, effect, version },
      case: row ? { id: row.id, number: row.number } : null,
      problem: line.problemId === null ? null : { id: line.problemId, title: line.problemTitle ?? '' },
      reviewId: line.reviewId,
      auditId: line.auditId,
      customer: row ? (customers.get(row.customerId) ?? null) : null,
      late: state === 'open' && dueDay !== null && dueDay < now,
    }
  })
}
