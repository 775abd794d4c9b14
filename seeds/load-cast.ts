import { casesActions } from '#modules/cases/public.ts'
import { allDepartments } from '#modules/organization/public.ts'
import type { Actor, Context } from '#platform/context.ts'
import { derivedId } from '#platform/identifier.ts'
import { usersAfter } from '#platform/sign-in/users.ts'
import { type Cast, type SeedDepartment, type SeedStaff, seedDepartments, seedStaff } from './cases/cast.ts'
import { seedCauses, seedOffers } from './cases/setup.ts'

export interface LoadedCast extends Cast {
  actor(staff: SeedStaff): Actor
}

const addressOf: Readonly<Record<SeedStaff, string>> = {
  agent: 'agent',
  manager: 'account-manager',
  loyalty: 'loyalty-manager',
  supervisor: 'supervisor',
  department: 'department',
  executive: 'executive',
  administrator: 'administrator',
}

/** The demo's people, departments and catalogues as they are here; null where one of them is missing, such as in a company that loaded the demo from within: nobody else decides in their name. */
export async function castOf(context: Context, source: string): Promise<LoadedCast | null> {
  const users = (await usersAfter(context.db, null, 50)).filter(({ disabledAt }) => disabledAt === null)
  const people = new Map(seedStaff.map((staff) => [staff, users.find(({ email }) => email === `${addressOf[staff]}@example.com`)]))
  const departments = new Map((await allDepartments(context.db)).map(({ name, id }) => [name, id]))
  if ([...people.values()].includes(undefined) || Object.values(seedDepartments).some((name) => !departments.has(name))) return null
  const causes = new Map((await casesActions.causes(context, {})).causes.map(({ names, id }) => [names.en, id]))
  const offers = new Map((await casesActions.offers(context, {})).offers.map(({ names, id }) => [names.en, id]))
  const known = (found: string | undefined, key: string): string => {
    if (found === undefined) throw new Error(`The demo lacks ${key}`)
    return found
  }
  const person = (staff: SeedStaff) => people.get(staff)!.id
  return {
    person,
    actor: (staff) => ({
      kind: 'person',
      id: person(staff),
      name: people.get(staff)!.name,
      roles: [addressOf[staff]],
      can: () => true,
      reach: () => 'all',
    }),
    department: (key: SeedDepartment) => departments.get(seedDepartments[key])!,
    cause: (key) => known(causes.get(seedCauses[key as keyof typeof seedCauses][1].en), key),
    offer: (key) => known(offers.get(seedOffers[key as keyof typeof seedOffers].names.en), key),
    customer: (key) => derivedId('customer', source, key),
    order: (key) => derivedId('order', source, key),
    id: (kind, key) => derivedId(kind, `${source} cases`, key),
  }
}
