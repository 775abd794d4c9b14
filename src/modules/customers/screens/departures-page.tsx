import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { PeopleChoice } from '#ui/people-choice.tsx'
import { Refused } from '#ui/refused.tsx'
import { RunProgress } from '#ui/run-progress.tsx'
import type { UndoneThings } from '#ui/screens.ts'
import { Slot } from '#ui/slot.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { tiers } from '../domain/book.ts'
import { nobodys } from '../domain/customer-list.ts'
import './customers.css'

/** Who looks after how many customers of which tier, and what becomes of them, and of everything else, when somebody leaves (L-10, P-09). */
export function DeparturesPage() {
  const t = useWords('customers')
  const format = useFormat()
  const loads = useRead(api.loads, {})
  const [params] = useSearchParams()
  const [from, setFrom] = useState<string | null>(params.get('of'))
  return (
    <Page
      title={t('departures.title')}
      about={t('departures.about')}
      actions={
        // Also whoever looks after no customer may leave something behind.
        <PeopleChoice
          alsoLeft
          className="customer-leaver"
          aria-label={t('departures.who')}
          placeholder={t('departures.who')}
          value={from === nobodys ? null : from}
          allowClear={false}
          onChange={setFrom}
        />
      }
    >
      {from !== null && (
        <Leaving
          key={from}
          userId={from}
          customers={loads.data?.items.find(({ userId }) => (userId ?? nobodys) === from)?.customers}
          close={() => setFrom(null)}
        />
      )}
      <Section title={t('departures.loads')}>
        <Loaded of={loads}>
          {({ items }) => (
            <DataTable
              name="loads"
              label={t('departures.loads')}
              pages={{ items }}
              rowKey={(row) => row.userId ?? ''}
              columns={[
                { key: 'who', title: t('column.owner'), cell: (row) => <Who userId={row.userId} /> },
                { key: 'all', title: t('departures.customers'), align: 'end', cell: (row) => format.number(row.customers) },
                ...tiers.toReversed().map((tier) => ({
                  key: tier,
                  title: t(`ui:tier.${tier}`),
                  align: 'end' as const,
                  cell: (row: { load: Partial<Record<typeof tier, number>> }) => format.number(row.load[tier] ?? 0),
                })),
                {
                  key: 'leaves',
                  title: t('erasures.decide'),
                  cell: (row) => (
                    <span className="row">
                      <Link to={`/customers?owner=${encodeURIComponent(row.userId ?? nobodys)}`}>{t('departures.list')}</Link>
                      <Button size="small" onClick={() => setFrom(row.userId ?? nobodys)}>
                        {t(row.userId === null ? 'departures.handOut' : 'departures.leaves')}
                      </Button>
                    </span>
                  ),
                },
              ]}
              empty={<Empty title={t('list.empty')}>{t('departures.none')}</Empty>}
            />
          )}
        </Loaded>
      </Section>
    </Page>
  )
}

function Who({ userId }: { userId: string | null }) {
  const t = useWords('customers')
  const owners = usePeople()
  if (userId === null) return t('departures.nobody')
  return (
    <>
      {owners.nameOf(userId)} {owners.hasLeft(userId) && <Tag color="orange">{t('departures.gone')}</Tag>}
    </>
  )
}

/** What somebody leaves behind, and who takes it over. */
function Leaving({ userId, customers, close }: { userId: string; customers: number | undefined; close: () => void }) {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  return (
    <>
      <Section
        title={userId === nobodys ? t('departures.handOutTitle') : t('departures.handOver', { name: owners.nameOf(userId) })}
        about={t('departures.rule')}
        actions={<Link to={`/customers?owner=${encodeURIComponent(userId)}`}>{t('departures.list')}</Link>}
      >
        <p>{t(userId === nobodys ? 'departures.countNobody' : 'departures.count', { customers: format.number(customers ?? 0) })}</p>
        <HandOver from={userId} close={close} />
      </Section>
      {userId !== nobodys && <Slot name="departure" give={{ userId }} />}
    </>
  )
}

function HandOver({ from, close }: { from: string; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const [to, setTo] = useState<string[]>([])
  const handOver = useWrite(api.handOver)
  return (
    <>
      {handOver.result ? (
        <RunProgress
          run={handOver.result.runId}
          module="customers"
          alsoChanges={['commitments', 'organization']}
          result={(result, run) =>
            run.undoOf ? (
              <Undone result={result as UndoneResult} />
            ) : (
              <Outcome result={result as { customers: number; calls: number; byUser?: Record<string, number> }} />
            )
          }
        />
      ) : (
        <div className="row">
          <PeopleChoice
            several
            className="customer-leaver"
            aria-label={t('departures.to')}
            placeholder={t('departures.to')}
            value={to}
            onChange={setTo}
            except={from}
          />
          <Button
            type="primary"
            disabled={to.length === 0}
            loading={handOver.pending}
            onClick={() => void handOver.send({ fromUserId: from, toUserIds: to }).catch(() => {})}
          >
            {t('departures.do')}
          </Button>
          <Button onClick={close}>{ui('cancel')}</Button>
        </div>
      )}
      <Refused problem={handOver.problem} />
    </>
  )
}

interface UndoneResult {
  readonly restored: number
  readonly left: number
  readonly also?: Readonly<Record<string, UndoneThings>>
}

/** What was given back, and what has been changed since and stays. */
function Undone({ result: { restored, left, also } }: { result: UndoneResult }) {
  const t = useWords('customers')
  return (
    <>
      <p>{t('departures.undone', { restored, left })}</p>
      {also && <Slot name="departure.undone" give={{ also }} bare />}
    </>
  )
}

function Outcome({
  result: { customers, calls, byUser },
}: {
  result: { customers: number; calls: number; byUser?: Record<string, number> }
}) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const owners = usePeople()
  return (
    <>
      <p>{t('departures.outcome', { customers: format.number(customers), calls: format.number(calls) })}</p>
      <ul className="plain-list">
        {Object.entries(byUser ?? {}).map(([userId, count]) => (
          <li key={userId}>
            {owners.nameOf(userId)}
            {ui('colon')}
            {format.number(count)}
          </li>
        ))}
      </ul>
    </>
  )
}
