import { Select, Tabs, Tag } from 'antd'
import { useSearchParams } from 'react-router'
import { download, type InputOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { DayInput } from '#ui/inputs.tsx'
import { Page } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { AuditChain } from './audit-chain.tsx'
import { useEntryColumns, useEntryName } from './audit-words.tsx'
import './organization.css'

type Trail = InputOf<typeof api.exportAudit>['trail']
const filters = ['actor', 'name', 'customerId', 'from', 'to'] as const
type Filter = (typeof filters)[number]

/** Who did what, and who looked at whom; and whether the record of it is whole. */
export function AuditPage() {
  const t = useWords('organization')
  const [params, setParams] = useSearchParams()
  const trail: Trail = params.get('trail') === 'read' ? 'read' : 'fact'
  const change = (patch: Readonly<Partial<Record<Filter | 'trail', string | null>>>) =>
    setParams(
      (before) => {
        for (const [field, value] of Object.entries(patch)) value ? before.set(field, value) : before.delete(field)
        return before
      },
      { replace: true },
    )
  const tab = (key: Trail, label: string) => ({ key, label, children: <Entries trail={key} change={change} /> })
  return (
    <Page title={t('audit.title')} about={t('audit.about')}>
      <AuditChain />
      <Tabs
        activeKey={trail}
        destroyOnHidden
        onChange={(key) => change({ trail: key === 'read' ? key : null, name: null })}
        items={[tab('fact', t('audit.done')), tab('read', t('audit.looked'))]}
      />
    </Page>
  )
}

function Entries({ trail, change }: { trail: Trail; change: (patch: Readonly<Partial<Record<Filter, string | null>>>) => void }) {
  const t = useWords('organization')
  const nameOf = useEntryName()
  const [params] = useSearchParams()
  const asked = Object.fromEntries(filters.flatMap((field) => (params.get(field) ? [[field, params.get(field)]] : [])))
  const input = { trail, ...asked } as InputOf<typeof api.exportAudit>
  const pages = usePages(api.audit, { ...input, limit: 50 })
  const names = useRead(api.auditNames, { trail })
  const people = useRead(api.people, { limit: 200 })
  const columns = useEntryColumns({ only: (customerId) => change({ customerId }) })
  const others = ['operator', 'system'].map((value) => ({ value, label: t(`actor.${value}`) }))
  return (
    <DataTable
      name={`audit-${trail}`}
      label={t(trail === 'fact' ? 'audit.done' : 'audit.looked')}
      columns={columns}
      pages={pages}
      rowKey={(entry) => entry.id}
      exportFormats={['csv']}
      onExport={() => download(api.exportAudit, input)}
      toolbar={
        <>
          <Select
            className="audit-filter"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('audit.everybody')}
            aria-label={t('audit.actor')}
            value={input.actor ?? null}
            options={[...(people.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []), ...others]}
            onChange={(actor) => change({ actor: actor ?? null })}
          />
          <Select
            className="audit-filter"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('audit.everything')}
            aria-label={t('audit.what')}
            value={input.name ?? null}
            options={names.data?.names.map((name) => ({ value: name, label: nameOf(name) })) ?? []}
            onChange={(name) => change({ name: name ?? null })}
          />
          <span className="audit-day">
            <DayInput aria-label={t('audit.from')} value={input.from ?? null} onChange={(from) => change({ from })} />
          </span>
          <span className="audit-day">
            <DayInput aria-label={t('audit.to')} value={input.to ?? null} onChange={(to) => change({ to })} />
          </span>
          {input.customerId && (
            <Tag closable onClose={() => change({ customerId: null })}>
              {pages.items[0]?.customerName ?? t('audit.oneCustomer')}
            </Tag>
          )}
        </>
      }
      empty={<Empty title={t('audit.empty')}>{t(trail === 'fact' ? 'audit.emptyHelp' : 'audit.emptyLooks')}</Empty>}
    />
  )
}
