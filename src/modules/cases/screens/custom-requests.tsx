import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { useReportFilter } from './report-filters.tsx'

/** Custom requests of the period by what they ask for, and how far they came (K-02). */
export function CustomRequests() {
  const t = useWords('cases')
  const format = useFormat()
  const { input } = useReportFilter()
  const period = { ...(input.from ? { from: input.from } : {}), ...(input.to ? { to: input.to } : {}) }
  const found = useRead(casesApi.customRequests, period)
  return (
    <Section title={t('extra.title')} about={t('extra.about')}>
      <Loaded of={found} lines={4}>
        {({ types }) => (
          <DataTable
            name="custom-requests"
            label={t('extra.title')}
            pages={{ items: types }}
            rowKey={(row) => row.extra ?? 'none'}
            columns={[
              { key: 'type', title: t('field.extra'), cell: (row) => t(row.extra ? `extra.${row.extra}` : 'extra.none') },
              ...(['requests', 'quoted', 'accepted', 'refused', 'fulfilled'] as const).map((key) => ({
                key,
                title: t(`extra.count.${key}`),
                align: 'end' as const,
                cell: (row: (typeof types)[number]) => format.number(row[key]),
              })),
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}
