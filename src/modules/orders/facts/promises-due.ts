import { z } from 'zod'
import { fact } from '#platform/fact.ts'

/** Wakes the job that announces promised days that have passed; it is never logged. */
export const promisesDue = fact('orders.promises-due', z.object({}))
