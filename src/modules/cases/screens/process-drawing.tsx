import { useDuration } from '#ui/use-duration.ts'
import { useWords } from '#ui/words.ts'
import type { ShownProcess } from './processes-page.tsx'
import { useStepName } from './shown.ts'

type Step = ShownProcess['steps'][number]

/** A process drawn: each step with what it needs and where it leads, ways that skip or go back as arrows with their condition. It reads as a list, too. */
export function ProcessDrawing({ steps, label }: { readonly steps: readonly Step[]; readonly label: string }) {
  const t = useWords('cases')
  const stepName = useStepName()
  const duration = useDuration()
  const nameOf = (key: string) => (key === 'end' ? t('process.end') : stepName(key, steps.find((step) => step.key === key)?.names ?? {}))
  return (
    <ol className="process" aria-label={label}>
      {steps.map((step, index) => {
        const next = steps[index + 1]?.key ?? 'end'
        const others = step.ways.filter(({ to, when }) => to !== next || when !== null)
        return (
          <li key={step.key} className={step.resolves ? 'process-step process-resolves' : 'process-step'}>
            <div className="process-box">
              <b>
                {index + 1}. {nameOf(step.key)}
              </b>
              <small className="muted">
                {t(`process.actor.${step.actor}`)}
                {step.minutes !== null && ` · ${duration(step.minutes, true)}`}
                {step.pauses && ` · ${t('process.pauses')}`}
                {step.resolves && ` · ${t('process.resolves')}`}
              </small>
              <ul>
                {step.needs.map(({ need, when }) => (
                  <li key={`${need} ${when}`}>
                    {t(`need.${need}`)}
                    {when && <span className="muted"> ({t(`condition.${when}`)})</span>}
                  </li>
                ))}
              </ul>
            </div>
            {others.map(({ to, when }) => (
              <p key={`${to} ${when}`} className="process-way">
                <span aria-hidden="true">⤵ </span>
                {when ? t('process.wayWhen', { when: t(`condition.${when}`), to: nameOf(to) }) : t('process.way', { to: nameOf(to) })}
              </p>
            ))}
            {step.back.length > 0 && (
              <p className="process-way muted">
                <span aria-hidden="true">↩ </span>
                {t('process.back', { to: step.back.map(nameOf).join(', ') })}
              </p>
            )}
          </li>
        )
      })}
      <li className="process-end">{t('process.end')}</li>
    </ol>
  )
}
