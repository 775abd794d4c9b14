import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { RunProgress } from '#ui/run-progress.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { customersLink } from './links.ts'
import { NotValued, ValuePage } from './report-page.tsx'
import { TierSteps } from './tier-steps.tsx'

type Overview = ResultOf<typeof valueApi.overview>
type Part = NonNullable<Overview['part']>

/** The pyramid and what to do next: where the module begins. */
export function OverviewPage() {
  const t = useWords('value')
  const { may } = useSession()
  const overview = useRead(valueApi.overview, {})
  const [asked, setAsked] = useState<string | null>(null)
  const request = useWrite(valueApi.requestValuation, { onDone: ({ runId }) => setAsked(runId) })
  const run = asked ?? overview.data?.running?.id ?? null
  return (
    <ValuePage
      name="overview"
      asOf={overview.data?.valuation?.asOf ?? null}
      actions={
        may('value.manage') && (
          <Button onClick={() => void request.send({}).catch(() => {})} loading={request.pending}>
            {t('valueNow')}
          </Button>
        )
      }
    >
      {run && <RunProgress run={run} module="value" alsoChanges={['customers', 'insight']} />}
      <Loaded of={overview}>
        {(found) => (
          <>
            {found.last?.state === 'failed' && (
              <Alert type="error" showIcon title={t('lastFailed', { problem: found.last.problem ?? '' })} />
            )}
            <Warnings warnings={found.warnings} />
            {found.part ? <Pyramid part={found.part} /> : !run && <NotValued />}
          </>
        )}
      </Loaded>
    </ValuePage>
  )
}

/** Where a warning leads: what to do about it. */
const remedies: Readonly<Record<string, string>> = {
  'no-orders': '/import',
  'margin-unset': '/settings',
  'profit-estimated': '/settings',
  'old-data': '/import',
  'too-little-data': '/value/models',
  'no-back-test': '/value/models',
  'poor-grade': '/value/models',
  releasable: customersLink({ tier: 'lead' }),
}

function Warnings({ warnings }: Pick<Overview, 'warnings'>) {
  const t = useWords('value')
  const format = useFormat()
  if (warnings.length === 0) return null
  return (
    <div className="value-warnings">
      {warnings.map(({ code, values }) => (
        <Alert
          key={code}
          type={code === 'margin-unset' || code === 'no-orders' || code === 'poor-grade' ? 'warning' : 'info'}
          showIcon
          title={t(`warning.${code}.text`, {
            ...values,
            ...(values.customers === undefined
              ? {}
              : { count: Number(values.customers), customers: format.number(Number(values.customers)) }),
            ...(values.revenueMinor === undefined ? {} : { revenue: format.money(Number(values.revenueMinor)) }),
            ...(values.day === undefined ? {} : { day: format.day(String(values.day)) }),
          })}
          action={remedies[code] && <Link to={remedies[code]}>{t(`warning.${code}.action`)}</Link>}
        />
      ))}
    </div>
  )
}

function Pyramid({ part }: { part: Part }) {
  const t = useWords('value')
  const format = useFormat()
  const share = (count: number) => format.percent(part.customers > 0 ? count / part.customers : null)
  return (
    <>
      <dl className="value-figures">
        <Figure label={t('figure.customers')} value={format.number(part.customers)} />
        <Figure label={t('figure.revenue')} value={format.money(part.revenueMinor, null, { short: true })} />
        <Figure label={t('figure.profit')} value={format.money(part.profitMinor, null, { short: true })} />
        <Figure label={t('figure.lifetimeValue')} value={format.money(part.lifetimeValueMinor, null, { short: true })} />
        <Figure label={t('figure.expectedOrders')} value={format.number(part.expectedOrders)} />
        <Figure
          label={t('figure.model')}
          value={
            <Link to="/value/models">
              {t(`model.${part.chosen}`)}
              {part.grade && ` · ${part.grade}`}
            </Link>
          }
        />
      </dl>
      <Section title={t('pyramid.title')} about={t('pyramid.about')}>
        <TierSteps tiers={part.tiers} customers={part.customers} />
        <DataTable
          name="value-tiers"
          label={t('pyramid.title')}
          rowKey={(row) => row.tier}
          to={(row) => customersLink({ tier: row.tier })}
          pages={{ items: part.tiers }}
          columns={[
            { key: 'tier', title: t('tier'), cell: (row) => <TierTag tier={row.tier} /> },
            { key: 'customers', title: t('figure.customers'), align: 'end', cell: (row) => format.number(row.customers) },
            { key: 'share', title: t('figure.share'), align: 'end', cell: (row) => share(row.customers) },
            { key: 'revenue', title: t('figure.revenue'), align: 'end', cell: (row) => format.money(row.revenueMinor) },
            { key: 'profit', title: t('figure.profit'), align: 'end', cell: (row) => format.money(row.profitMinor) },
            { key: 'service', title: t('figure.serviceCost'), align: 'end', cell: (row) => format.money(row.serviceCostMinor) },
            { key: 'lifetime', title: t('figure.lifetimeValue'), align: 'end', cell: (row) => format.money(row.lifetimeValueMinor) },
            { key: 'byHand', title: t('figure.byHand'), align: 'end', cell: (row) => format.number(row.byHand) },
          ]}
        />
        <p className="muted">
          {t('pyramid.floors', { platinum: format.money(part.floors.platinumMinor), gold: format.money(part.floors.goldMinor) })}
        </p>
      </Section>
      <div className="value-lists">
        <Section title={t('labels.title')} about={t('labels.about')}>
          <dl className="facts">
            {part.labels.map((row) => (
              <Fact key={row.label} to={customersLink({ valueLabel: row.label })} label={t(`label.${row.label}`)}>
                {format.number(row.customers)} · {share(row.customers)}
              </Fact>
            ))}
          </dl>
        </Section>
        <Section title={t('activities.title')} about={t('activities.about')}>
          <dl className="facts">
            {part.activities.map((row) => (
              <Fact key={row.activity} to={customersLink({ activity: row.activity })} label={t(`activity.${row.activity}`)}>
                {format.number(row.customers)} · {share(row.customers)}
              </Fact>
            ))}
          </dl>
        </Section>
      </div>
    </>
  )
}

const Figure = ({ label, value }: { label: string; value: React.ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)

const Fact = ({ label, to, children }: { label: string; to: string; children: React.ReactNode }) => (
  <div>
    <dt>
      <Link to={to}>{label}</Link>
    </dt>
    <dd>{children}</dd>
  </div>
)
