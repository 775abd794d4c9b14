import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { Chart } from '#ui/chart.tsx'
import type { ResultOf } from '#ui/client.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { tiers } from '#ui/theme.ts'
import { type Pages, usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { rfmSegments } from '../domain/rfm.ts'
import { NotValued, ValuePage } from './report-page.tsx'

type Spend = ResultOf<typeof valueApi.addSpend>
type SpendValues = Omit<Spend, 'id' | 'source' | 'version'>

/** What was spent on whom, against what they bring. */
export function SpendPage() {
  const t = useWords('value')
  const { may } = useSession()
  const [edited, setEdited] = useState<Spend | 'new' | null>(null)
  const pages = usePages(valueApi.listSpend, {})
  // As it is now: somebody else may have changed it while it is open.
  const newest = edited === 'new' ? null : (pages.items.find(({ id }) => id === edited?.id) ?? edited)
  return (
    <ValuePage
      name="spend"
      actions={
        may('value.manage') && (
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('spend.add')}
          </Button>
        )
      }
    >
      <Contribution />
      <SpendList pages={pages} onEdit={setEdited} />
      {edited && <SpendForm spend={newest} onClose={() => setEdited(null)} />}
    </ValuePage>
  )
}

function useSegmentName(): (segment: string) => string {
  const t = useWords('value', 'customers')
  return (segment) => {
    if ((tiers as readonly string[]).includes(segment)) return t(`ui:tier.${segment}`)
    return (rfmSegments as readonly string[]).includes(segment) ? t(`customers:segment.${segment}`) : segment
  }
}

