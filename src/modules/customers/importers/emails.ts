import type { Item, Reject } from '#platform/imports/importer.ts'
import type { ArchiveValues } from '../domain/archive.ts'
import { comparableEmail } from '../domain/contact.ts'

/** Takes away what is no e-mail address and names the rows: a customer is worth more than a slip of the pen, but nothing could ever be sent to it. */
export function withoutWrongEmails<R extends { readonly said: ArchiveValues }>(
  items: readonly Item<R>[],
): { readonly items: readonly Item<R>[]; readonly notes: readonly Reject[] } {
  const notes: Reject[] = []
  const kept = items.map((item) => {
    const { email, ...said } = item.value.said
    if (typeof email !== 'string' || comparableEmail(email) !== null) return item
    notes.push({
      line: item.line,
      field: 'email',
      reason: 'email-left-out',
      detail: `'${email}' is no e-mail address; the customer came in without it`,
    })
    return { ...item, value: { ...item.value, said } }
  })
  return { items: kept, notes }
}
