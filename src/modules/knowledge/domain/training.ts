import { type SkillName, skillNames } from '#modules/organization/domain/staff.ts'

export { type SkillName, skillNames }

/** A practised technique is judged with 1 (not yet) … 5 (as one would wish for oneself). */
export const practiceScores = [1, 2, 3, 4, 5] as const

export interface CourseFacts {
  readonly courseId: string
  readonly skills: readonly SkillName[]
  readonly active: boolean
}

/** How far somebody has come: per skill (P-06) how many of the courses that teach it they completed. What was completed counts also where the course is given no more. */
export function progressBySkill(
  courses: readonly CourseFacts[],
  completed: ReadonlySet<string>,
): Readonly<Record<SkillName, { readonly done: number; readonly of: number }>> {
  const of = (skill: SkillName) => {
    const teaching = courses.filter(({ courseId, skills, active }) => skills.includes(skill) && (active || completed.has(courseId)))
    return { done: teaching.filter(({ courseId }) => completed.has(courseId)).length, of: teaching.length }
  }
  return { attitude: of('attitude'), knowledge: of('knowledge'), skill: of('skill') }
}
