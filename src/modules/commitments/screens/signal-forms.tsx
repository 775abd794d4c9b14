import { Form } from '#ui/form.tsx'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { CustomerField } from './customer-field.tsx'
import type { Signal } from './signal-list.tsx'

interface StepProps {
  readonly signal: Signal
  readonly close: () => void
}

/** About the customer of the page, where there is one. */
export function Capture({ customerId: known, close }: { customerId?: string; close: () => void }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const capture = useWrite(commitmentsApi.captureSignal, { onDone: close })
  return (
    <Form<{ text: string; source: string; customerId: string | null }>
      fields={[
        { name: 'text', kind: 'area', label: t('signal.text'), required: true, rows: 3, maxLength: 2000 },
        { name: 'source', kind: 'text', label: t('signal.source'), maxLength: 300 },
        ...(known === undefined
          ? [{ name: 'customerId', kind: 'own', label: t('field.customer'), control: <CustomerField /> } as const]
          : []),
      ]}
      initial={{}}
      onSubmit={({ text, source, customerId }) => capture.send({ text, source: source || null, customerId: known ?? customerId ?? null })}
      problem={capture.problem}
      pending={capture.pending}
      submit={ui('save')}
      cancel={close}
    />
  )
}

export function Judge({ signal, close }: StepProps) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const judge = useWrite(commitmentsApi.judgeSignal, { onDone: close })
  return (
    <>
      <p className="commitment-text">{signal.text}</p>
      <p className="muted">{t('signal.judgeAbout')}</p>
      <Form<{ isTrue: boolean; isImportant: boolean; note: string }>
        fields={[
          { name: 'isTrue', kind: 'yes', label: t('signal.isTrue') },
          { name: 'isImportant', kind: 'yes', label: t('signal.isImportant') },
          { name: 'note', kind: 'area', label: t('field.reason'), rows: 2, maxLength: 5000 },
        ]}
        initial={{ isTrue: signal.isTrue ?? true, isImportant: signal.isImportant ?? true, note: signal.judgement ?? '' }}
        onSubmit={({ isTrue, isImportant, note }) =>
          judge.send({ signalId: signal.id, basedOn: signal.judgedAt, isTrue, isImportant, ...(note ? { note } : {}) })
        }
        problem={judge.problem}
        pending={judge.pending}
        submit={ui('save')}
        cancel={close}
      />
    </>
  )
}

export function React({ signal, close }: StepProps) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const { user } = useSession()
  const react = useWrite(commitmentsApi.reactToSignal, { onDone: close, alsoChanges: ['customers'] })
  return (
    <>
      <p className="commitment-text">{signal.text}</p>
      <Form<{ note: string; asTask: boolean; ownerId: string; dueDay: string | null }>
        fields={[
          { name: 'note', kind: 'area', label: t('signal.reaction'), required: true, rows: 2, maxLength: 2000 },
          { name: 'asTask', kind: 'yes', label: t('signal.asTask') },
          { name: 'ownerId', kind: 'people', label: t('field.owner'), required: true },
          { name: 'dueDay', kind: 'day', label: t('field.dueDay') },
        ]}
        initial={{ asTask: true, ownerId: user.id, dueDay: null }}
        onSubmit={({ note, asTask, ownerId, dueDay }) =>
          react.send({ signalId: signal.id, note, task: asTask ? { ownerId, dueDay: dueDay ?? null } : null })
        }
        problem={react.problem}
        pending={react.pending}
        submit={ui('save')}
        cancel={close}
      />
    </>
  )
}
