import { z } from 'zod'

export const id = z.uuid()
export const read = { permission: 'customers.read' }
export const write = { permission: 'customers.write' }
/** What is null for whoever may not see contact data; the shell blanks it on the way out. */
export const personal = { personal: 'customers.read-personal' }
/** What is null for whoever may not see what a customer brings. */
export const figure = { personal: 'value.read' }
/** A word in the three languages. */
export const names = z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() })
export const version = z.int().min(1)
