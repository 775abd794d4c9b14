import { Select } from 'antd'
import { ordersApi } from '#modules/orders/api.ts'
import { useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'

interface OrderChoiceProps {
  readonly customerId: string
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (id: string | null) => void
}

/** Which order of the customer it is about, of the newest. */
export function OrderChoice({ customerId, id, value, onChange }: OrderChoiceProps) {
  const t = useWords('cases')
  const format = useFormat()
  const { data, isPending } = useRead(ordersApi.ofCustomer, { customerId, limit: 50 })
  return (
    <Select<string>
      {...(id ? { id } : {})}
      className="wide"
      allowClear
      aria-label={t('field.order')}
      placeholder={data?.items.length === 0 ? t('field.noOrders') : t('field.orderPlaceholder')}
      loading={isPending}
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? null}
      onChange={(chosen) => onChange?.(chosen ?? null)}
      options={(data?.items ?? []).map(({ id: order, number, day, netMinor }) => ({
        value: order,
        label: [number, format.day(day), format.money(netMinor)].filter(Boolean).join(' · '),
      }))}
    />
  )
}
