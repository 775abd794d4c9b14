import { Alert, Select, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { NumberInput } from '#ui/inputs.tsx'
import { Loaded, Section } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { weighed } from '../domain/service-plan.ts'
import { type Policy, usePolicyWords } from './policy-words.ts'
import { NotValued } from './report-page.tsx'
import { ServePage } from './serve-page.tsx'

type Found = ResultOf<typeof valueApi.servicePlan>
type Plan = NonNullable<Found['plan']>

/** What the policies cost and ask of the staff, against what their customers bring and who is there (C-14), and which package pays best (C-17). */
export function ServicePlanPage() {
  const policies = useRead(valueApi.servicePolicies, {})
  const plan = useRead(valueApi.servicePlan, {})
  return (
    <ServePage name="plan">
      <Loaded of={policies}>
        {({ items }) => (
          <Loaded of={plan}>
            {(found) =>
              found.plan ? (
                <>
                  <Totals plan={found.plan} means={found.means} />
                  <Rows plan={found.plan} policies={items} />
                  <BestPackage plan={found.plan} means={found.means} policies={items} />
                </>
              ) : (
                <NotValued />
              )
            }
          </Loaded>
        )}
      </Loaded>
    </ServePage>
  )
}

function Totals({ plan, means }: { plan: Plan; means: Found['means'] }) {
  const t = useWords('value')
  const format = useFormat()
  const hours = (minutes: number) => t('plan.hours', { count: Math.round(minutes / 60), hours: format.number(minutes / 60) })
  const unset = [
    ...(means.yearlyBudgetMinor === null ? [t('settings.servicePlan.yearlyBudgetMinor')] : []),
    ...(means.agents === null ? [t('settings.servicePlan.agents')] : []),
  ]
  return (
    <>
      <div className="value-warnings">
        {plan.warnings.map((warning) => (
          <Alert
            key={warning}
            type={warning === 'idle-staff' ? 'info' : 'warning'}
            showIcon
            title={t(`plan.warning.${warning}`, {
              cost: format.money(plan.costMinor),
              budget: format.money(means.yearlyBudgetMinor),
              needed: hours(plan.neededMinutes),
              available: hours(plan.availableMinutes ?? 0),
            })}
          />
        ))}
        {unset.length > 0 && (
          <Alert
            type="info"
            showIcon
            title={t('plan.unset', { what: format.list(unset) })}
            action={<Link to="/settings">{t('plan.toSettings')}</Link>}
          />
        )}
      </div>
      <dl className="value-figures">
        <div>
          <dt>{t('plan.cost')}</dt>
          <dd>{format.money(plan.costMinor)}</dd>
        </div>
        <div>
          <dt>{t('settings.servicePlan.yearlyBudgetMinor')}</dt>
          <dd>{format.money(means.yearlyBudgetMinor)}</dd>
        </div>
        <div>
          <dt>{t('plan.needed')}</dt>
          <dd>{hours(plan.neededMinutes)}</dd>
        </div>
        <div>
          <dt>{t('plan.available')}</dt>
          <dd>{plan.availableMinutes === null ? format.number(null) : hours(plan.availableMinutes)}</dd>
        </div>
      </dl>
    </>
  )
}

function Rows({ plan, policies }: { plan: Plan; policies: readonly Policy[] }) {
  const t = useWords('value')
  const format = useFormat()
  const { nameOf } = usePolicyWords()
  const named = (id: string) => {
    const policy = policies.find((one) => one.id === id)
    return policy ? nameOf(policy) : id
  }
  return (
    <Section title={t('plan.rows')} about={t('plan.rowsAbout')}>
      <DataTable
        name="value-plan"
        label={t('plan.rows')}
        rowKey={(row) => row.policyId}
        to={(row) => `/service-policies/${row.policyId}`}
        pages={{ items: plan.rows }}
        columns={[
          { key: 'policy', title: t('plan.policy'), cell: (row) => named(row.policyId) },
          { key: 'customers', title: t('figure.customers'), align: 'end', cell: (row) => format.number(row.customers) },
          { key: 'profit', title: t('figure.profit'), align: 'end', cell: (row) => format.money(row.profitMinor) },
          { key: 'cost', title: t('plan.cost'), align: 'end', cell: (row) => format.money(row.costMinor) },
          { key: 'hours', title: t('plan.hoursAYear'), align: 'end', cell: (row) => format.number(row.minutes / 60) },
          {
            key: 'warnings',
            title: t('plan.check'),
            cell: (row) =>
              row.warnings.length === 0 ? (
                <span className="muted">{t('plan.fine')}</span>
              ) : (
                row.warnings.map((warning) => (
                  <Tag key={warning} className="value-warn">
                    {t(`plan.row.${warning}`)}
                  </Tag>
                ))
              ),
          },
        ]}
      />
    </Section>
  )
}

/** Among all packages the one whose gain less cost is best for a group of customers, under a budget. */
function BestPackage({ plan, means, policies }: { plan: Plan; means: Found['means']; policies: readonly Policy[] }) {
  const t = useWords('value')
  const format = useFormat()
  const { nameOf } = usePolicyWords()
  const [whom, setWhom] = useState(plan.rows[0]!.policyId)
  const customers = plan.rows.find(({ policyId }) => policyId === whom)?.customers ?? 0
  const [budgetMinor, setBudget] = useState<number | null>(means.yearlyBudgetMinor)
  const [minorPerPoint, setWorth] = useState<number | null>(means.minorPerPoint)
  const policyOf = (id: string) => policies.find((one) => one.id === id)!
  const { best, all } = weighed(policies, { customers, budgetMinor, minorPerPoint: minorPerPoint ?? 0 })
  const recommended = best === null ? null : policyOf(best)
  return (
    <Section title={t('best.title')} about={t('best.about')}>
      <div className="value-choices">
        <label className="best-input" htmlFor="best-whom">
          {t('best.whom')}
          <Select
            id="best-whom"
            value={whom}
            onChange={setWhom}
            options={plan.rows.map(({ policyId, customers: count }) => ({
              value: policyId,
              label: t('best.whomOf', { name: nameOf(policyOf(policyId)), count, customers: format.number(count) }),
            }))}
          />
        </label>
        <label className="best-input" htmlFor="best-budget">
          {t('best.budget')}
          <NumberInput id="best-budget" kind="money" min={0} value={budgetMinor} onChange={setBudget} />
        </label>
        <label className="best-input" htmlFor="best-worth">
          {t('best.worth')}
          <NumberInput id="best-worth" kind="money" min={0} value={minorPerPoint} onChange={setWorth} />
        </label>
      </div>
      {minorPerPoint === null ? (
        <p className="muted">{t('best.noWorth')}</p>
      ) : (
        <>
          <Alert
            className="value-said"
            role="status"
            type={recommended ? 'success' : 'warning'}
            showIcon
            title={recommended ? t('best.is', { name: nameOf(recommended) }) : t('best.none')}
          />
          <DataTable
            name="value-best"
            label={t('best.title')}
            rowKey={(row) => row.id}
            pages={{ items: all }}
            columns={[
              { key: 'policy', title: t('plan.policy'), cell: (row) => nameOf(policyOf(row.id)) },
              { key: 'gain', title: t('policy.gain'), align: 'end', cell: (row) => format.number(policyOf(row.id).satisfactionGain, 1) },
              { key: 'cost', title: t('plan.cost'), align: 'end', cell: (row) => format.money(row.costMinor) },
              { key: 'net', title: t('best.net'), align: 'end', cell: (row) => format.money(row.netMinor) },
              { key: 'fits', title: t('best.fits'), cell: (row) => t(row.affordable ? 'ui:yes' : 'ui:no') },
            ]}
          />
        </>
      )}
    </Section>
  )
}
