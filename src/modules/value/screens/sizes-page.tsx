import { Chart } from '#ui/chart.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { ReportPage } from './report-page.tsx'

/** Big, middle and small customers, and how much is sold at a discount. */
export function SizesPage() {
  const t = useWords('value')
  const format = useFormat()
  return (
    <ReportPage name="sizes" of={useRead(valueApi.sizeBands, {})}>
      {(bands) => (
        <>
          <DataTable
            name="value-sizes"
            label={t('report.sizes.title')}
            rowKey={(row) => row.band}
            pages={{ items: bands }}
            columns={[
              { key: 'band', title: t('sizes.band'), cell: (row) => t(`sizes.${row.band}`) },
              { key: 'customers', title: t('figure.customers'), align: 'end', cell: (row) => format.number(row.customers) },
              { key: 'revenue', title: t('figure.revenue'), align: 'end', cell: (row) => format.money(row.revenue) },
              { key: 'discounts', title: t('figure.discounts'), align: 'end', cell: (row) => format.money(row.discounts) },
              { key: 'service', title: t('figure.serviceCost'), align: 'end', cell: (row) => format.money(row.costToServe) },
              { key: 'transaction', title: t('figure.transactionCost'), align: 'end', cell: (row) => format.money(row.transactionCost) },
              { key: 'profit', title: t('figure.contribution'), align: 'end', cell: (row) => format.money(row.profit) },
              { key: 'margin', title: t('figure.ofRevenue'), align: 'end', cell: (row) => format.percent(row.margin, 1) },
            ]}
          />
          <p className="muted">{t('sizes.note')}</p>
          <Promotion />
        </>
      )}
    </ReportPage>
  )
}

function Promotion() {
  const t = useWords('value')
  const format = useFormat()
  const promotion = useRead(valueApi.promotion, {})
  return (
    <Section title={t('promotion.title')} about={t('promotion.about')}>
      <Loaded of={promotion}>
        {({ part }) =>
          part && (
            <Chart
              label={t('promotion.chart')}
              columns={[
                { key: 'band', label: t('promotion.band'), kind: 'text' },
                { key: 'customers', label: t('figure.customers'), kind: 'whole' },
              ]}
              rows={part.customersByShare.map((customers, band) => ({ band: t(`promotion.band${band}`), customers }))}
              option={({ axis }) => ({
                xAxis: { ...axis('band'), type: 'category' },
                yAxis: axis('customers'),
                series: [{ type: 'bar', encode: { x: 'band', y: 'customers' } }],
              })}
              reading={t('promotion.reading', {
                share: format.percent(part.share, 1),
                amount: format.money(part.discountedRevenue),
                only: format.number(part.onlyDiscounted),
              })}
            />
          )
        }
      </Loaded>
    </Section>
  )
}
