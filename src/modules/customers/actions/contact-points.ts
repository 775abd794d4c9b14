import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { e164 } from '#platform/tabular/phone.ts'
import type { contactEndpoints } from '../api/contacts.ts'
import { comparableEmail } from '../domain/contact.ts'
import { type ContactKind, contactKinds, mostPoints } from '../domain/contact-ways.ts'
import { contactSetting } from '../settings.ts'
import type { Archive } from '../store/archive.ts'
import { type ContactPoint, comparableOf, deleteContactPoint, listContactPoints, writeContactPoint } from '../store/contact-points.ts'
import { archiveOf, settleArchive } from './archive.ts'

export interface Way {
  readonly id: string | null
  readonly personId: string | null
  readonly kind: ContactKind
  readonly value: string | null
  readonly e164: string | null
  readonly label: string | null
  readonly hours: string | null
  readonly preferred: boolean
  readonly version: number
}

/** Every way to reach a customer: the main ones of the archive first, then the further ones; within a kind the preferred first. */
export async function waysOf({ db }: Context, { id, values }: Archive): Promise<readonly Way[]> {
  const { country } = await readSetting(db, contactSetting)
  return waysAmong(values, await listContactPoints(db, id), country)
}

/** The same from what was read already. */
export function waysAmong(
  values: Pick<Archive['values'], 'email' | 'phone' | 'address'>,
  points: readonly ContactPoint[],
  country: string | null,
): readonly Way[] {
  const main = (['email', 'phone', 'address'] as const).flatMap((kind): Way[] => {
    const value = values[kind]
    if (typeof value !== 'string' || value === '') return []
    const use = points.find((point) => point.kind === kind && point.value === null && point.personId === null)
    const { label = null, hours = null, preferred = false, version = 0 } = use ?? {}
    return [
      { id: null, personId: null, kind, value, e164: kind === 'phone' ? e164(value, country) : null, label, hours, preferred, version },
    ]
  })
  const further = points.filter(({ value }) => value !== null).map((point) => wayOf(point, country))
  return [...main, ...further].toSorted(
    (a, b) => contactKinds.indexOf(a.kind) - contactKinds.indexOf(b.kind) || Number(b.preferred) - Number(a.preferred),
  )
}

const wayOf = ({ comparable: _, ...point }: ContactPoint, country: string | null): Way => ({
  ...point,
  e164: point.kind === 'phone' ? e164(point.value, country) : null,
})

export const contactActions: Actions<typeof contactEndpoints> = {
  contactPoints: async (context, { id }) => ({ items: [...(await waysOf(context, await archiveOf(context, id)))] }),

  async addContactPoint(context, { id, personId = null, kind, value, ...use }) {
    const archive = await archiveOf(context, id, { lock: true })
    if (personId !== null && !archive.keyPersons.some((person) => person.id === personId))
      throw refuse('missing', 'no-such-key-person', 'There is no such key person')
    const points = await listContactPoints(context.db, id)
    if (points.length >= mostPoints)
      throw refuse('conflict', 'too-many-contact-points', `A customer has at most ${mostPoints} ways to be reached`, {
        values: { most: mostPoints },
      })
    return save(context, id, null, { id: context.newId(), personId, kind, value, ...used(use), version: 1 })
  },

  async changeContactPoint(context, { id, pointId, version, value, ...use }) {
    const before = await pointOf(context, id, pointId)
    if (before.version !== version) throw changedMeanwhile()
    return save(context, id, before, { ...before, value, ...used(use), version: before.version + 1 })
  },

  async removeContactPoint(context, { id, pointId, version }) {
    const before = await pointOf(context, id, pointId)
    if (before.version !== version) throw changedMeanwhile()
    const change = { id: context.newId(), field: 'contactPoint', before: known(before), after: null }
    await deleteContactPoint(context.db, on(context, id), pointId, change)
    await settleArchive(context, id, 'contactPoint')
    return {}
  },

  async useMainContact(context, { id, kind, version, ...use }) {
    await archiveOf(context, id, { lock: true })
    const points = await listContactPoints(context.db, id)
    const before = points.find((point) => point.kind === kind && point.value === null && point.personId === null) ?? null
    if ((before?.version ?? 0) !== version) throw changedMeanwhile()
    const fresh = { id: context.newId(), personId: null, kind, value: null, comparable: null, version: 0 }
    const point = { ...(before ?? fresh), ...used(use) }
    const change = { id: context.newId(), field: 'contactPoint', before: before && known(before), after: known(point) }
    await writeContactPoint(context.db, on(context, id), point, change)
    await settleArchive(context, id, 'contactPoint')
    return {}
  },
}

const on = ({ actor, now }: Context, customerId: string) => ({ customerId, by: actor.id, now })

async function save(
  context: Context,
  customerId: string,
  before: ContactPoint | null,
  after: Omit<ContactPoint, 'comparable'>,
): Promise<Way> {
  const { country } = await readSetting(context.db, contactSetting)
  if (after.kind === 'email' && comparableEmail(after.value) === null)
    throw refuse('invalid', 'no-email', 'This is no e-mail address', {
      fields: [{ field: 'value', reason: 'no-email', detail: 'An e-mail address looks like name@example.com' }],
    })
  const point = { ...after, comparable: comparableOf(after.kind, after.value, country) }
  const change = { id: context.newId(), field: 'contactPoint', before: before && known(before), after: known(point) }
  await writeContactPoint(context.db, on(context, customerId), point, change)
  await settleArchive(context, customerId, 'contactPoint')
  return wayOf(point, country)
}

async function pointOf(context: Context, customerId: string, pointId: string): Promise<ContactPoint> {
  await archiveOf(context, customerId, { lock: true })
  const found = (await listContactPoints(context.db, customerId)).find(({ id, value }) => id === pointId && value !== null)
  if (!found) throw refuse('missing', 'no-such-contact-point', 'There is no such way to reach the customer')
  return found
}

interface Use {
  readonly label?: string | null | undefined
  readonly hours?: string | null | undefined
  readonly preferred?: boolean | undefined
}
const used = ({ label, hours, preferred }: Use) => ({ label: label || null, hours: hours || null, preferred: preferred ?? false })

const known = ({ kind, value, label, hours }: ContactPoint) =>
  Object.fromEntries(Object.entries({ kind, value, label, hours }).filter(([, one]) => one !== null))
