import { Button, Select } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { RunProgress } from '#ui/run-progress.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { tiers } from '../domain/book.ts'

/** Who looks after how many customers of which tier, and what becomes of them when somebody leaves (L-10, P-09). */
export function DeparturesPage() {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  const loads = useRead(api.loads, {})
  const [from, setFrom] = useState<string | null>(null)
  return (
    <Page title={t('departures.title')} about={t('departures.about')}>
      <HandOver key={from ?? ''} from={from} setFrom={setFrom} />
      <Section title={t('departures.loads')}>
        <Loaded of={loads}>
          {({ items }) => (
            <DataTable
              name="loads"
              label={t('departures.loads')}
              pages={{ items }}
              rowKey={(row) => row.userId ?? ''}
              columns={[
                { key: 'who', title: t('column.owner'), cell: (row) => owners.nameOf(row.userId) ?? t('departures.nobody') },
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
                  cell: (row) =>
                    row.userId && (
                      <span className="row">
                        <Link to={`/customers?owner=${encodeURIComponent(row.userId)}`}>{t('departures.list')}</Link>
                        <Button size="small" onClick={() => setFrom(row.userId)}>
                          {t('departures.leaves')}
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

function HandOver({ from, setFrom }: { from: string | null; setFrom: (from: string | null) => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const owners = usePeople()
  const [to, setTo] = useState<string[]>([])
  const handOver = useWrite(api.handOver)
  if (from === null) return null
  return (
    <Section title={t('departures.handOver', { name: owners.nameOf(from) ?? from })} about={t('departures.rule')}>
      {handOver.result ? (
        <RunProgress
          run={handOver.result.runId}
          module="customers"
          result={(result) => <Outcome result={result as { customers: number; calls: number; byUser?: Record<string, number> }} />}
        />
      ) : (
        <div className="row">
          <Select
            mode="multiple"
            style={{ minWidth: 260 }}
            aria-label={t('departures.to')}
            placeholder={t('departures.to')}
            optionFilterProp="label"
            value={to}
            onChange={setTo}
            options={owners.choices.filter(({ value }) => value !== from)}
          />
          <Button
            type="primary"
            disabled={to.length === 0}
            loading={handOver.pending}
            onClick={() => void handOver.send({ fromUserId: from, toUserIds: to }).catch(() => {})}
          >
            {t('departures.do')}
          </Button>
          <Button onClick={() => setFrom(null)}>{ui('cancel')}</Button>
        </div>
      )}
      <Refused problem={handOver.problem} />
    </Section>
  )
}

function Outcome({
  result: { customers, calls, byUser },
}: {
  result: { customers: number; calls: number; byUser?: Record<string, number> }
}) {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  return (
    <>
      <p>{t('departures.outcome', { customers: format.number(customers), calls: format.number(calls) })}</p>
      <ul className="plain-list">
        {Object.entries(byUser ?? {}).map(([userId, count]) => (
          <li key={userId}>
            {owners.nameOf(userId)}: {format.number(count)}
          </li>
        ))}
      </ul>
    </>
  )
}
