import { Button, Tag } from 'antd'
import { useState } from 'react'
import { knowledgeApi } from '#modules/knowledge/api.ts'
import type { InputOf, ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { Loaded } from '#ui/page.tsx'
import { useToday } from '#ui/today.ts'
import { useRead, type Write } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { type Language, textIn } from '../domain/letters.ts'
import { TalkText } from './reply-text.tsx'

export type Situation = InputOf<typeof knowledgeApi.suggestTechniques>
export type Technique = ResultOf<typeof knowledgeApi.suggestTechniques>['items'][number]['technique']
export type Notes = { point: string; text: string; day: string | null }[]

interface Props {
  readonly situation: Situation
  readonly language: Language | null
  /** Answers once it is noted; what rejects is shown in the form. */
  readonly onUse: (technique: Technique, notes: Notes) => Promise<unknown>
  readonly problem?: Write<never>['problem'] | undefined
  readonly may: boolean
}

/** Which techniques fit, the best first, with what speaks for each; one that takes more experience than one has is handed over (G-20 … G-23). */
export function TechniqueHelp({ situation, language, onUse, problem, may }: Props) {
  const t = useWords('cases', 'knowledge')
  const own = useLanguage().language
  const found = useRead(knowledgeApi.suggestTechniques, situation)
  const [chosen, setChosen] = useState<Technique | null>(null)
  return (
    <>
      <Loaded of={found} lines={2}>
        {({ items }) => (
          <ul className="case-techniques" aria-label={t('technique.title')}>
            {items.map(({ technique, because, disabled }) => (
              <li key={technique.id}>
                <div className="row">
                  <b>{textIn(technique.name, own)}</b>
                  {because.map(({ dimension, value }) => (
                    <Tag key={dimension}>{t(`knowledge:code.${dimension}.${value}`, { defaultValue: value })}</Tag>
                  ))}
                  {because.length === 0 && <span className="muted">{t('technique.always')}</span>}
                </div>
                <details>
                  <summary>{t('technique.how')}</summary>
                  <p className="case-text">{textIn(technique.body, own)}</p>
                </details>
                {disabled ? (
                  <p className="case-hand-over">{t('technique.handOver')}</p>
                ) : (
                  may && (
                    <Button
                      aria-label={t('technique.useNamed', { name: textIn(technique.name, own) })}
                      onClick={() => setChosen(technique)}
                    >
                      {t('technique.use')}
                    </Button>
                  )
                )}
              </li>
            ))}
            {items.length === 0 && <li className="muted">{t('technique.nothing')}</li>}
          </ul>
        )}
      </Loaded>
      {chosen && (
        <Dialog title={textIn(chosen.name, own)} onClose={() => setChosen(null)} wide>
          <UseForm
            technique={chosen}
            language={language}
            problem={problem}
            onUse={(notes) => onUse(chosen, notes).then(() => setChosen(null))}
            close={() => setChosen(null)}
          />
        </Dialog>
      )}
    </>
  )
}

interface UseProps {
  readonly technique: Technique
  readonly language: Language | null
  readonly problem: Write<never>['problem'] | undefined
  readonly onUse: (notes: Notes) => Promise<unknown>
  readonly close: () => void
}

/** What the technique asks for: notes, and promises with their day. */
function UseForm({ technique, language, problem, onUse, close }: UseProps) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const own = useLanguage().language
  const today = useToday()
  type Typed = Readonly<Record<string, string | null>>
  const fields = technique.points.flatMap(({ key, kind, title, hint }): Field<Typed>[] => [
    {
      name: `notes.${key}.text`,
      kind: 'own',
      label: textIn(title, own),
      help: textIn(hint, own),
      required: true,
      wide: true,
      control: <TalkText rows={2} maxLength={kind === 'promise' ? 200 : 2000} language={language} />,
    },
    ...(kind === 'promise'
      ? [{ name: `notes.${key}.day`, kind: 'day', label: t('technique.day'), required: true, min: today, wide: true } as const]
      : []),
  ])
  const noted = (typed: Typed): Notes =>
    technique.points.map(({ key }) => ({ point: key, text: typed[`notes.${key}.text`] ?? '', day: typed[`notes.${key}.day`] ?? null }))
  return (
    <Form<Typed>
      fields={fields}
      initial={{}}
      onSubmit={(typed) => onUse(noted(typed))}
      problem={problem ?? null}
      submit={ui('save')}
      cancel={close}
    />
  )
}
