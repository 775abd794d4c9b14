import { Button, Select } from 'antd'
import { useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { TextInput } from '#ui/inputs.tsx'
import { Refused } from '#ui/refused.tsx'
import { DataTable } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'

const labels = ['high', 'middle', 'low'] as const

/** Whom to tell about a new product: buyers of its category (C-11). */
export function PushList() {
  const t = useWords('value')
  const format = useFormat()
  const [typed, setTyped] = useState('')
  const [category, setCategory] = useState('')
  const [valueLabel, setValueLabel] = useState<(typeof labels)[number] | null>(null)
  const found = useRead(valueApi.pushList, { category, ...(valueLabel ? { valueLabel } : {}) }, { enabled: category !== '' })
  return (
    <>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          setCategory(typed.trim())
        }}
      >
        <TextInput
          kind="text"
          value={typed}
          onChange={(text) => setTyped(text ?? '')}
          aria-label={t('push.category')}
          placeholder={t('push.category')}
        />
        <Select
          allowClear={{ label: t('ui:clear') }}
          aria-label={t('labels.title')}
          placeholder={t('labels.title')}
          value={valueLabel}
          onChange={(value) => setValueLabel(value ?? null)}
          options={labels.map((value) => ({ value, label: t(`label.${value}`) }))}
          style={{ minWidth: 140 }}
        />
        <Button htmlType="submit">{t('push.find')}</Button>
      </form>
      <Refused problem={found.error} again={found.refetch} />
      {found.data && (
        <DataTable
          name="value-push"
          label={t('push.title')}
          rowKey={(row) => row.customerId}
          to={(row) => `/customers/${row.customerId}`}
          pages={{ items: found.data.items }}
          empty={<p>{t('push.nobody', { category })}</p>}
          columns={[
            { key: 'name', title: t('push.customer'), cell: (row) => row.name },
            { key: 'tier', title: t('tier'), cell: (row) => <TierTag tier={row.tier} /> },
            { key: 'label', title: t('labels.title'), cell: (row) => t(`label.${row.valueLabel}`) },
            { key: 'inCategory', title: t('push.ordersInCategory'), align: 'end', cell: (row) => format.number(row.ordersInCategory) },
            { key: 'orders', title: t('push.orders'), align: 'end', cell: (row) => format.number(row.orders) },
            { key: 'relevance', title: t('push.relevance'), align: 'end', cell: (row) => format.percent(row.relevance) },
          ]}
        />
      )}
    </>
  )
}
