import type { Reach } from '../context.ts'
import type { Endpoint, Named } from '../contract.ts'
import type { Db } from '../database/connection.ts'
import type { Module, ThingOwner } from '../module.ts'
import { refuse } from '../refusal.ts'

/**
 * Holds what an input names against the caller's reach, before the action sees it. What is out of reach and what does not exist are refused with the same words, so that nobody learns
 * what there is. Whoever sees all costs nothing: what is missing then is the action's to say.
 */
export async function refuseOutOfReach(
  db: Db,
  modules: readonly Module[],
  { about }: Endpoint,
  input: Readonly<Record<string, unknown>>,
  reach: Reach,
): Promise<void> {
  if (reach === 'all' || about === 'nobody' || about === 'reach') return
  if (about === 'everybody')
    throw refuse('forbidden', 'reach-too-short', 'This shows figures of all customers, and you see only some', { values: {} })
  for (const { thing, ids } of named(about, input)) if (!(await allInReach(db, modules, thing, ids, reach))) throw missing()
}

/** The ids that the input names, by the kind of thing. Fields that were left out name nothing. */
function named(about: readonly Named[], input: Readonly<Record<string, unknown>>): { thing: string; ids: readonly string[] }[] {
  return about
    .map(({ thing, field }) => ({ thing, ids: [fieldOf(input, field)].flat().filter((id) => typeof id === 'string') }))
    .filter(({ ids }) => ids.length > 0)
}

/** `values.ownerId` looks into objects, and into each object of a list. */
const fieldOf = (input: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((values, name) => {
    const inside = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined)
    return Array.isArray(values) ? values.flatMap(inside) : inside(values)
  }, input)

async function allInReach(
  db: Db,
  modules: readonly Module[],
  thing: string,
  ids: readonly string[],
  reach: readonly string[],
): Promise<boolean> {
  const wanted = [...new Set(ids)]
  const found = await ownersOf(db, modules, thing, wanted)
  const open = wanted.filter((id) => !isOwned(found.get(id), reach))
  if (open.length === 0) return true
  if (thing === 'customer') return false
  // What somebody else is responsible for is still seen by whoever sees its customer.
  const customers = open.map((id) => found.get(id)?.customerId)
  if (customers.some((id) => id === undefined || id === null)) return false
  return allInReach(db, modules, 'customer', customers as string[], reach)
}

const isOwned = (thing: ThingOwner | undefined, reach: readonly string[]) => thing?.ownerIds.some((id) => reach.includes(id)) ?? false

function ownersOf(db: Db, modules: readonly Module[], thing: string, ids: readonly string[]): Promise<ReadonlyMap<string, ThingOwner>> {
  const resolve = modules.map((module) => module.things?.[thing]).find((found) => found !== undefined)
  if (!resolve) throw new Error(`No module says whose a ${thing} is`)
  return resolve(db, ids)
}

const missing = () => refuse('missing', 'not-found', 'There is nothing like that here, or it is not yours to see')
