import { readSetting } from '#modules/organization/public.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile } from '#platform/refusal.ts'
import type { selfAssessmentEndpoints } from '../api/self-assessments.ts'
import type { GradeRow } from '../domain/figures/points-grade.ts'
import { assessmentTrend, gradeOf, scoreOf } from '../domain/self-assessment.ts'
import { selfAssessmentSetting } from '../settings.ts'
import { assessmentsOf, assessmentsSince, type SelfAssessment, writeAssessment } from '../store/self-assessments.ts'
import { wrong } from './named.ts'
import { today } from './people.ts'

export const selfAssessmentActions: Actions<typeof selfAssessmentEndpoints> = {
  async selfAssessment({ db, actor }) {
    const { items, grades } = await readSetting(db, selfAssessmentSetting)
    const own = await assessmentsOf(db, actor.id)
    return {
      items,
      grades,
      months: own.map(({ month, points, items: scored, note, version }) => ({
        month,
        points,
        ...gradeOf(points, grades),
        items: scored,
        note,
        version,
      })),
      ...trendOf(own, grades),
    }
  },

  async assessSelf(context, { month, version, items: scored, note }) {
    const { db, actor, now } = context
    const { items, grades } = await readSetting(db, selfAssessmentSetting)
    if (month > (await today(context)).slice(0, 7)) throw wrong('month', 'not-yet-come', 'The month has not begun yet')
    const points = new Map(scored.map((one) => [one.key, one.points]))
    const sheet = items.map(({ key, most }) => {
      const found = points.get(key)
      if (found === undefined) throw wrong('items', 'required', 'Each item of the sheet needs its points')
      if (found > most) throw wrong('items', 'too-many-points', 'An item has more points than it can have')
      return { key, points: found, most }
    })
    if (scored.length !== items.length) throw wrong('items', 'no-such-item', 'The sheet has no such item')
    const assessment: SelfAssessment = { userId: actor.id, month: `${month}-01`, items: sheet, points: scoreOf(sheet), note, version }
    if (!(await writeAssessment(db, assessment, now))) throw changedMeanwhile('this sheet')
    return { month: assessment.month, points: assessment.points, grade: gradeOf(assessment.points, grades).grade, version: version + 1 }
  },

  async selfAssessments(context) {
    const { db, reach } = context
    const { grades } = await readSetting(db, selfAssessmentSetting)
    const now = await today(context)
    const since = `${Number(now.slice(0, 4)) - 1}-${now.slice(5, 7)}-01`
    const theirs = (await assessmentsSince(db, since)).filter(({ userId }) => reach === 'all' || reach.includes(userId))
    const people = Map.groupBy(theirs, ({ userId }) => userId)
    return {
      people: [...people].map(([userId, own]) => ({
        userId,
        months: own.map(({ month, points }) => ({ month, points, grade: gradeOf(points, grades).grade })),
        ...trendOf(own, grades),
      })),
    }
  },
}

function trendOf(own: readonly SelfAssessment[], grades: readonly GradeRow[]) {
  const { slope, interval, verdict } = assessmentTrend(own, grades)
  return { slope, interval, verdict }
}
