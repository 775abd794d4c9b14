import { useState } from 'react'
import { api as organization } from '#modules/organization/api.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loading } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { reopensAt } from '../domain/going-back.ts'
import { type ActForm, actForms, type Typed } from './act-forms.ts'
import { usePrefill } from './prefill.ts'
import { type Detail, useStepName } from './shown.ts'

/** One act, filled in. */
export function ActDialog({ act, found, close }: { readonly act: string; readonly found: Detail; readonly close: () => void }) {
  const t = useWords('cases')
  const form = actForms[act]
  return (
    form && (
      <Dialog title={t(`act.${act}`)} onClose={close} wide>
        <Fill act={act} form={form} found={found} close={close} />
      </Dialog>
    )
  )
}

interface FillProps {
  readonly act: string
  readonly form: ActForm
  readonly found: Detail
  readonly close: () => void
}

function Fill({ act, form, found, close }: FillProps) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const step = useStepName()
  const { profile, may } = useSession()
  const { data } = useRead(organization.departments, {})
  const customerId = found.customer?.id ?? ''
  const cases = useRead(casesApi.ofCustomer, { customerId, limit: 100 }, { enabled: act === 'merged' && customerId !== '' })
  const prefill = usePrefill(act, found)
  const initial = { ...form.initial?.(found), ...prefill.initial }
  const [typed, setTyped] = useState<Typed>({})
  const write = useWrite(form.endpoint as typeof casesApi.note, {
    onDone: () => {
      notice.done(t('acted'))
      close()
    },
  })
  const here = found.process.steps.find(({ key }) => key === found.step)
  const named = (key: string) => step(key, found.process.steps.find((one) => one.key === key)?.names ?? {})
  const fields = form.fields(t, {
    found,
    departments: (data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name })),
    back: (here?.back ?? []).map((key) => ({ value: key, label: named(key) })),
    steps: reopensAt(found.process, found).map((key) => ({ value: key, label: named(key) })),
    others: (cases.data?.items ?? [])
      .filter(({ id, state }) => id !== found.id && (state === 'open' || state === 'resolved'))
      .map(({ id, number, subject }) => ({ value: id, label: `${number} ${subject}` })),
    locale: profile.locale,
    mayPublish: may('cases.publish'),
    route: prefill.route,
    typed: { ...initial, ...typed },
  })
  if (!prefill.ready) return <Loading lines={3} />
  return (
    <Form<Typed>
      columns={2}
      fields={fields as readonly Field<Typed>[]}
      initial={initial}
      onChange={(values) => setTyped((before) => ({ ...before, ...values }))}
      onSubmit={(typed) => write.send({ caseId: found.id, version: found.version, ...form.said(typed), ...prefill.added(typed) } as never)}
      problem={write.problem}
      pending={write.pending}
      submit={ui('save')}
      cancel={close}
    />
  )
}
