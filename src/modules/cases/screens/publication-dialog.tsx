import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { Typed } from './act-fields.tsx'
import { publicationFields, textsOf, typedOf } from './publication-fields.ts'

export type ShownPublication = Omit<ResultOf<typeof casesApi.publication>, 'cases' | 'hidden'>

/** Says what was done about what some customers said. */
export function NewPublication({
  caseIds,
  close,
  done,
}: {
  readonly caseIds: readonly string[]
  readonly close: () => void
  readonly done: () => void
}) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const { profile, may } = useSession()
  const make = useWrite(casesApi.makePublication, {
    onDone: ({ state }) => {
      notice.done(t(state === 'published' ? 'publication.published' : 'publication.saved'))
      done()
    },
  })
  return (
    <Dialog title={t('publication.new')} onClose={close} wide>
      <p className="muted">{t('publication.casesOf', { count: caseIds.length })}</p>
      <Form<Typed>
        columns={2}
        fields={[
          ...publicationFields(t, profile.locale),
          ...(may('cases.publish') ? [{ name: 'visible', kind: 'yes' as const, label: t('said.visible'), wide: true }] : []),
        ]}
        initial={{ visible: false }}
        onSubmit={(typed) => make.send({ caseIds: [...caseIds], texts: textsOf(typed), visible: typed.visible === true })}
        problem={make.problem}
        pending={make.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

/** Changes what one says. */
export function EditPublication({ of, close }: { readonly of: ShownPublication; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const { profile } = useSession()
  const save = useWrite(casesApi.changePublication, {
    onDone: () => {
      notice.done(t('publication.saved'))
      close()
    },
  })
  return (
    <Dialog title={t('publication.edit')} onClose={close} wide>
      <Form<Typed>
        columns={2}
        fields={publicationFields(t, profile.locale)}
        initial={typedOf(of.texts)}
        onSubmit={(typed) => save.send({ publicationId: of.id, version: of.version, texts: textsOf(typed) })}
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
