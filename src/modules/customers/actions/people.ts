import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { api } from '../api.ts'
import { customerChanged } from '../facts.ts'
import type { Archive, KeyPerson, UsedCompetitor } from '../store/archive.ts'
import { deleteKeyPerson, deleteUsedCompetitor, touchCustomer, writeKeyPerson, writeUsedCompetitor } from '../store/people.ts'
import { writeKeys } from '../store/search-keys.ts'
import { archiveOf, completenessOf, wordsOf } from './archive.ts'

type Around = 'addKeyPerson' | 'changeKeyPerson' | 'removeKeyPerson' | 'addUsedCompetitor' | 'changeUsedCompetitor' | 'removeUsedCompetitor'
export const peopleActions: Pick<Actions<typeof api>, Around> = {
  addKeyPerson: (context, input) => saveKeyPerson(context, input.id, null, person(context.newId(), input)),

  async changeKeyPerson(context, input) {
    const before = await keyPersonOf(context, input.id, input.personId)
    return saveKeyPerson(context, input.id, before, person(input.personId, input))
  },

  async removeKeyPerson(context, { id, personId }) {
    const before = await keyPersonOf(context, id, personId)
    await deleteKeyPerson(context.db, on(context, id), personId, {
      id: context.newId(),
      field: 'keyPerson',
      before: known(before),
      after: null,
    })
    await settle(context, id, 'keyPerson')
    return {}
  },

  addUsedCompetitor: (context, input) => saveUsedCompetitor(context, input.id, null, competitor(context.newId(), input)),

  async changeUsedCompetitor(context, input) {
    const before = await usedCompetitorOf(context, input.id, input.competitorId)
    return saveUsedCompetitor(context, input.id, before, competitor(input.competitorId, input))
  },

  async removeUsedCompetitor(context, { id, competitorId }) {
    const before = await usedCompetitorOf(context, id, competitorId)
    const change = { id: context.newId(), field: 'usedCompetitor', before: known(before), after: null }
    await deleteUsedCompetitor(context.db, on(context, id), competitorId, change)
    await settle(context, id, 'usedCompetitor')
    return {}
  },
}

const on = ({ actor, now }: Context, customerId: string) => ({ customerId, by: actor.id, now })

async function saveKeyPerson(context: Context, customerId: string, before: KeyPerson | null, after: KeyPerson): Promise<KeyPerson> {
  if (before === null) await archiveOf(context, customerId, { lock: true })
  const change = { id: context.newId(), field: 'keyPerson', before: before && known(before), after: known(after) }
  await writeKeyPerson(context.db, on(context, customerId), after, change)
  await settle(context, customerId, 'keyPerson')
  return after
}

async function saveUsedCompetitor(
  context: Context,
  customerId: string,
  before: UsedCompetitor | null,
  after: UsedCompetitor,
): Promise<UsedCompetitor> {
  if (before === null) await archiveOf(context, customerId, { lock: true })
  const change = { id: context.newId(), field: 'usedCompetitor', before: before && known(before), after: known(after) }
  await writeUsedCompetitor(context.db, on(context, customerId), after, change)
  await settle(context, customerId, 'usedCompetitor')
  return after
}

/** What follows from a change around a customer: completeness, what finds them, and the fact. */
async function settle(context: Context, customerId: string, field: string): Promise<void> {
  const archive: Archive = await archiveOf(context, customerId)
  await touchCustomer(context.db, customerId, completenessOf(archive), context.now)
  await writeKeys(context.db, customerId, wordsOf(archive))
  await context.publish(customerChanged, { customerId, fields: [field] })
}

async function keyPersonOf(context: Context, customerId: string, personId: string): Promise<KeyPerson> {
  const found = (await archiveOf(context, customerId, { lock: true })).keyPersons.find(({ id }) => id === personId)
  if (!found) throw refuse('missing', 'no-such-key-person', 'There is no such key person')
  return found
}

async function usedCompetitorOf(context: Context, customerId: string, competitorId: string): Promise<UsedCompetitor> {
  const found = (await archiveOf(context, customerId, { lock: true })).usedCompetitors.find(({ id }) => id === competitorId)
  if (!found) throw refuse('missing', 'no-such-competitor', 'There is no such competitor')
  return found
}

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined } & { readonly name: string }
const person = (id: string, { name, role, email, phone, birthday, note }: Given<Omit<KeyPerson, 'id'>>): KeyPerson => ({
  id,
  name,
  role: role || null,
  email: email || null,
  phone: phone || null,
  birthday: birthday ?? null,
  note: note || null,
})
const competitor = (id: string, { name, sharePercent, note }: Given<Omit<UsedCompetitor, 'id'>>): UsedCompetitor => ({
  id,
  name,
  sharePercent: sharePercent ?? null,
  note: note || null,
})

/** What the history keeps of an entry: what is known, without its id. */
const known = (entry: KeyPerson | UsedCompetitor) =>
  Object.fromEntries(Object.entries(entry).filter(([field, value]) => field !== 'id' && value !== null))
