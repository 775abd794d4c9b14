import { type Field, Form } from '#ui/form.tsx'
import { HintedText, type TextHint } from '#ui/hinted-text.tsx'
import { useNotice } from '#ui/notice.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { useShown } from './shown-texts.ts'
import type { TechniqueShown } from './technique-card.tsx'
import { usePhrases } from './use-phrases.ts'

type Values = Readonly<Record<string, string>>

/** A technique tried on an invented situation: what one would say at each point, with hints while one writes. */
export function Practise({ technique, close }: { technique: TechniqueShown; close: () => void }) {
  const t = useWords('knowledge')
  const notice = useNotice()
  const shown = useShown()
  const { language } = useLanguage()
  const hintsOf = usePhrases(language)
  const practise = useWrite(knowledgeApi.practise, {
    onDone: () => {
      notice.done(t('practice.done'))
      close()
    },
  })
  const fields: readonly Field<Values>[] = [
    {
      name: 'situation',
      kind: 'area',
      rows: 2,
      label: t('practice.situation'),
      help: t('practice.situationHelp'),
      required: true,
      maxLength: 2000,
    },
    ...technique.points.map(
      (point): Field<Values> => ({
        name: `notes.${point.key}`,
        kind: 'own',
        label: shown(point.title),
        help: shown(point.hint),
        required: true,
        control: <Said hintsOf={hintsOf} />,
      }),
    ),
  ]
  return (
    <Form<Values>
      fields={fields}
      initial={{}}
      onSubmit={({ situation = '', ...said }) =>
        practise.send({
          techniqueId: technique.id,
          situation,
          notes: technique.points.map(({ key }) => ({ key, text: said[`notes.${key}`] ?? '' })),
        })
      }
      problem={practise.problem}
      pending={practise.pending}
      submit={t('practice.send')}
      cancel={close}
    />
  )
}

function Said(props: { hintsOf: (text: string) => readonly TextHint[]; id?: string; value?: string; onChange?: (text: string) => void }) {
  return <HintedText {...props} rows={2} maxLength={2000} />
}
