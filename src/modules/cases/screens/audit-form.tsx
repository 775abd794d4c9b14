import { api as organization } from '#modules/organization/api.ts'
import type { InputOf, ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'

type Terms = InputOf<typeof casesApi.planAudit>
export type Audit = ResultOf<typeof casesApi.audit>

/** What is audited, by whom, when, and from which cases the sample is drawn. */
export function AuditForm({
  audit,
  close,
  done,
}: {
  readonly audit: Audit | null
  readonly close: () => void
  readonly done: (id: string) => void
}) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const departments = useRead(organization.departments, {})
  const finish = ({ id }: { readonly id: string }) => {
    close()
    done(id)
  }
  const plan = useWrite(casesApi.planAudit, { onDone: finish, alsoChanges: ['commitments'] })
  const change = useWrite(casesApi.changeAudit, { onDone: finish, alsoChanges: ['commitments'] })
  const write = audit ? change : plan
  return (
    <Dialog title={t(audit ? 'audit.change' : 'audit.plan')} onClose={close} wide>
      <Form<Partial<Terms>>
        columns={2}
        fields={[
          { name: 'title', kind: 'text', label: t('audit.name'), required: true, maxLength: 200, wide: true },
          { name: 'scope', kind: 'area', rows: 3, label: t('audit.scope'), help: t('audit.scopeHelp'), maxLength: 4000, wide: true },
          { name: 'auditorId', kind: 'people', label: t('audit.auditor'), help: t('audit.auditorHelp'), required: true, wide: true },
          {
            name: 'departmentId',
            kind: 'choice',
            search: true,
            label: t('audit.department'),
            placeholder: t('audit.departmentAll'),
            options: (departments.data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name })),
          },
          { name: 'plannedOn', kind: 'day', label: t('audit.plannedOn'), required: true },
          { name: 'from', kind: 'day', label: `${t('audit.period')}: ${t('review.from')}`, required: true },
          { name: 'to', kind: 'day', label: `${t('audit.period')}: ${t('review.to')}`, required: true },
          { name: 'sampleSize', kind: 'number', label: t('audit.size'), required: true, min: 1, max: 200 },
        ]}
        initial={audit ? { ...audit } : { sampleSize: 20 }}
        onSubmit={({ title = '', scope, departmentId, auditorId = '', plannedOn = '', from = '', to = '', sampleSize = 20 }) => {
          const terms = { title, scope: scope || null, departmentId: departmentId ?? null, auditorId, plannedOn, from, to, sampleSize }
          return audit ? change.send({ ...terms, auditId: audit.id, version: audit.version }) : plan.send(terms)
        }}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}

/** An audit that was begun goes on with another auditor, where its auditor has gone or may not look at a case of it any more. */
export function AuditorForm({ audit, close }: { readonly audit: Audit; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const write = useWrite(casesApi.nameAuditor, { onDone: close, alsoChanges: ['commitments'] })
  return (
    <Dialog title={t('audit.nameAuditor')} onClose={close}>
      <Form<{ readonly auditorId: string }>
        fields={[{ name: 'auditorId', kind: 'people', label: t('audit.auditor'), help: t('audit.nameAuditorHelp'), required: true }]}
        initial={{}}
        onSubmit={({ auditorId }) => write.send({ auditId: audit.id, version: audit.version, auditorId })}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
