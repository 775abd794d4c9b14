import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { api as organization } from '#modules/organization/api.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { isAnswered } from '../domain/audit.ts'
import { AuditCase } from './audit-case.tsx'
import { AuditFindings } from './audit-findings.tsx'
import { type Audit, AuditForm, AuditorForm } from './audit-form.tsx'
import { FactList } from './facts.tsx'
import { ProcessActions } from './process-actions.tsx'
import './cases.css'
import './review.css'

/** An audit: its plan, its sample, what was found of each case, and what follows. */
export function AuditPage() {
  const { auditId = '' } = useParams()
  const found = useRead(casesApi.audit, { auditId }, { keepPrevious: false })
  return <Loaded of={found}>{(audit) => <Found audit={audit} />}</Loaded>
}

function Found({ audit }: { readonly audit: Audit }) {
  const t = useWords('cases')
  const confirm = useConfirm()
  const navigate = useNavigate()
  const alsoChanges = ['commitments']
  const draw = useWrite(casesApi.drawSample)
  const drop = useWrite(casesApi.dropAudit, { alsoChanges, onDone: () => navigate('/cases/audits', { replace: true }) })
  const [open, setOpen] = useState<'change' | 'close' | 'auditor' | null>(null)
  const { id: auditId, version } = audit
  return (
    <Page
      title={audit.title}
      about={
        <>
          <Tag>{t(`audit.stateOf.${audit.state}`)}</Tag>
          {audit.late && <Tag className="case-bad">{t('audit.late')}</Tag>}
        </>
      }
      actions={
        <>
          {audit.may.plan && (
            <>
              <Button
                type="primary"
                onClick={() =>
                  confirm({ title: t('audit.draw'), verb: t('audit.draw'), about: t('audit.drawAbout'), harmless: true }, () =>
                    draw.send({ auditId, version }),
                  )
                }
              >
                {t('audit.draw')}
              </Button>
              <Button onClick={() => setOpen('change')}>{t('audit.change')}</Button>
              <Button
                danger
                onClick={() => confirm({ title: t('audit.dropSure'), verb: t('audit.drop') }, () => drop.send({ auditId, version }))}
              >
                {t('audit.drop')}
              </Button>
            </>
          )}
          {audit.may.audit && (
            <Button type="primary" onClick={() => setOpen('close')}>
              {t('audit.close')}
            </Button>
          )}
          {audit.may.name && <Button onClick={() => setOpen('auditor')}>{t('audit.nameAuditor')}</Button>}
          <Button onClick={() => print()}>{t('review.print')}</Button>
        </>
      }
    >
      <Plan audit={audit} />
      {audit.cases.length > 0 && <Sample audit={audit} />}
      {audit.state !== 'planned' && <Items audit={audit} />}
      {audit.state !== 'planned' && <AuditFindings audit={audit} />}
      {audit.actions.length > 0 && (
        <Section title={t('audit.actions')}>
          <ProcessActions actions={audit.actions} />
        </Section>
      )}
      {open === 'change' && <AuditForm audit={audit} close={() => setOpen(null)} done={() => undefined} />}
      {open === 'auditor' && <AuditorForm audit={audit} close={() => setOpen(null)} />}
      {open === 'close' && <Close audit={audit} close={() => setOpen(null)} />}
    </Page>
  )
}

function Plan({ audit }: { readonly audit: Audit }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { data } = useRead(organization.departments, {})
  return (
    <Section title={t('audit.scope')}>
      <FactList
        of={[
          [t('audit.scope'), audit.scope],
          [t('audit.auditor'), people.nameOf(audit.auditorId)],
          [t('audit.plannedOn'), format.day(audit.plannedOn)],
          [t('audit.department'), audit.departmentId && data?.departments.find(({ id }) => id === audit.departmentId)?.name],
          [t('audit.period'), `${format.day(audit.from)} – ${format.day(audit.to)}`],
          [t('audit.size'), format.number(audit.sampleSize)],
          [t('audit.seed'), audit.seed && `${audit.seed} · ${t('audit.seedAbout')}`],
          [t('audit.closed'), audit.closedAt && `${format.instant(audit.closedAt)} · ${people.nameOf(audit.closedBy)}`],
          [t('audit.summary'), audit.summary],
        ]}
      />
    </Section>
  )
}

