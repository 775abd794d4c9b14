import { call } from '#ui/client.ts'
import type { PaletteSearch } from '#ui/screens.ts'
import { api } from '../api.ts'

/** Customers for the palette; beside the name stands what they were found by, where it is not the name. */
export const searchCustomers: PaletteSearch = async (query, signal) => {
  const { items } = await call(api.search, { q: query }, { signal })
  return items.map(({ id, name, company, city, matched }) => {
    const found = matched.by === 'name' || matched.by === 'other' ? null : matched.text
    const detail = [found, company === found ? null : company, city].filter(Boolean).join(' · ')
    return { id, title: name, to: `/customers/${id}`, ...(detail ? { detail } : {}) }
  })
}
