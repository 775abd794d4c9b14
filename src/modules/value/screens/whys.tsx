import type { ReactNode } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Why } from '#ui/why.tsx'
import { useWords } from '#ui/words.ts'
import type { valueApi } from '../api.ts'

type Found = ResultOf<typeof valueApi.customer>
type FigureName = 'tier' | 'profit' | 'lifetimeValue' | 'ordering' | 'orders' | 'spend' | 'alive' | 'rfm' | 'label' | 'promotion'

/** "Why?" for each figure of a customer: what went in, by which formula and model, as of when. */
export function useWhys(
  current: NonNullable<Found['current']>,
  inputs: NonNullable<Found['inputs']>,
  run: string | null,
): Record<FigureName, ReactNode> {
  const t = useWords('value')
  const format = useFormat()
  const time = (value: number) => t('why.time', { value: format.number(value, 2), unit: t(`unit.${inputs.unit}`) })
  const input = (label: string, value: ReactNode) => ({ label: t(label), value })
  const parameters = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([name, value]) => `${name} ${format.number(value, 4)}`)
      .join(', ')
  const rhythm = [
    input('why.purchaseDays', format.number(inputs.purchaseDays)),
    input('why.frequency', format.number(inputs.frequency)),
    input('why.recency', time(inputs.recency)),
    input('why.age', time(inputs.age)),
    input('why.parameters', parameters(inputs.model.parameters)),
  ]
  const horizon = input('why.horizon', t('why.months', { count: inputs.horizonMonths }))
  const order = [
    input('why.monetary', format.money(Math.round(inputs.monetaryMinor))),
    input(
      'why.spendModel',
      `${t(`model.${inputs.spendModel.kind === 'pooled' ? 'pooled-spend' : inputs.spendModel.kind}`)}: ${parameters(inputs.spendModel.parameters)}`,
    ),
    input('why.orderValue', format.money(inputs.expectedOrderValueMinor === null ? null : Math.round(inputs.expectedOrderValueMinor))),
  ]
  const profit = [
    input('figure.revenue', format.money(inputs.revenueMinor)),
    input('figure.discounts', format.money(-inputs.discountMinor)),
    input('figure.refunds', format.money(-inputs.refundMinor)),
    input('figure.costOfGoods', format.money(-inputs.costOfGoodsMinor)),
    input('figure.serviceCost', format.money(-inputs.costToServeMinor)),
  ]
  const made: Record<
    FigureName,
    { title: string; inputs: readonly { label: string; value: ReactNode }[]; note?: string; model?: boolean }
  > = {
    tier: {
      title: 'tier',
      inputs: [
        input('figure.profit', format.money(inputs.profitMinor)),
        input('why.platinumFrom', format.money(inputs.floors.platinumMinor)),
        input('why.goldFrom', format.money(inputs.floors.goldMinor)),
        input('why.computedTier', t(`ui:tier.${inputs.computedTier}`)),
        input('history.reason', t(`tierReason.${current.tierReason}`)),
      ],
    },
    profit: { title: 'figure.profit', inputs: profit, note: t(`basis.${inputs.profitBasis}`) },
    alive: { title: 'figure.probabilityAlive', inputs: rhythm, note: t('why.aliveNote'), model: true },
    ordering: { title: 'figure.probabilityOrdering', inputs: [...rhythm, horizon], note: t('why.orderingNote'), model: true },
    orders: { title: 'figure.expectedOrders', inputs: [...rhythm, horizon], note: t('why.ordersNote'), model: true },
    spend: {
      title: 'figure.expectedSpend',
      inputs: [input('figure.expectedOrders', format.number(current.expectedOrders, 2)), ...order],
      model: true,
    },
    lifetimeValue: {
      title: 'figure.lifetimeValue',
      inputs: [...rhythm, ...order, horizon, input('why.discount', format.percent(inputs.discountPercentPerMonth / 100, 1))],
      note: t('why.conventions'),
      model: true,
    },
    rfm: {
      title: 'figure.rfm',
      inputs: [
        input('rfm.recencyScore', format.number(current.recencyScore)),
        input('rfm.frequencyScore', format.number(current.frequencyScore)),
        input('rfm.monetaryScore', format.number(current.monetaryScore)),
      ],
    },
    label: {
      title: 'labels.title',
      inputs: [
        input('rfm.frequencyScore', format.number(current.frequencyScore)),
        input('rfm.monetaryScore', format.number(current.monetaryScore)),
      ],
    },
    promotion: {
      title: 'figure.discountedShare',
      inputs: [input('figure.revenue', format.money(inputs.revenueMinor - inputs.discountMinor))],
    },
  }
  return Object.fromEntries(
    Object.entries(made).map(([name, figure]) => [
      name,
      <Why
        key={name}
        title={t(figure.title)}
        formula={t(`formula.${name}`)}
        inputs={figure.inputs}
        asOf={inputs.asOf}
        model={figure.model ? t(`model.${inputs.model.kind}`) : null}
        run={run}
        note={figure.note}
      />,
    ]),
  ) as Record<FigureName, ReactNode>
}
