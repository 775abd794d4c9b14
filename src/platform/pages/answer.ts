import type { Html } from './html.ts'
import type { Language } from './language.ts'

/** What an action answers to a customer: a page, or where to go on. A form that was taken always leads on, so that loading again sends nothing twice. */
export type PageAnswer =
  | {
      readonly kind: 'page'
      readonly title: string
      /** What stands below the title. */
      readonly body: Html
    }
  | {
      readonly kind: 'redirect'
      /** Within the pages for customers: `/p/…`. */
      readonly to: string
      /** The language that this browser keeps from now on, because the customer chose so. */
      readonly remember?: Language
    }

export const page = (title: string, body: Html): PageAnswer => ({ kind: 'page', title, body })

export const leadTo = (to: string, more: { readonly remember?: Language } = {}): PageAnswer => ({ kind: 'redirect', to, ...more })

/** Whether an address lies within the pages for customers; everything else is somebody else's. */
export const isOwnPage = (to: string): boolean => /^\/p(?:[/?#]|$)/.test(to) && !/[\\\s]/.test(to)