function Sample({ audit }: { readonly audit: Audit }) {
  const t = useWords('cases')
  const people = usePeople()
  const format = useFormat()
  const [looking, setLooking] = useState<string | null>(null)
  const done = audit.cases.filter(({ answers }) => isAnswered(answers)).length
  const drawn = audit.cases.find(({ caseId }) => caseId === looking)
  const { population } = audit
  return (
    <Section
      title={t('audit.sample')}
      about={
        <>
          {population &&
            t('audit.sampleAbout', {
              established: format.number(population.established),
              not: format.number(population['not-established']),
              undecided: format.number(population.undecided),
              left: format.number(audit.leftOut),
            })}{' '}
          {audit.state === 'drawn' && !audit.may.audit && t('audit.onlyAuditor', { name: people.nameOf(audit.auditorId) })}
        </>
      }
    >
      <p>{t('audit.progress', { done: format.number(done), all: format.number(audit.cases.length) })}</p>
      <DataTable
        name="case-audit-sample"
        label={t('audit.sample')}
        pages={{ items: audit.cases }}
        rowKey={(row) => row.caseId}
        columns={[
          { key: 'number', title: t('audit.number'), cell: (row) => <Link to={`/cases/${row.caseId}`}>{row.number}</Link> },
          { key: 'stratum', title: t('export.finding'), cell: (row) => t(`audit.stratum.${row.stratum}`) },
          {
            key: 'no',
            title: t('audit.answer.no'),
            align: 'end',
            cell: (row) => format.number(Object.values(row.answers).filter((answer) => answer === 'no').length),
          },
          {
            key: 'looked',
            title: t('audit.looked'),
            cell: (row) => (row.lookedAt ? format.instant(row.lookedAt) : <span className="muted">{t('audit.notLooked')}</span>),
          },
          { key: 'note', title: t('audit.note'), cell: (row) => row.note },
          {
            key: 'look',
            title: t('action.move'),
            cell: (row) => (
              <Button size="small" onClick={() => setLooking(row.caseId)}>
                {t('audit.look')}
              </Button>
            ),
          },
        ]}
        empty={null}
      />
      {drawn && <AuditCase key={drawn.caseId} audit={audit} drawn={drawn} close={() => setLooking(null)} />}
    </Section>
  )
}

function Items({ audit }: { readonly audit: Audit }) {
  const t = useWords('cases')
  const format = useFormat()
  const some = audit.items.filter(({ of }) => of > 0)
  if (some.length === 0) return null
  return (
    <Section title={t('audit.items')}>
      <DataTable
        name="case-audit-items"
        figures
        label={t('audit.items')}
        pages={{ items: some }}
        rowKey={(row) => row.item}
        columns={[
          { key: 'item', title: t('audit.findingItem'), cell: (row) => t(`audit.item.${row.item}`) },
          {
            key: 'met',
            title: t('audit.answer.yes'),
            align: 'end',
            cell: (row) => t('audit.itemsOf', { met: format.number(row.met), of: format.number(row.of) }),
          },
        ]}
        empty={null}
      />
    </Section>
  )
}

function Close({ audit, close }: { readonly audit: Audit; readonly close: () => void }) {
  const t = useWords('cases')
  const write = useWrite(casesApi.closeAudit, { onDone: close, alsoChanges: ['commitments'] })
  return (
    <Dialog title={t('audit.close')} onClose={close} wide>
      <p>{t('audit.closeAbout')}</p>
      <Form<{ readonly summary: string }>
        fields={[{ name: 'summary', kind: 'area', rows: 6, label: t('audit.summary'), required: true, maxLength: 8000 }]}
        initial={{}}
        onSubmit={({ summary }) => write.send({ auditId: audit.id, version: audit.version, summary })}
        problem={write.problem}
        pending={write.pending}
        submit={t('audit.close')}
        cancel={close}
      />
    </Dialog>
  )
}
