import { useState } from 'react'
import { Chart } from '#ui/chart.tsx'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { DayInput } from '#ui/inputs.tsx'
import { Loaded, Panel } from '#ui/page.tsx'
import { type Tier, tiers } from '#ui/theme.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { NotValued, ValuePage } from './report-page.tsx'

/** Who rose and who fell between two days; sums to everybody. */
export function MovementPage() {
  const t = useWords('value')
  const format = useFormat()
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const movement = useRead(valueApi.movement, { ...(from ? { from } : {}), ...(to ? { to } : {}) })
  const found = movement.data?.movement
  const name = (tier: Tier | null) => (tier ? t(`ui:tier.${tier}`) : t('movement.none'))
  return (
    <ValuePage name="movement">
      <div className="value-choices">
        <span>{t('movement.from')}</span>
        <DayInput value={from ?? found?.from ?? null} onChange={setFrom} aria-label={t('movement.from')} />
        <span>{t('movement.to')}</span>
        <DayInput value={to ?? found?.to ?? null} onChange={setTo} aria-label={t('movement.to')} />
      </div>
      <Loaded of={movement}>
        {({ days, movement: found }) => {
          if (!found) return <NotValued />
          if (days.length === 1 && !from && !to)
            return <Empty title={t('movement.single')}>{t('movement.singleHelp', { day: format.day(days[0] ?? found.to) })}</Empty>
          if (found.moves.length === 0) return <Empty title={t('movement.nobody')}>{t('movement.nobodyHelp')}</Empty>
          const before: readonly (Tier | null)[] = [...tiers, null]
          const count = (was: Tier | null, is: Tier) => found.moves.find((move) => move.from === was && move.to === is)?.customers ?? 0
          const most = Math.max(1, ...found.moves.filter((move) => move.from !== move.to).map((move) => move.customers))
          const moved = found.moves
            .filter((move) => move.from !== null && move.from !== move.to)
            .reduce((sum, move) => sum + move.customers, 0)
          return (
            <Panel>
              <Chart
                label={t('movement.chart')}
                height={340}
                columns={[
                  { key: 'from', label: t('movement.from'), kind: 'text' },
                  { key: 'to', label: t('movement.to'), kind: 'text' },
                  { key: 'customers', label: t('figure.customers'), kind: 'whole' },
                ]}
                rows={before.flatMap((was) => tiers.map((is) => ({ from: name(was), to: name(is), customers: count(was, is) })))}
                option={({ axis, colours }) => ({
                  xAxis: { ...axis('to'), type: 'category', data: tiers.map(name) },
                  yAxis: { ...axis('from'), type: 'category', data: before.map(name).toReversed() },
                  visualMap: { show: false, min: 0, max: most, dimension: 2, inRange: { color: [...colours.scale] } },
                  series: [{ type: 'heatmap', encode: { x: 'to', y: 'from', value: 'customers' }, label: { show: true } }],
                })}
                reading={t('movement.reading', {
                  from: found.from ? format.day(found.from) : t('movement.before'),
                  to: format.day(found.to),
                  moved: format.number(moved),
                  customers: format.number(found.customers),
                })}
              />
              <p className="muted">{t('movement.days', { days: format.list(days.slice(0, 6).map((one) => format.day(one))) })}</p>
            </Panel>
          )
        }}
      </Loaded>
    </ValuePage>
  )
}
