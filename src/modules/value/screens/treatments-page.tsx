import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { type TreatmentState, treatmentStates } from '../domain/treatment.ts'
import { customersLink } from './links.ts'
import { ValuePage } from './report-page.tsx'

type Treatment = ResultOf<typeof valueApi.treatments>['items'][number]

/** What is to become of customers who cost more than they bring: what waits for a decision, and what was decided by whom (C-09). */
export function TreatmentsPage() {
  const t = useWords('value')
  const format = useFormat()
  const { nameOf } = usePeople()
  const { may, user } = useSession()
  const [state, setState] = useState<TreatmentState>('proposed')
  const [deciding, setDeciding] = useState<Treatment | null>(null)
  const pages = usePages(valueApi.treatments, { state })
  const decision: Column<Treatment> =
    state === 'proposed'
      ? {
          key: 'actions',
          title: t('spend.actions'),
          cell: (row) =>
            row.proposedBy === user.id ? (
              <span className="muted">{t('treatment.byOther')}</span>
            ) : (
              <Button size="small" onClick={() => setDeciding(row)} aria-label={`${t('treatment.decide')}: ${row.customerName}`}>
                {t('treatment.decide')}
              </Button>
            ),
        }
      : {
          key: 'decided',
          title: t('treatment.decidedBy'),
          cell: (row) => (
            <>
              {row.decidedBy && nameOf(row.decidedBy)} <small className="muted">{row.decidedAt && format.instant(row.decidedAt)}</small>
              {row.decisionNote && <div className="written">{row.decisionNote}</div>}
            </>
          ),
        }
  return (
    <ValuePage name="treatments" actions={<Link to={customersLink({ tier: 'lead' })}>{t('treatment.lead')}</Link>}>
      <Segmented<TreatmentState>
        className="value-switch"
        aria-label={t('treatment.which')}
        value={state}
        onChange={setState}
        options={treatmentStates.map((value) => ({ value, label: t(`treatment.state.${value}`) }))}
      />
      <DataTable
        name="value-treatments"
        label={t(`treatment.state.${state}`)}
        rowKey={(row) => row.id}
        pages={pages}
        empty={<Empty title={t(`treatment.nothing.${state}`)}>{t('treatment.nothingHelp')}</Empty>}
        columns={[
          {
            key: 'customer',
            title: t('push.customer'),
            cell: (row) => <Link to={`/customers/${row.customerId}`}>{row.customerName}</Link>,
          },
          {
            key: 'outcome',
            title: t('treatment.outcomes'),
            cell: (row) => (
              <>
                {t(`treatment.outcome.${row.outcome}`)}
                {row.note && <div className="muted written">{row.note}</div>}
              </>
            ),
          },
          { key: 'now', title: t('treatment.now'), align: 'end', cell: (row) => format.money(row.profitMinor) },
          { key: 'then', title: t('treatment.then'), align: 'end', cell: (row) => format.money(row.projectedMinor) },
          {
            key: 'by',
            title: t('treatment.proposedBy'),
            cell: (row) => (
              <>
                {nameOf(row.proposedBy)} <small className="muted">{format.instant(row.proposedAt)}</small>
              </>
            ),
          },
          ...(state !== 'proposed' || may('value.approve') ? [decision] : []),
        ]}
      />
      {deciding && <Decide treatment={deciding} close={() => setDeciding(null)} />}
    </ValuePage>
  )
}

interface Decision {
  readonly decision: 'approve' | 'reject'
  readonly note: string | null
}

function Decide({ treatment, close }: { treatment: Treatment; close: () => void }) {
  const t = useWords('value')
  const format = useFormat()
  const decide = useWrite(valueApi.decideTreatment, { onDone: close, alsoChanges: ['customers'] })
  const { customerId, id, version, outcome } = treatment
  return (
    <Dialog title={t('treatment.decideOf', { name: treatment.customerName })} onClose={close}>
      <p>
        {t('treatment.says', {
          outcome: t(`treatment.outcome.${outcome}`),
          now: format.money(treatment.profitMinor),
          later: format.money(treatment.projectedMinor),
        })}
      </p>
      <Form<Decision>
        fields={[
          {
            name: 'decision',
            kind: 'choice',
            label: t('treatment.decision'),
            required: true,
            options: (['approve', 'reject'] as const).map((value) => ({ value, label: t(`treatment.${value}`) })),
          },
          { name: 'note', kind: 'area', rows: 2, label: t('treatment.note'), maxLength: 1000 },
        ]}
        initial={{}}
        problem={decide.problem}
        pending={decide.pending}
        submit={t('save')}
        cancel={close}
        onSubmit={({ decision, note }) =>
          decide.send({ customerId, treatmentId: id, version, approved: decision === 'approve', note: note?.trim() || null })
        }
      />
    </Dialog>
  )
}
