import { Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { ordersApi } from '#modules/orders/api.ts'
import { useSettled } from '#ui/settled.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { fromOrder, type OrderProduct, productsOf } from '../domain/order-products.ts'

interface ProductChoiceProps {
  /** The order that was named: its products are offered first. */
  readonly orderId: string | null
  /** The order with which the record lies there already; what it says of the product stands. */
  readonly keptOrderId?: string | null
  /** The product that is chosen already, by its name. */
  readonly known?: OrderProduct | null
  readonly id?: string
  readonly className?: string
  readonly placeholder?: string
  /** What it is called where no label of a form says it. */
  readonly label?: string
  readonly value?: string | null
  readonly onChange?: (code: string | null) => void
}

const pause = 200
const offered = 20

/** Which product it is about: of the order that was named, where it has only one this one; else by code or name from the catalogue. */
export function ProductChoice({
  orderId,
  keptOrderId = null,
  known = null,
  id,
  className = 'wide',
  placeholder,
  label,
  value,
  onChange,
}: ProductChoiceProps) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(known)
  const asked = useSettled(typed.trim().slice(0, 100), pause)
  const order = useRead(ordersApi.one, { id: orderId ?? '' }, { enabled: orderId !== null, keepPrevious: false })
  const products = order.data ? productsOf(order.data.lines) : []
  const ordered = orderId === null || products.length === 0 ? null : products
  useFilledIn(orderId, keptOrderId, ordered, value ?? null, onChange)
  // A whole catalogue is no choice; of an order that was named its few products are.
  const catalogue = useRead(
    ordersApi.products,
    { limit: offered, ...(asked === '' ? {} : { search: asked }) },
    { enabled: ordered === null || asked !== '' },
  )
  const fits = ({ code, name }: OrderProduct) => `${code} ${name ?? ''}`.toLowerCase().includes(typed.trim().toLowerCase())
  const own = (ordered ?? []).filter(fits)
  const others = (ordered === null || asked !== '' ? (catalogue.data?.items ?? []) : []).filter(
    ({ code }) => !own.some((one) => one.code === code),
  )
  const all = [...own, ...others]
  const kept = value && !all.some(({ code }) => code === value) ? [{ code: value, name: chosen?.code === value ? chosen.name : null }] : []
  const option = ({ code, name }: OrderProduct) => ({ value: code, label: name ? `${name} · ${code}` : code })
  return (
    <Select<string>
      // In a form its label names it.
      {...(id ? { id } : { 'aria-label': label ?? t('field.product') })}
      className={className}
      placeholder={placeholder ?? t(ordered ? 'field.productOfOrder' : 'field.productPlaceholder')}
      allowClear={{ label: ui('clear') } as never}
      value={value ?? null}
      loading={order.isFetching || catalogue.isFetching}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onOpenChange={(open) => open || setTyped('')}
      notFoundContent={catalogue.isFetching || order.isFetching ? ui('loading') : ui('search.nothing')}
      options={[
        ...kept.map(option),
        ...(own.length > 0 && others.length > 0
          ? [
              { label: t('field.inOrder'), options: own.map(option) },
              { label: t('field.inCatalogue'), options: others.map(option) },
            ]
          : [...own, ...others].map(option)),
      ]}
      onChange={(code) => {
        setChosen(all.find((one) => one.code === code) ?? null)
        onChange?.(code ?? null)
      }}
    />
  )
}

/** Where another order is chosen: the product follows it, once. What somebody chooses or clears afterwards stands. */
function useFilledIn(
  orderId: string | null,
  keptOrderId: string | null,
  ordered: readonly OrderProduct[] | null,
  value: string | null,
  onChange: ((code: string | null) => void) | undefined,
): void {
  const seen = useRef(keptOrderId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each order that is named
  useEffect(() => {
    if (orderId === null || ordered === null || seen.current === orderId) return
    seen.current = orderId
    const code = fromOrder(ordered, value)
    if (code !== value) onChange?.(code)
  }, [orderId, ordered === null])
}
