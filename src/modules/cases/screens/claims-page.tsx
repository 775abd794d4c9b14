import { Segmented, Tag } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Page } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { claimStates } from '../domain/supplier-claim.ts'
import { CaseCustomer } from './case-customer.tsx'
import './cases.css'

/** What suppliers are asked for because goods were taken back of which they are the makers. */
export function ClaimsPage() {
  const t = useWords('cases')
  const format = useFormat()
  const [params, setParams] = useSearchParams()
  const state = claimStates.find((one) => one === params.get('state')) ?? null
  const pages = usePages(casesApi.supplierClaims, state ? { state: [state] } : {})
  return (
    <Page title={t('claims.title')} about={t('claims.about')} actions={<Link to="/cases/non-customer">{t('nonCustomer.title')}</Link>}>
      <DataTable
        name="supplier-claims"
        label={t('claims.title')}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/${row.id}`}
        toolbar={
          <Segmented
            aria-label={t('field.state')}
            value={state ?? 'all'}
            onChange={(value) => setParams(value === 'all' ? {} : { state: value }, { replace: true })}
            options={[
              { value: 'all', label: t('claims.all') },
              ...claimStates.map((value) => ({ value: value as string, label: t(`claimState.${value}`) })),
            ]}
          />
        }
        columns={[
          {
            key: 'subject',
            title: t('field.subject'),
            cell: (row) => (
              <span className="case-name">
                <span className="muted case-number">{row.number}</span> {row.subject}
              </span>
            ),
          },
          { key: 'customer', title: t('field.customer'), cell: (row) => <CaseCustomer of={row.customer} /> },
          { key: 'claim', title: t('goods.claim'), cell: (row) => <Tag>{t(`claimState.${row.claim}`)}</Tag> },
          { key: 'amount', title: t('goods.value'), align: 'end', cell: (row) => format.money(row.claimMinor) },
          { key: 'received', title: t('field.receivedAt'), cell: (row) => format.instant(row.receivedAt) },
        ]}
        empty={<Empty title={t('claims.none')}>{t('claims.noneHelp')}</Empty>}
      />
    </Page>
  )
}
