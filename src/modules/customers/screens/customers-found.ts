import { useRead } from '#ui/use-endpoint.ts'
import { api } from '../api.ts'

/** Customers by the beginning of a name, number or key, to be chosen from. */
export function useCustomers(asked: string) {
  const { data, isFetching, error } = useRead(api.search, { q: asked }, { enabled: asked !== '' })
  const options = data?.items.map(({ id, name, city }) => ({ value: id, label: city ? `${name} · ${city}` : name }))
  return { options, isFetching, problem: error }
}
