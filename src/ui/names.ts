/**
 * What people are called, by their ids: those that several parts of a page ask for in the same moment are asked of the server together, and kept for some minutes. A house of a few people knows all of
 * them from one list (see people.ts); this is for the others.
 */
import { useSyncExternalStore } from 'react'
import { api as organization } from '#modules/organization/api.ts'
import { call } from './client.ts'

export interface Named {
  readonly name: string
  /** Whether the person may sign in. */
  readonly enabled: boolean
}
interface Known {
  /** Null: nobody has this id, or nobody could be asked. */
  readonly person: Named | null
  readonly until: number
}
const known = new Map<string, Known>()
const wanted = new Set<string>()
const listeners = new Set<() => void>()
let version = 0
let isWaiting = false

const most = 100
const together = 20
const keptFor = 300_000
const triedAgainAfter = 30_000

/** Who has an id: null where it is nobody's, undefined while it is being looked up. */
export function useNames(): (id: string) => Named | null | undefined {
  useSyncExternalStore(listen, () => version)
  return personOf
}

/** Whoever signs in next begins anew. */
export function forgetNames(): void {
  known.clear()
  wanted.clear()
  changed()
}

function personOf(id: string): Named | null | undefined {
  const found = known.get(id)
  if (!found || found.until < Date.now()) want(id)
  return found?.person
}

function want(id: string): void {
  wanted.add(id)
  if (isWaiting) return
  isWaiting = true
  setTimeout(() => void lookUp(), together)
}

async function lookUp(): Promise<void> {
  const ids = [...wanted].slice(0, most)
  for (const id of ids) wanted.delete(id)
  isWaiting = false
  for (const id of [...wanted].slice(0, 1)) want(id)
  const answer = await call(organization.people, { ids, limit: most }).catch(() => null)
  const until = Date.now() + (answer ? keptFor : triedAgainAfter)
  const people = new Map(answer?.items.map((person) => [person.id, person]))
  // Where nobody answered, an older name is better than none.
  for (const id of ids) known.set(id, { person: people.get(id) ?? (answer ? null : (known.get(id)?.person ?? null)), until })
  changed()
}

function changed(): void {
  version++
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