function Contribution() {
  const t = useWords('value')
  const format = useFormat()
  const nameOf = useSegmentName()
  const [by, setBy] = useState<'tier' | 'segment'>('tier')
  const found = useRead(valueApi.spendContribution, { by })
  return (
    <Section title={t('spend.contribution')} about={t('spend.contributionAbout')}>
      <Segmented
        aria-label={t('spend.by')}
        value={by}
        onChange={setBy}
        options={(['tier', 'segment'] as const).map((value) => ({ value, label: t(`spend.by.${value}`) }))}
      />
      <Loaded of={found}>
        {({ part }) => {
          if (!part) return <NotValued />
          if (part.totalMinor === 0) return <Empty title={t('spend.none')}>{t('spend.noneHelp')}</Empty>
          const wasted = part.segments.filter((row) => row.misallocated).map((row) => nameOf(row.segment))
          return (
            <>
              <Chart
                label={t('spend.chart')}
                columns={[
                  { key: 'segment', label: t('spend.segment'), kind: 'text' },
                  { key: 'customers', label: t('figure.shareOfCustomers'), kind: 'percent' },
                  { key: 'spend', label: t('spend.share'), kind: 'percent' },
                  { key: 'sales', label: t('figure.shareOfRevenue'), kind: 'percent' },
                  { key: 'amount', label: t('spend.amount'), kind: 'money' },
                  { key: 'proportional', label: t('spend.proportional'), kind: 'money' },
                ]}
                rows={part.segments.map((row) => ({
                  segment: nameOf(row.segment),
                  customers: row.customerShare,
                  spend: row.spendShare,
                  sales: row.salesShare,
                  amount: row.spendMinor,
                  proportional: Math.round(row.proportionalSpendMinor),
                }))}
                option={({ axis }) => ({
                  legend: {},
                  xAxis: { ...axis('segment'), type: 'category' },
                  yAxis: axis('spend', { name: '' }),
                  series: [
                    { type: 'bar', name: t('figure.shareOfCustomers'), encode: { x: 'segment', y: 'customers' } },
                    { type: 'bar', name: t('spend.share'), encode: { x: 'segment', y: 'spend' } },
                    { type: 'bar', name: t('figure.shareOfRevenue'), encode: { x: 'segment', y: 'sales' } },
                  ],
                })}
                reading={wasted.length > 0 ? t('spend.misallocated', { segments: format.list(wasted) }) : t('spend.fine')}
              />
              <p className="muted">
                {t('spend.note', {
                  from: format.day(part.from),
                  to: format.day(part.to),
                  total: format.money(part.totalMinor),
                  unassigned: format.money(part.unassignedMinor),
                })}
              </p>
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

function SpendList({ pages, onEdit }: { pages: Pages<Spend>; onEdit: (spend: Spend) => void }) {
  const t = useWords('value')
  const format = useFormat()
  const nameOf = useSegmentName()
  const { may } = useSession()
  const remove = useWrite(valueApi.removeSpend)
  const confirm = useConfirm()
  const ask = (spend: Spend) =>
    confirm({ title: t('spend.removeAsk'), verb: t('delete') }, () => remove.send({ id: spend.id, version: spend.version }))
  return (
    <Section title={t('spend.list')} actions={<Link to="/import">{t('spend.import')}</Link>}>
      <DataTable
        name="value-spend"
        label={t('spend.list')}
        rowKey={(row) => row.id}
        pages={pages}
        empty={<Empty title={t('spend.none')}>{t('spend.noneHelp')}</Empty>}
        columns={[
          { key: 'campaign', title: t('spend.campaign'), cell: (row) => row.campaign ?? t('spend.noCampaign') },
          { key: 'segment', title: t('spend.segment'), cell: (row) => (row.segment ? nameOf(row.segment) : t('spend.everybody')) },
          { key: 'purpose', title: t('spend.purpose'), cell: (row) => t(`spend.purpose.${row.purpose}`) },
          { key: 'period', title: t('spend.period'), cell: (row) => `${format.day(row.firstDay)} – ${format.day(row.lastDay)}` },
          { key: 'amount', title: t('spend.amount'), align: 'end', cell: (row) => format.money(row.amountMinor) },
          {
            key: 'actions',
            title: t('spend.actions'),
            cell: (row) =>
              may('value.manage') && (
                <span className="row">
                  <Button size="small" onClick={() => onEdit(row)}>
                    {t('edit')}
                  </Button>
                  <Button size="small" danger onClick={() => ask(row)}>
                    {t('delete')}
                  </Button>
                </span>
              ),
          },
        ]}
      />
    </Section>
  )
}

function SpendForm({ spend, onClose }: { spend: Spend | null; onClose: () => void }) {
  const t = useWords('value')
  const nameOf = useSegmentName()
  const add = useWrite(valueApi.addSpend, { onDone: onClose })
  const change = useWrite(valueApi.changeSpend, { onDone: onClose })
  const segments = [...tiers, ...rfmSegments]
  return (
    <Dialog title={t(spend ? 'spend.change' : 'spend.add')} onClose={onClose}>
      <Form<SpendValues>
        fields={[
          { name: 'campaign', kind: 'text', label: t('spend.campaign'), maxLength: 200 },
          {
            name: 'segment',
            kind: 'choice',
            label: t('spend.segment'),
            help: t('spend.segmentHelp'),
            search: true,
            options: segments.map((value) => ({ value, label: nameOf(value) })),
          },
          {
            name: 'purpose',
            kind: 'choice',
            label: t('spend.purpose'),
            required: true,
            options: (['acquire', 'retain', 'both'] as const).map((value) => ({ value, label: t(`spend.purpose.${value}`) })),
          },
          { name: 'firstDay', kind: 'day', label: t('spend.firstDay'), required: true },
          { name: 'lastDay', kind: 'day', label: t('spend.lastDay'), required: true },
          { name: 'amountMinor', kind: 'money', label: t('spend.amount'), required: true, min: 0 },
        ]}
        initial={spend ?? { purpose: 'both' }}
        problem={add.problem ?? change.problem}
        pending={add.pending || change.pending}
        submit={t('save')}
        cancel={onClose}
        onSubmit={(values) => {
          const plain = { ...values, campaign: values.campaign || null, segment: values.segment || null }
          return spend ? change.send({ ...plain, id: spend.id, version: spend.version }) : add.send(plain)
        }}
      />
    </Dialog>
  )
}
