import { Segmented } from 'antd'
import { useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { Section } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { PushList } from './push-list.tsx'
import { ReportPage } from './report-page.tsx'

/** What is bought together, and whom to tell about something new. */
export function AffinityPage() {
  const t = useWords('value')
  const format = useFormat()
  const [order, setOrder] = useState<'support' | 'lift'>('support')
  return (
    <ReportPage name="affinity" of={useRead(valueApi.affinity, {})}>
      {(part) => (
        <>
          <Segmented
            aria-label={t('affinity.order')}
            value={order}
            onChange={setOrder}
            options={(['support', 'lift'] as const).map((value) => ({ value, label: t(`affinity.by.${value}`) }))}
          />
          <DataTable
            name="value-affinity"
            label={t('report.affinity.title')}
            rowKey={(row) => `${row.a}\u0000${row.b}`}
            pages={{ items: order === 'support' ? part.bySupport : part.byLift }}
            empty={<p>{t('affinity.none')}</p>}
            columns={[
              { key: 'a', title: t('affinity.first'), cell: (row) => named(row.aName, row.a) },
              { key: 'b', title: t('affinity.second'), cell: (row) => named(row.bName, row.b) },
              { key: 'together', title: t('affinity.together'), align: 'end', cell: (row) => format.number(row.together) },
              { key: 'lift', title: t('affinity.lift'), align: 'end', cell: (row) => format.number(row.lift, 1) },
              { key: 'ab', title: t('affinity.firstToSecond'), align: 'end', cell: (row) => format.percent(row.confidenceAToB) },
              { key: 'ba', title: t('affinity.secondToFirst'), align: 'end', cell: (row) => format.percent(row.confidenceBToA) },
            ]}
          />
          <p className="muted">
            {t('affinity.note', {
              baskets: format.number(part.baskets),
              products: format.number(part.products),
              skipped: format.number(part.skipped),
            })}
            {part.limited && ` ${t('affinity.limited')}`}
          </p>
          <Section title={t('push.title')} about={t('push.about')}>
            <PushList />
          </Section>
        </>
      )}
    </ReportPage>
  )
}

const named = (name: string | null, code: string) =>
  name ? (
    <span>
      {name} <span className="muted nowrap">{code}</span>
    </span>
  ) : (
    code
  )
