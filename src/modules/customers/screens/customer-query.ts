import type { z } from 'zod'
import { useListQuery } from '#ui/list-query.ts'
import { api } from '../api.ts'

/** What may be asked of the list of customers. */
const fields = api.list.input.omit({ cursor: true, limit: true, count: true })
export type ListInput = z.output<typeof fields>

export const useCustomerQuery = () => useListQuery(fields)
