import { Alert, Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { DecisionDialog } from './decision-dialog.tsx'
import { TreatmentDialog } from './treatment-dialog.tsx'
import { useWhys } from './whys.tsx'
import './value.css'

export type CustomerValue = ResultOf<typeof valueApi.customer>

/** What the customer is worth, why, and what people decided about it. */
export function CustomerPanel({ customerId }: { customerId: string }) {
  const t = useWords('value')
  const { may } = useSession()
  const value = useRead(valueApi.customer, { customerId })
  const [dialog, setDialog] = useState<'tier' | 'exemption' | 'treatment' | null>(null)
  return (
    <Loaded of={value}>
      {(found) => (
        <>
          {found.current && found.inputs ? (
            <Figures found={found} current={found.current} inputs={found.inputs} />
          ) : (
            <Empty title={t('empty.notValued')}>{t('empty.notValuedHelp')}</Empty>
          )}
          {!found.profiling && <Alert type="info" showIcon title={t('customer.profilingOff')} />}
          <Decisions found={found} />
          {found.current?.tier === 'lead' && <Treatments customerId={customerId} />}
          {may('value.manage') && (
            <span className="row">
              <Button onClick={() => setDialog('tier')}>{t(found.override ? 'override.change' : 'override.set')}</Button>
              <Button onClick={() => setDialog('exemption')}>{t(found.exemption ? 'exemption.change' : 'exemption.set')}</Button>
              {found.current?.tier === 'lead' && <Button onClick={() => setDialog('treatment')}>{t('treatment.begin')}</Button>}
            </span>
          )}
          {dialog === 'treatment' && <TreatmentDialog customerId={customerId} onClose={() => setDialog(null)} />}
          {dialog && dialog !== 'treatment' && (
            <DecisionDialog kind={dialog} customerId={customerId} found={found} onClose={() => setDialog(null)} />
          )}
          <History customerId={customerId} />
        </>
      )}
    </Loaded>
  )
}

function Figures({
  found,
  current,
  inputs,
}: {
  found: CustomerValue
  current: NonNullable<CustomerValue['current']>
  inputs: NonNullable<CustomerValue['inputs']>
}) {
  const t = useWords('value')
  const format = useFormat()
  const why = useWhys(current, inputs, found.valuation?.runId ?? null)
  const scores = [current.recencyScore, current.frequencyScore, current.monetaryScore]
  const rows: readonly (readonly [string, ReactNode, ReactNode])[] = [
    ['tier', <TierTag key="tag" tier={current.tier} manual={found.override !== null} />, why.tier],
    ['figure.profit', format.money(current.profitMinor), why.profit],
    ['figure.lifetimeValue', format.money(current.lifetimeValueMinor), why.lifetimeValue],
    ['figure.probabilityOrdering', format.percent(current.probabilityOrdering, 1), why.ordering],
    ['figure.expectedOrders', format.number(current.expectedOrders, 2), why.orders],
    ['figure.expectedSpend', format.money(current.expectedSpendMinor), why.spend],
    ['figure.probabilityAlive', format.percent(current.probabilityAlive, 1), why.alive],
    ['figure.rfm', scores[0] === null ? format.number(null) : scores.join(' · '), why.rfm],
    ['labels.title', t(`label.${current.valueLabel}`), why.label],
    ['figure.activity', t(`activity.${inputs.activity}`), null],
    ['figure.discountedShare', format.percent(inputs.discountedShare), why.promotion],
  ]
  return (
    <>
      <dl className="value-figures">
        {rows.map(([label, shown, reason]) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd>
              {shown} {reason}
            </dd>
          </div>
        ))}
      </dl>
      <p className="muted">
        {t('customer.asOf', { day: format.day(current.asOf), months: inputs.horizonMonths })}
        {inputs.profitBasis !== 'known' && ` ${t(`basis.${inputs.profitBasis}`)}`}
      </p>
    </>
  )
}

function Decisions({ found }: { found: CustomerValue }) {
  const t = useWords('value')
  const format = useFormat()
  return (
    <>
      {found.override && (
        <Alert
          type="info"
          showIcon
          title={t('override.is', {
            tier: t(`ui:tier.${found.override.tier}`),
            reason: found.override.reason,
            until: found.override.lastDay ? format.day(found.override.lastDay) : t('override.noEnd'),
          })}
        />
      )}
      {found.exemption && (
        <Alert
          type="info"
          showIcon
          title={t('exemption.is', { reason: t(`exemption.reason.${found.exemption.reason}`) })}
          description={found.exemption.note}
        />
      )}
    </>
  )
}

/** What was proposed and decided about a customer who costs more than they bring. */
function Treatments({ customerId }: { customerId: string }) {
  const t = useWords('value')
  const format = useFormat()
  const people = usePeople()
  const { data } = useRead(valueApi.customerTreatments, { customerId }, { keepPrevious: false })
  return (
    <>
      {data?.items.map((one) => (
        <Alert
          key={one.id}
          className="value-said"
          type={one.state === 'proposed' ? 'warning' : 'info'}
          showIcon
          title={t(`treatment.is.${one.state}`, {
            outcome: t(`treatment.outcome.${one.outcome}`),
            by: people.nameOf(one.decidedBy ?? one.proposedBy),
            at: format.instant(one.decidedAt ?? one.proposedAt),
            later: format.money(one.projectedMinor),
          })}
          description={one.decisionNote ?? one.note}
        />
      ))}
    </>
  )
}

function History({ customerId }: { customerId: string }) {
  const t = useWords('value')
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const pages = usePages(valueApi.customerHistory, { customerId }, { enabled: open })
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('history.title')}</summary>
      {open && (
        <DataTable
          name="value-history"
          label={t('history.title')}
          rowKey={(row) => row.asOf}
          pages={pages}
          empty={<p>{t('history.none')}</p>}
          columns={[
            { key: 'day', title: t('history.day'), cell: (row) => format.day(row.asOf) },
            { key: 'tier', title: t('tier'), cell: (row) => <TierTag tier={row.tier} manual={row.tierReason === 'by-hand'} /> },
            { key: 'reason', title: t('history.reason'), cell: (row) => t(`tierReason.${row.tierReason}`) },
            { key: 'label', title: t('labels.title'), cell: (row) => t(`label.${row.valueLabel}`) },
            { key: 'profit', title: t('figure.profit'), align: 'end', cell: (row) => format.money(row.profitMinor) },
            { key: 'lifetime', title: t('figure.lifetimeValue'), align: 'end', cell: (row) => format.money(row.lifetimeValueMinor) },
            {
              key: 'ordering',
              title: t('figure.probabilityOrdering'),
              align: 'end',
              cell: (row) => format.percent(row.probabilityOrdering, 1),
            },
          ]}
        />
      )}
    </details>
  )
}
