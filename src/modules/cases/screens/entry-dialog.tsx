import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { choices, text } from './act-fields.tsx'
import type { Entry } from './entry-columns.tsx'

interface Typed {
  readonly approved: 'yes' | 'no'
  readonly note: string | null
}

/** Approves or rejects what was proposed about somebody. */
export function EntryDialog({ entry, close }: { readonly entry: Entry; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const people = usePeople()
  const write = useWrite(casesApi.decideEntry, {
    onDone: () => {
      notice.done(t('acted'))
      close()
    },
  })
  return (
    <Dialog title={t('scorecard.decideOn', { name: people.nameOf(entry.userId) })} onClose={close}>
      <p>{entry.reason}</p>
      <Form<Typed>
        fields={[
          {
            name: 'approved',
            kind: 'choice',
            label: t('scorecard.decision'),
            required: true,
            options: choices(t, ['yes', 'no'], 'entryDecision'),
          },
          { name: 'note', kind: 'area', label: t('scorecard.note'), rows: 2, maxLength: 2000, help: t('scorecard.noteHelp') },
        ]}
        initial={{}}
        onSubmit={({ approved, note }) =>
          write.send({ entryId: entry.id, version: entry.version, approved: approved === 'yes', note: text(note) })
        }
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
