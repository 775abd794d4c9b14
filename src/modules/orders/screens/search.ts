import { call } from '#ui/client.ts'
import type { PaletteSearch } from '#ui/screens.ts'
import { ordersApi } from '../api.ts'

/** Orders by their number, for the palette. */
export const searchOrders: PaletteSearch = async (query, signal) => {
  const number = query.trim()
  if (number === '' || number.length > 200) return []
  const { items } = await call(ordersApi.find, { number }, { signal })
  return items.map((order) => ({
    id: order.id,
    title: order.number ?? order.id,
    detail: [order.customerName, order.day].filter(Boolean).join(' · '),
    to: `/orders/${order.id}`,
  }))
}
