import type { Db } from '#platform/database/connection.ts'
import type { Item, Reject } from '#platform/imports/importer.ts'
import { enabledByWords } from '#platform/sign-in/users.ts'
import type { ArchiveValues } from '../domain/archive.ts'

interface Saying {
  readonly said: ArchiveValues
}

/**
 * Puts colleagues in place of the words by which a file calls whoever looks after a customer: an e-mail address, a name that only one has, or an id. An owner whom nobody here is would take the customer
 * out of everybody's sight, so such a row comes in without one and is named.
 */
export async function withOwners<R extends Saying>(
  db: Db,
  items: readonly Item<R>[],
): Promise<{ readonly items: readonly Item<R>[]; readonly notes: readonly Reject[] }> {
  const words = [...new Set(items.flatMap(({ value: { said } }) => (typeof said.ownerId === 'string' ? [said.ownerId] : [])))]
  if (words.length === 0) return { items, notes: [] }
  const meant = await enabledByWords(db, words)
  const notes: Reject[] = []
  const resolved = items.map((item) => {
    const word = item.value.said.ownerId
    if (typeof word !== 'string') return item
    const id = meant.get(word)
    if (id) return { ...item, value: { ...item.value, said: { ...item.value.said, ownerId: id } } }
    notes.push({ line: item.line, field: 'owner', ...(id === null ? ambiguous(word) : unknown(word)) })
    const { ownerId: _, ...said } = item.value.said
    return { ...item, value: { ...item.value, said } }
  })
  return { items: resolved, notes }
}

const unknown = (word: string) => ({
  reason: 'owner-unknown',
  detail: `Nobody who works here has the name, address or id '${word}'; the customer came in without an owner`,
})
const ambiguous = (word: string) => ({
  reason: 'owner-ambiguous',
  detail: `Several colleagues are called '${word}'; the customer came in without an owner`,
})
