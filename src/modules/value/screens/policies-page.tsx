import { Button, Tag } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useConfirm } from '#ui/confirm.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { mixElements, serviceTargets } from '../domain/service-policy.ts'
import { type Policy, usePlaces, usePolicyWords } from './policy-words.ts'
import { ServePage } from './serve-page.tsx'

/** What customers of each tier and segment get, side by side, with the floor under it (C-12, C-13). */
export function PoliciesPage() {
  const t = useWords('value')
  const { may } = useSession()
  const policies = useRead(valueApi.servicePolicies, {})
  return (
    <ServePage
      name="policies"
      actions={
        may('value.policies') && (
          <Link to="/service-policies/new">
            <Button type="primary">{t('policy.add')}</Button>
          </Link>
        )
      }
    >
      <Loaded of={policies}>{({ items }) => <SideBySide policies={items} />}</Loaded>
    </ServePage>
  )
}

interface Line {
  readonly key: string
  readonly label: string
  readonly cell: (policy: Policy) => ReactNode
}

function SideBySide({ policies }: { policies: readonly Policy[] }) {
  const t = useWords('value')
  const { nameOf } = usePolicyWords()
  const rows = useLines()
  const columns: Column<Line>[] = [
    { key: 'what', title: t('policy.what'), cell: (line) => <b>{line.label}</b> },
    ...policies.map((policy) => ({ key: policy.id, title: nameOf(policy), cell: (line: Line) => line.cell(policy) })),
  ]
  return (
    <div className="policy-grid">
      <DataTable
        name="value-policies"
        label={t('serve.policies.title')}
        rowKey={(line) => line.key}
        pages={{ items: rows }}
        columns={columns}
      />
      <p className="muted">{t('policy.note')}</p>
    </div>
  )
}

/** One line for each thing that a policy says. */
function useLines(): readonly Line[] {
  const t = useWords('value', 'customers')
  const format = useFormat()
  const words = usePolicyWords()
  const { placeOf } = usePlaces()
  const served = (policy: Policy) =>
    [placeOf(policy.servedByTeamId), placeOf(policy.servedByDepartmentId)].find((name) => name !== null) ?? t('policy.whoeverHandles')
  return [
    { key: 'whom', label: t('policy.whom'), cell: (policy) => <Whom policy={policy} /> },
    { key: 'priority', label: t('policy.priority'), cell: ({ priority }) => format.number(priority) },
    ...serviceTargets.map((target): Line => {
      const label = t(`policy.target.${target}`)
      return { key: target, label, cell: ({ targets }) => words.time(targets[target]) }
    }),
    {
      key: 'channels',
      label: t('policy.channels'),
      cell: ({ channels }) => format.list(channels.map((one) => t(`customers:channel.${one}`))),
    },
    ...mixElements.map((element): Line => {
      const label = t(`policy.element.${element}`)
      return { key: element, label, cell: (policy) => words.mixOf(policy, element) || '–' }
    }),
    { key: 'manager', label: t('policy.accountManager'), cell: ({ accountManager }) => t(accountManager ? 'ui:yes' : 'ui:no') },
    { key: 'served', label: t('policy.servedBy'), cell: served },
    { key: 'hours', label: t('policy.hoursOf'), cell: ({ departmentId }) => placeOf(departmentId) ?? t('policy.handling') },
    { key: 'cadence', label: t('policy.cadence'), cell: (policy) => words.cadenceOf(policy) || '–' },
    {
      key: 'benefits',
      label: t('policy.benefits'),
      cell: (policy) => (
        <ul className="policy-benefits">
          {words.benefitsOf(policy).map((benefit) => (
            <li key={benefit}>{benefit}</li>
          ))}
        </ul>
      ),
    },
    { key: 'cost', label: t('policy.yearlyCost'), cell: ({ yearlyCostMinor }) => format.money(yearlyCostMinor) },
    { key: 'minutes', label: t('policy.yearlyMinutes'), cell: ({ yearlyMinutes }) => words.time(yearlyMinutes) },
    { key: 'gain', label: t('policy.gain'), cell: ({ satisfactionGain }) => format.number(satisfactionGain, 1) },
    { key: 'edit', label: t('policy.open'), cell: (policy) => <Ways policy={policy} /> },
  ]
}

function Whom({ policy }: { policy: Policy }) {
  const t = useWords('value')
  if (policy.tier) return <TierTag tier={policy.tier} />
  if (policy.kind === 'baseline') return <Tag>{t('policy.everybody')}</Tag>
  return policy.segmentName ? (
    <Link to={`/segments?open=${policy.segmentId}`}>{policy.segmentName}</Link>
  ) : (
    <Tag className="value-warn">{t('policy.segmentGone')}</Tag>
  )
}

function Ways({ policy }: { policy: Policy }) {
  const t = useWords('value')
  const { may } = useSession()
  const { nameOf } = usePolicyWords()
  const remove = useWrite(valueApi.removeServicePolicy)
  const confirm = useConfirm()
  const name = nameOf(policy)
  const ask = () =>
    confirm({ title: t('policy.endAsk', { name }), about: t('policy.endAbout'), verb: t('policy.end') }, () =>
      remove.send({ policyId: policy.id, version: policy.version }),
    )
  const writes = may('value.policies')
  return (
    <span className="row">
      <Link to={`/service-policies/${policy.id}`} aria-label={`${t(writes ? 'edit' : 'policy.history')}: ${name}`}>
        {t(writes ? 'edit' : 'policy.history')}
      </Link>
      {writes && policy.kind === 'segment' && (
        <Button size="small" danger onClick={ask} aria-label={`${t('policy.end')}: ${name}`}>
          {t('policy.end')}
        </Button>
      )}
    </span>
  )
}
