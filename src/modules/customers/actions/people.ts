import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { api } from '../api.ts'
import type { KeyPerson, UsedCompetitor } from '../store/archive.ts'
import { deleteContactPointsOf } from '../store/contact-points.ts'
import { deleteKeyPerson, deleteUsedCompetitor, writeKeyPerson, writeUsedCompetitor } from '../store/people.ts'
import { archiveOf, settleArchive } from './archive.ts'
import { hidesPersonal } from './personal.ts'

type Around = 'addKeyPerson' | 'changeKeyPerson' | 'removeKeyPerson' | 'addUsedCompetitor' | 'changeUsedCompetitor' | 'removeUsedCompetitor'
export const peopleActions: Pick<Actions<typeof api>, Around> = {
  addKeyPerson: (context, input) => saveKeyPerson(context, input.id, null, person({ ...input, id: context.newId(), version: 1 })),

  async changeKeyPerson(context, input) {
    const before = await keyPersonOf(context, input.id, input.personId)
    if (before.version !== input.version) throw changedMeanwhile()
    const { email, phone, birthday, ...said } = givenOf(input)
    // Whoever does not see contact data sends none along, and takes none away.
    const contact = hidesPersonal(context) ? {} : givenOf({ email, phone, birthday })
    return saveKeyPerson(context, input.id, before, person({ ...before, ...said, ...contact, id: before.id, version: before.version + 1 }))
  },

  async removeKeyPerson(context, { id, personId, version }) {
    const before = await keyPersonOf(context, id, personId)
    if (before.version !== version) throw changedMeanwhile()
    await deleteKeyPerson(context.db, on(context, id), personId, {
      id: context.newId(),
      field: 'keyPerson',
      before: known(before),
      after: null,
    })
    await deleteContactPointsOf(context.db, id, personId)
    await settleArchive(context, id, 'keyPerson')
    return {}
  },

  addUsedCompetitor: (context, input) =>
    saveUsedCompetitor(context, input.id, null, competitor({ ...input, id: context.newId(), version: 1 })),

  async changeUsedCompetitor(context, input) {
    const before = await usedCompetitorOf(context, input.id, input.competitorId)
    if (before.version !== input.version) throw changedMeanwhile()
    const after = competitor({ ...before, ...givenOf(input), id: before.id, version: before.version + 1 })
    return saveUsedCompetitor(context, input.id, before, after)
  },

  async removeUsedCompetitor(context, { id, competitorId, version }) {
    const before = await usedCompetitorOf(context, id, competitorId)
    if (before.version !== version) throw changedMeanwhile()
    const change = { id: context.newId(), field: 'usedCompetitor', before: known(before), after: null }
    await deleteUsedCompetitor(context.db, on(context, id), competitorId, change)
    await settleArchive(context, id, 'usedCompetitor')
    return {}
  },
}

const on = ({ actor, now }: Context, customerId: string) => ({ customerId, by: actor.id, now })

async function saveKeyPerson(context: Context, customerId: string, before: KeyPerson | null, after: KeyPerson): Promise<KeyPerson> {
  if (before === null) await archiveOf(context, customerId, { lock: true })
  const change = { id: context.newId(), field: 'keyPerson', before: before && known(before), after: known(after) }
  await writeKeyPerson(context.db, on(context, customerId), after, change)
  await settleArchive(context, customerId, 'keyPerson')
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
  await settleArchive(context, customerId, 'usedCompetitor')
  return after
}

/** Notes where else a customer buys, of what was heard. Names that stand there already stay as they are. */
export async function noteUsedCompetitors(context: Context, customerId: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const there = (await archiveOf(context, customerId, { lock: true })).usedCompetitors
  const known = new Set(there.map(({ name }) => name.trim().toLowerCase()))
  for (const name of names.filter((one) => !known.has(one.trim().toLowerCase()))) {
    known.add(name.trim().toLowerCase())
    await saveUsedCompetitor(context, customerId, null, competitor({ id: context.newId(), version: 1, name }))
  }
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

/** What is said; what is left out stays as it was. */
const givenOf = <T extends object>(input: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as never

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined }
type Named = { readonly id: string; readonly version: number; readonly name: string }
const person = ({ id, version, name, role, decides, email, phone, birthday, note }: Named & Given<KeyPerson>): KeyPerson => ({
  id,
  version,
  name,
  role: role || null,
  decides: decides ?? null,
  email: email || null,
  phone: phone || null,
  birthday: birthday ?? null,
  note: note || null,
})
const competitor = ({ id, version, name, sharePercent, note }: Named & Given<UsedCompetitor>): UsedCompetitor => ({
  id,
  version,
  name,
  sharePercent: sharePercent ?? null,
  note: note || null,
})

/** What the history keeps of an entry: what is known, without its id and version. */
const known = (entry: KeyPerson | UsedCompetitor) =>
  Object.fromEntries(Object.entries(entry).filter(([field, value]) => field !== 'id' && field !== 'version' && value !== null))
