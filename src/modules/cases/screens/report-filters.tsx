import { Select } from 'antd'
import { useSearchParams } from 'react-router'
import { api as organization } from '#modules/organization/api.ts'
import type { InputOf } from '#ui/client.ts'
import { DayInput, TextInput } from '#ui/inputs.tsx'
import { useSession } from '#ui/session.ts'
import { tiers } from '#ui/theme.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import type { casesApi } from '../api.ts'
import { type Kind, kinds, type Verdict, verdicts } from '../domain/taxonomy.ts'
import { ProductChoice } from './product-choice.tsx'

export type ReportInput = InputOf<typeof casesApi.report>
const names = ['from', 'to', 'kind', 'tier', 'departmentId', 'productCode', 'verdict'] as const

/** What the report is about, as it stands in the address, so that it can be sent on and is kept by the way back. */
export function useReportFilter() {
  const [params, setParams] = useSearchParams()
  const given = Object.fromEntries(names.flatMap((name) => (params.get(name) ? [[name, params.get(name)!]] : [])))
  return {
    input: given as ReportInput,
    query: new URLSearchParams(given).toString(),
    set: (change: Readonly<Partial<Record<(typeof names)[number], string | null>>>) => {
      const next = new URLSearchParams(params)
      for (const [name, value] of Object.entries(change)) value ? next.set(name, value) : next.delete(name)
      setParams(next, { replace: true })
    },
  }
}

export function ReportFilters({ shown }: { readonly shown: { readonly from: string; readonly to: string } | undefined }) {
  const t = useWords('cases')
  const { input, set } = useReportFilter()
  const { may } = useSession()
  const { data } = useRead(organization.departments, {})
  return (
    <div className="report-filters">
      <DayInput value={input.from ?? shown?.from ?? null} onChange={(from) => set({ from })} aria-label={t('report.from')} />
      <DayInput value={input.to ?? shown?.to ?? null} onChange={(to) => set({ to })} aria-label={t('report.to')} />
      <Select<Kind>
        aria-label={t('field.kind')}
        value={input.kind ?? 'complaint'}
        onChange={(kind) => set({ kind: kind === 'complaint' ? null : kind })}
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      <Select<Verdict>
        aria-label={t('report.verdict')}
        allowClear
        placeholder={t('report.everyVerdict')}
        value={input.verdict ?? null}
        onChange={(verdict) => set({ verdict: verdict ?? null })}
        options={verdicts.map((value) => ({ value, label: t(`verdictOf.${value}`) }))}
      />
      <Select
        aria-label={t('field.tier')}
        allowClear
        placeholder={t('report.everyTier')}
        value={input.tier ?? null}
        onChange={(tier) => set({ tier: tier ?? null })}
        options={tiers.map((value) => ({ value, label: t(`ui:tier.${value}`) }))}
      />
      <Select
        aria-label={t('field.department')}
        allowClear
        placeholder={t('report.everyDepartment')}
        value={input.departmentId ?? null}
        onChange={(departmentId) => set({ departmentId: departmentId ?? null })}
        options={(data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      {may('orders.read') ? (
        <ProductChoice
          className=""
          orderId={null}
          placeholder={t('report.everyProduct')}
          value={input.productCode ?? null}
          onChange={(productCode) => set({ productCode })}
        />
      ) : (
        <TextInput
          kind="text"
          value={input.productCode ?? ''}
          onChange={(productCode) => set({ productCode })}
          placeholder={t('report.everyProductCode')}
          aria-label={t('field.product')}
          maxLength={100}
        />
      )}
    </div>
  )
}
