import { Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { Chart } from '#ui/chart.tsx'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { DayInput } from '#ui/inputs.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type DesertionReason, desertionReasons } from '../domain/desertion.ts'
import './cases.css'
import './seeing.css'

type Report = ResultOf<typeof casesApi.desertionReport>

/** Who went to somebody else: when, to whom and why (H-20). */
export function DesertionsPage() {
  const t = useWords('cases')
  const format = useFormat()
  const { mayAll } = useSession()
  const [params, setParams] = useSearchParams()
  const [from, to] = [params.get('from'), params.get('to')]
  const reason = desertionReasons.find((one) => one === params.get('reason')) ?? null
  const period = { ...(from ? { from } : {}), ...(to ? { to } : {}) }
  const pages = usePages(casesApi.desertions, { ...period, ...(reason ? { reason } : {}) })
  const look = (change: Readonly<Record<string, string | null>>) => {
    const next = new URLSearchParams(params)
    for (const [key, value] of Object.entries(change)) value ? next.set(key, value) : next.delete(key)
    setParams(next, { replace: true })
  }
  return (
    <Page title={t('desertion.title')} about={t('desertion.about')}>
      <div className="report-filters">
        <DayInput value={from} onChange={(value) => look({ from: value })} aria-label={t('report.from')} />
        <DayInput value={to} onChange={(value) => look({ to: value })} aria-label={t('report.to')} />
      </div>
      {mayAll('cases.read') && <Counts period={period} />}
      <DataTable
        name="desertions"
        label={t('desertion.title')}
        pages={pages}
        rowKey={(row) => row.id}
        toolbar={
          <Select<DesertionReason>
            aria-label={t('desertion.reason')}
            className="case-kind-choice"
            allowClear
            placeholder={t('desertion.everyReason')}
            value={reason}
            onChange={(value) => look({ reason: value ?? null })}
            options={desertionReasons.map((value) => ({ value, label: t(`desertionReason.${value}`) }))}
          />
        }
        columns={[
          {
            key: 'customer',
            title: t('field.customer'),
            cell: (row) => <Link to={`/customers/${row.customerId}`}>{row.customerName}</Link>,
          },
          { key: 'leftOn', title: t('desertion.leftOn'), cell: (row) => format.day(row.leftOn) },
          {
            key: 'rival',
            title: t('desertion.rival'),
            cell: (row) => row.rival ?? <span className="muted">{t('desertion.unknown')}</span>,
          },
          {
            key: 'reason',
            title: t('desertion.reason'),
            cell: (row) => (row.reason ? t(`desertionReason.${row.reason}`) : <span className="muted">{t('desertion.unknown')}</span>),
          },
          { key: 'note', title: t('desertion.note'), cell: (row) => row.note ?? '' },
          { key: 'back', title: t('desertion.backOn'), cell: (row) => format.day(row.backOn) },
        ]}
        empty={<Empty title={t('desertion.none')}>{t('desertion.noneHelp')}</Empty>}
      />
    </Page>
  )
}

function Counts({ period }: { readonly period: { readonly from?: string; readonly to?: string } }) {
  const t = useWords('cases')
  const format = useFormat()
  const found = useRead(casesApi.desertionReport, period)
  return (
    <Loaded of={found}>
      {(report) =>
        report.customers > 0 && (
          <Section
            title={t('desertion.counts')}
            about={t('desertion.countsAbout', { customers: format.number(report.customers), back: format.number(report.back) })}
          >
            <div className="report-pair">
              <Bars
                label={t('desertion.byReason')}
                of={report.reasons}
                unknown={report.withoutReason}
                name={(key) => t(`desertionReason.${key}`)}
              />
              <Bars label={t('desertion.byRival')} of={report.rivals} unknown={report.withoutRival} name={(key) => key} />
            </div>
          </Section>
        )
      }
    </Loaded>
  )
}

function Bars({
  label,
  of,
  unknown,
  name,
}: {
  readonly label: string
  readonly of: Report['reasons']
  readonly unknown: number
  readonly name: (key: string) => string
}) {
  const t = useWords('cases')
  const rows = [
    ...of.bars.map(({ key, value, cumulative }) => ({ name: name(key), customers: value, cumulative })),
    ...(unknown > 0 ? [{ name: t('desertion.unknown'), customers: unknown, cumulative: null }] : []),
  ]
  return (
    <Chart
      label={label}
      height={260}
      columns={[
        { key: 'name', label, kind: 'text' },
        { key: 'customers', label: t('desertion.customers'), kind: 'whole' },
        { key: 'cumulative', label: t('pareto.cumulative'), kind: 'percent' },
      ]}
      rows={rows}
      option={({ axis }) => ({
        xAxis: axis('customers', { name: '', min: 0 }),
        yAxis: { ...axis('name'), type: 'category', inverse: true, name: '' },
        series: [{ type: 'bar', name: t('desertion.customers'), encode: { x: 'customers', y: 'name' }, barMaxWidth: 24 }],
      })}
    />
  )
}
