import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { skillNames } from '../domain/training.ts'
import { useShown } from './shown-texts.ts'
import './knowledge.css'

type Training = ResultOf<typeof knowledgeApi.training>

/** On the page of the staff: what somebody has learned and practised, beside the scores that are kept there. */
export function TrainingOfStaff({ userId, skills }: { userId: string; skills: Readonly<Record<string, number>> }) {
  const training = useRead(knowledgeApi.training, { userId })
  return (
    <Loaded of={training} lines={3}>
      {(found) => <TrainingShown training={found} skills={skills} />}
    </Loaded>
  )
}

/** The three skills with the courses that teach them, what was completed, practised and used, and thanks. */
export function TrainingShown({ training, skills }: { training: Training; skills?: Readonly<Record<string, number>> }) {
  const t = useWords('knowledge', 'organization')
  const format = useFormat()
  const shown = useShown()
  const people = usePeople()
  const { bySkill, completed, practices, techniques, recognitions } = training
  return (
    <>
      <div className="knowledge-bars">
        {skillNames.map((name) => {
          const { done, of } = bySkill[name]
          const label = t(`organization:staff.skill.${name}`)
          const score = skills?.[name]
          return (
            <div key={name} style={{ display: 'contents' }}>
              <span>
                {label}
                {score !== undefined && <span className="muted"> {t('training.score', { score })}</span>}
              </span>
              <progress className="knowledge-bar" max={Math.max(of, 1)} value={done} aria-label={label} />
              <span className="muted">{of === 0 ? t('training.noCourse') : t('training.courses', { done, of })}</span>
            </div>
          )
        })}
      </div>
      <p>
        {practices.count === 0
          ? t('training.noPractice')
          : practices.meanScore === null
            ? t('training.tried', { count: practices.count })
            : t('training.practised', { count: practices.count, mean: format.number(practices.meanScore, 1) })}
      </p>
      {techniques.length > 0 && (
        <ul className="plain-list">
          {techniques.map(({ techniqueId, name, succeeded, failed, open }) => (
            <li key={techniqueId}>
              {shown(name)} <span className="muted">{t('training.used', { count: succeeded + failed + open, succeeded })}</span>
            </li>
          ))}
        </ul>
      )}
      {completed.length > 0 && (
        <ul className="plain-list">
          {completed.map(({ courseId, name, completedAt, note }) => (
            <li key={courseId}>
              {shown(name)} <span className="muted">{[format.instant(completedAt), note].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ul>
      )}
      {recognitions.length > 0 && (
        <ul className="plain-list">
          {recognitions.map(({ id, text, givenBy, givenAt }) => (
            <li key={id}>
              {text} <span className="muted">{t('training.thanks', { name: people.nameOf(givenBy), at: format.instant(givenAt) })}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
