import { Button, Select, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { usePeople } from '#ui/people.ts'
import { DataTable } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { useDuration } from '#ui/use-duration.ts'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'

export type Board = ResultOf<typeof casesApi.counterBoard>
type Ticket = Board['called'][number]

/** The number that one has called: whom it belongs to, and what became of them. */
export function CalledNumber({ of }: { readonly of: Ticket }) {
  const t = useWords('cases')
  const notice = useNotice()
  const duration = useDuration()
  const [caseId, setCaseId] = useState<string | null>(null)
  const settle = useWrite(casesApi.settleNumber)
  const end = (outcome: 'served' | 'no-show') =>
    void settle
      .send({ ticketId: of.id, version: of.version, outcome, ...(outcome === 'served' && caseId ? { caseId } : {}) })
      .catch(notice.refused)
  return (
    <div className="counter-called">
      <strong className="tile-value">{of.label}</strong>
      <span className="row">
        {of.customer && <Link to={`/customers/${of.customer.id}`}>{of.customer.name}</Link>}
        {of.tier && <TierTag tier={of.tier} />}
        <span className="muted">{t('counters.waited', { time: duration(of.waitedMinutes) })}</span>
      </span>
      <span className="row">
        <Link to={of.customer ? `/desk?customer=${of.customer.id}` : '/desk'}>
          <Button>{t('counters.help')}</Button>
        </Link>
        {of.customer && <OwnCase customerId={of.customer.id} value={caseId} onChange={setCaseId} />}
      </span>
      <span className="row">
        <Button type="primary" loading={settle.pending} onClick={() => end('served')}>
          {t('counters.isServed')}
        </Button>
        <Button disabled={settle.pending} onClick={() => end('no-show')}>
          {t('counters.noShow')}
        </Button>
      </span>
    </div>
  )
}

/** The case that somebody came about, or that came of it. */
function OwnCase({
  customerId,
  value,
  onChange,
}: {
  readonly customerId: string
  readonly value: string | null
  readonly onChange: (caseId: string | null) => void
}) {
  const t = useWords('cases')
  const { items } = usePages(casesApi.ofCustomer, { customerId, limit: 20 })
  return (
    <Select
      allowClear
      className="case-kind-choice"
      aria-label={t('counters.case')}
      placeholder={t('counters.case')}
      value={value}
      onChange={(chosen) => onChange(chosen ?? null)}
      options={items.map(({ id, number, subject }) => ({ value: id, label: `${number} ${subject}` }))}
    />
  )
}

/** Who is called where, and who waits, in the order in which they are called. */
export function WaitingNumbers({ board }: { readonly board: Board }) {
  const t = useWords('cases')
  const format = useFormat()
  const duration = useDuration()
  const people = usePeople()
  return (
    <DataTable<Ticket>
      name="counter"
      label={t('counters.line')}
      pages={{ items: [...board.called, ...board.waiting] }}
      rowKey={({ id }) => id}
      columns={[
        { key: 'number', title: t('counters.number'), cell: ({ label }) => <b>{label}</b> },
        {
          key: 'customer',
          title: t('field.customer'),
          cell: ({ customer }) => customer && <Link to={`/customers/${customer.id}`}>{customer.name}</Link>,
        },
        { key: 'tier', title: t('field.tier'), cell: ({ tier }) => <TierTag tier={tier} /> },
        { key: 'since', title: t('counters.since'), cell: ({ issuedAt }) => format.instant(issuedAt) },
        { key: 'waited', title: t('counters.waitedFor'), cell: ({ waitedMinutes }) => duration(waitedMinutes) },
        {
          key: 'state',
          title: t('counters.state'),
          cell: ({ state, counter, calledBy }) =>
            state === 'called' ? (
              <Tag color="processing">{t('counters.calledTo', { counter, name: people.nameOf(calledBy) })}</Tag>
            ) : (
              t('counters.isWaiting')
            ),
        },
      ]}
      empty={<p className="muted">{t('counters.empty')}</p>}
    />
  )
}
