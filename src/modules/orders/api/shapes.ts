import { z } from 'zod'

export const decimal = z
  .string()
  .regex(/^-?\d{1,10}(\.\d{1,6})?$/)
  .meta({ description: 'An exact decimal with at most six places, such as 12.5' })
export const word = (length: number) => z.string().trim().min(1).max(length)
export const code = word(200)
export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code such as USD')
