import { z } from 'zod'
import { fact } from '#platform/fact.ts'

/** Wakes the job that brings in what shops sent; it is never logged. */
export const deliveriesDue = fact('orders.deliveries-due', z.object({}))
