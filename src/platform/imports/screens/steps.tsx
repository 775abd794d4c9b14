import { useWords } from '#ui/words.ts'

const steps = ['file', 'columns', 'check', 'import'] as const
export type Step = (typeof steps)[number]

/** Where in the wizard one is. */
export function Steps({ at }: { at: Step }) {
  const t = useWords('imports')
  const now = steps.indexOf(at)
  return (
    <ol className="import-steps" aria-label={t('steps.label')}>
      {steps.map((step, index) => (
        <li key={step} className={index < now ? 'past' : undefined} aria-current={step === at ? 'step' : undefined}>
          {t(`steps.${step}`)}
        </li>
      ))}
    </ol>
  )
}
