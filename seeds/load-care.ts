import { addCommitment, insertSignals, momentAt } from '#modules/commitments/public.ts'
import { insertInteractions, writeOwners } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Actor, Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { usersAfter } from '#platform/sign-in/users.ts'
import type { SeedCare, SeedCommitment, SeedPerson } from './commitments.ts'
import { dayLength } from './hours.ts'

/** Writes what the demo's people promised, planned, noted and heard. Ids are derived, so that a second time changes nothing. Without anybody who can sign in there is nobody to owe anything. */
export async function loadCare(context: Context, care: SeedCare, source: string, requestedBy: string): Promise<void> {
  const people = await peopleOf(context, requestedBy)
  if (!people) return
  const { db, now } = context
  const { timeZone } = await readSetting(db, organizationProfile)
  const customerId = (id: string) => derivedId('customer', source, id)
  const manager = people('manager')
  await writeOwners(db, care.accounts.map(customerId), manager.id, { by: requestedBy, now, newId: context.newId })
  const contacts = care.contacts.map((contact, n) => ({
    id: derivedId('interaction', source, `care ${n}`),
    customerId: customerId(contact.customer),
    occurredAt: momentAt(timeZone, contact.day, `${10 + (n % 6)}:15`),
    channel: contact.channel,
    direction: 'out' as const,
    stage: 'after' as const,
    summary: contact.summary,
    minutes: contact.minutes,
    costMinor: null,
    recordedBy: manager.id,
  }))
  await insertInteractions(db, contacts, now)
  for (const [n, seed] of care.commitments.entries())
    await addCommitment(context.actingAs(people(seed.requestedBy)), {
      ...termsOf(seed, timeZone),
      id: derivedId('commitment', source, String(n)),
      kind: seed.kind,
      ownerId: people(seed.owner).id,
      customerId: seed.customer === null ? null : customerId(seed.customer),
      evenSo: true,
    })
  const nothingYet = { isTrue: null, isImportant: null, judgement: null, reaction: null, commitmentId: null }
  const nobodyYet = { judgedAt: null, judgedBy: null, reactedAt: null, reactedBy: null }
  await insertSignals(
    db,
    care.signals.map((signal, n) => ({
      ...nothingYet,
      ...nobodyYet,
      id: derivedId('signal', source, String(n)),
      customerId: signal.customer === null ? null : customerId(signal.customer),
      text: signal.text,
      source: signal.source,
      state: 'captured' as const,
      capturedAt: new Date(now.getTime() - signal.daysAgo * dayLength),
      capturedBy: manager.id,
    })),
  )
}

function termsOf({ title, day, time, channel, purpose, theirs }: SeedCommitment, timeZone: string) {
  const startsAt = day && time ? momentAt(timeZone, day, time.from) : undefined
  return {
    title,
    purpose,
    theirs,
    ...(channel ? { channel } : {}),
    ...(startsAt && time ? { startsAt, endsAt: new Date(startsAt.getTime() + time.minutes * 60_000) } : { dueDay: day }),
  }
}

/** The demo's accounts by their role; where one is missing, whoever asked for the demo, or the first who can sign in. */
export async function peopleOf({ db }: Context, requestedBy: string): Promise<((person: SeedPerson) => Actor) | null> {
  const users = (await usersAfter(db, null, 50)).filter(({ disabledAt }) => disabledAt === null)
  const standIn = users.find(({ id }) => id === requestedBy) ?? users[0]
  if (!standIn) return null
  return (person) => {
    const address = `${person === 'manager' ? 'account-manager' : person}@example.com`
    const { id, name } = users.find(({ email }) => email === address) ?? standIn
    return { kind: 'person', id, name, roles: [], can: () => true, reach: () => 'all' }
  }
}
