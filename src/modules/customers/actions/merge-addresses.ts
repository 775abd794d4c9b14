import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { lostAddresses, type MergeChoices } from '../domain/merge.ts'
import { contactSetting } from '../settings.ts'
import type { Archive } from '../store/archive.ts'
import { type ContactPoint, comparableOf, deleteContactPoint, listContactPoints, writeContactPoint } from '../store/contact-points.ts'

/** A further way to reach somebody that a merge made of an address or number that was not chosen. */
export interface KeptAddress {
  readonly id: string
  readonly value: string
}

/** Keeps the addresses and numbers that a merge does not choose as further ways to reach the survivor, unless either has them already, so that they go on being found by them. */
export async function keepLostAddresses(
  context: Context,
  survivor: Archive,
  other: Archive,
  choices: MergeChoices,
): Promise<readonly KeptAddress[]> {
  const { db, actor, now, newId } = context
  const { country } = await readSetting(db, contactSetting)
  const there = [...(await listContactPoints(db, survivor.id)), ...(await listContactPoints(db, other.id))]
  const kept: KeptAddress[] = []
  for (const { kind, value, chosen } of lostAddresses(survivor.values, other.values, choices)) {
    const point: ContactPoint = {
      id: newId(),
      personId: null,
      kind,
      value,
      comparable: comparableOf(kind, value, country),
      label: null,
      hours: null,
      preferred: false,
      version: 1,
    }
    const same = (one: { readonly value: string | null; readonly comparable: string | null }) =>
      one.value === value || (one.comparable !== null && one.comparable === point.comparable)
    if (same({ value: chosen, comparable: comparableOf(kind, chosen, country) }) || there.some((one) => one.kind === kind && same(one)))
      continue
    const change = { id: newId(), field: 'contactPoint', before: null, after: { kind, value } }
    await writeContactPoint(db, { customerId: survivor.id, by: actor.id, now }, point, change)
    kept.push({ id: point.id, value })
  }
  return kept
}

/** Takes them away again, but for those that somebody has changed since. */
export async function dropKeptAddresses(
  { db, actor, now, newId }: Context,
  customerId: string,
  kept: readonly KeptAddress[],
): Promise<void> {
  if (kept.length === 0) return
  for (const { id, kind, value, version } of await listContactPoints(db, customerId)) {
    if (version !== 1 || !kept.some((one) => one.id === id && one.value === value)) continue
    const change = { id: newId(), field: 'contactPoint', before: { kind, value }, after: null }
    await deleteContactPoint(db, { customerId, by: actor.id, now }, id, change)
  }
}
