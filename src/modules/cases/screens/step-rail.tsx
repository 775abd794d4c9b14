import type { CSSProperties } from 'react'
import { useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import { useWords } from '#ui/words.ts'
import { type Detail, useStepName } from './shown.ts'

/** The steps of a case as a line: which are done, by whom and when, which it stands in, and which come. */
export function StepRail({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const step = useStepName()
  const count = found.process.steps.length
  const ended = found.state !== 'open' && found.state !== 'resolved'
  return (
    <ol
      className="case-steps"
      aria-label={t('steps.title')}
      style={{ '--steps': Math.min(count, 8), '--few': Math.min(count, 4) } as CSSProperties}
    >
      {found.process.steps.map(({ key, names }, index) => {
        const stay = found.stays.findLast((one) => one.step === key)
        const here = key === found.step && !ended
        const done = !here && stay?.to != null
        return (
          <li
            key={key}
            className={here ? 'case-step case-step-here' : done ? 'case-step case-step-done' : 'case-step'}
            {...(here ? { 'aria-current': 'step' as const } : {})}
          >
            <span className="case-step-number" aria-hidden="true">
              {done ? '✓' : index + 1}
            </span>
            <span className="case-step-name">{step(key, names)}</span>
            <small className="muted">
              {done && stay?.to
                ? t('steps.leftBy', { at: format.instant(stay.to), name: people.nameOf(stay.by) })
                : here
                  ? t('steps.here')
                  : ''}
            </small>
          </li>
        )
      })}
    </ol>
  )
}
