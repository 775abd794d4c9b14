import { api as customers } from '#modules/customers/api.ts'
import { ordersApi } from '#modules/orders/api.ts'
import { SearchChoice } from '#ui/search-choice.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'

/** A customer, and where they were found by one of their orders, that order. */
export interface Caller {
  readonly customerId: string
  readonly orderId: string | null
}

/** Whoever calls: by name, pinyin, phone, number in another system, or by the number of an order. */
export function DeskFind({ onFound }: { readonly onFound: (caller: Caller) => void }) {
  const t = useWords('cases')
  return (
    <SearchChoice
      useFound={useCallers}
      large
      autoFocus
      aria-label={t('desk.find')}
      placeholder={t('desk.findHelp')}
      value={null}
      onChange={(chosen) => {
        const [customerId, orderId = null] = chosen?.split(' ') ?? []
        if (customerId) onFound({ customerId, orderId })
      }}
    />
  )
}

function useCallers(asked: string) {
  const t = useWords('cases')
  const { may } = useSession()
  const people = useRead(customers.search, { q: asked }, { enabled: asked !== '' })
  // Numbers of orders have a figure in them; names seldom do.
  const byOrder = may('orders.read') && /\d/.test(asked)
  const orders = useRead(ordersApi.find, { number: asked }, { enabled: byOrder })
  const found = people.data?.items.map(({ id, name, company, city, matched }) => ({
    value: id,
    label: [name, company === name ? null : company, city, matched.by === 'phone' || matched.by === 'key' ? matched.text : null]
      .filter(Boolean)
      .join(' · '),
  }))
  const ordered = (byOrder ? (orders.data?.items ?? []) : []).map(({ id, customerId, customerName, number }) => ({
    value: `${customerId} ${id}`,
    label: t('desk.orderFound', { number: number ?? '', name: customerName }),
  }))
  return {
    options: found && [...ordered, ...found],
    isFetching: people.isFetching || (byOrder && orders.isFetching),
    problem: people.error,
  }
}
