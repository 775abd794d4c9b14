import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { choices, text } from './act-fields.tsx'
import type { Waiting } from './approvals-page.tsx'
import { RemediesInput, type TypedRemedy } from './remedies-input.tsx'

interface Typed {
  readonly decision: 'approved' | 'amended' | 'rejected'
  readonly remedies: readonly TypedRemedy[]
  readonly recovery: string | null
  readonly note: string | null
}

/** The leader’s instruction on one proposal, without leaving what waits. */
export function DecideDialog({ one, close }: { readonly one: Waiting; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const write = useWrite(casesApi.instruct, {
    alsoChanges: ['commitments'],
    onDone: () => {
      notice.done(t('acted'))
      close()
    },
  })
  return (
    <Dialog title={`${one.case.number} ${one.case.subject}`} onClose={close} wide>
      <Form<Typed>
        fields={[
          {
            name: 'decision',
            kind: 'choice',
            label: t('said.decision'),
            required: true,
            options: choices(t, ['approved', 'amended', 'rejected'], 'instruction'),
          },
          { name: 'remedies', kind: 'own', label: t('said.remediesAmended'), control: <RemediesInput />, wide: true },
          { name: 'recovery', kind: 'area', label: t('said.recovery'), rows: 2, maxLength: 5000 },
          { name: 'note', kind: 'area', label: t('said.note'), rows: 2, maxLength: 5000 },
        ]}
        initial={{ decision: 'approved', remedies: one.proposed.remedies }}
        onSubmit={({ decision, remedies, recovery, note }) =>
          write.send({
            caseId: one.case.id,
            version: one.case.version,
            decision,
            remedies: decision === 'amended' ? [...remedies] : null,
            recovery: text(recovery),
            note: text(note),
          })
        }
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
