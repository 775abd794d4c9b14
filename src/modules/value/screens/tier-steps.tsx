import { Chart } from '#ui/chart.tsx'
import { useFormat } from '#ui/format.ts'
import { type Tier, tierShape } from '#ui/theme.ts'
import { useWords } from '#ui/words.ts'

interface TierRow {
  readonly tier: Tier
  readonly customers: number
  readonly revenueMinor: number
  readonly profitMinor: number
  readonly serviceCostMinor: number
}

/** The pyramid as steps, and beside it what each tier's share of the customers brings. */
export function TierSteps({ tiers, customers }: { tiers: readonly TierRow[]; customers: number }) {
  const t = useWords('value')
  const format = useFormat()
  const most = Math.max(1, ...tiers.map((row) => row.customers))
  const gains = tiers.reduce((sum, row) => sum + Math.max(0, row.profitMinor), 0)
  return (
    <div className="value-lists">
      <ol className="value-steps" aria-label={t('pyramid.title')}>
        {tiers.map((row) => (
          <li key={row.tier} style={{ color: `var(--tier-${row.tier})`, width: `${40 + (60 * row.customers) / most}%` }}>
            <strong>
              {tierShape[row.tier]} {t(`ui:tier.${row.tier}`)}
            </strong>
            <small>
              {format.number(row.customers)} · {format.money(row.profitMinor, null, { short: true })}
            </small>
          </li>
        ))}
      </ol>
      <Chart
        label={t('pyramid.chart')}
        height={260}
        columns={[
          { key: 'tier', label: t('tier'), kind: 'text' },
          { key: 'customers', label: t('figure.shareOfCustomers'), kind: 'percent' },
          { key: 'profit', label: t('figure.shareOfProfit'), kind: 'percent' },
        ]}
        rows={tiers.toReversed().map((row) => ({
          tier: t(`ui:tier.${row.tier}`),
          customers: customers > 0 ? row.customers / customers : null,
          profit: gains > 0 ? row.profitMinor / gains : null,
        }))}
        option={({ axis }) => ({
          legend: {},
          xAxis: axis('customers', { name: '' }),
          yAxis: { ...axis('tier'), type: 'category' },
          series: [
            { type: 'bar', name: t('figure.shareOfCustomers'), encode: { x: 'customers', y: 'tier' } },
            { type: 'bar', name: t('figure.shareOfProfit'), encode: { x: 'profit', y: 'tier' } },
          ],
        })}
        reading={t('pyramid.reading')}
      />
    </div>
  )
}
