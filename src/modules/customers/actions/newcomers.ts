import { type Context, system } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Compared } from '../domain/duplicates.ts'
import { compared, comparedCustomers, withSameKeys } from '../store/duplicate-lookup.ts'
import { archiveActions } from './archive.ts'

/** How somebody who is not known by an id can be reached. */
export interface Reachable {
  readonly email: string | null
  readonly phone: string | null
}

/**
 * The customer whom an e-mail address or else a telephone number names, for what comes from outside; null where nobody has it, and where several have. A number names only whom no other address speaks
 * against: families and offices share one. Whoever asked is never told.
 */
export const customerReachedBy = async (db: Db, reachable: Reachable): Promise<string | null> =>
  (await customersReachedBy(db, [reachable]))[0]!

/** The same of many at once, in their order. */
export async function customersReachedBy(db: Db, reachable: readonly Reachable[]): Promise<readonly (string | null)[]> {
  const found = await withSameKeys(db, reachable.map(fieldsOf), 'all')
  const known = [...(await comparedCustomers(db, [...new Set(found.map(({ id }) => id))])).values()]
  return reachable.map((one) => theOnlyOne(one, known))
}

const fieldsOf = ({ email, phone }: Reachable) => ({ name: '', email, phone, furtherEmails: [], furtherPhones: [] })

function theOnlyOne({ email, phone }: Reachable, known: readonly Compared[]): string | null {
  const asked = compared({
    ...fieldsOf({ email, phone }),
    id: '',
    kind: 'person',
    birthday: null,
    postcode: null,
    city: null,
    address: null,
    company: null,
    gender: null,
  })
  const shares = (all: readonly string[], others: readonly string[]) => all.some((one) => others.includes(one))
  const byEmail = known.filter(({ emails }) => shares(emails, asked.emails))
  if (byEmail.length > 0) return byEmail.length === 1 ? byEmail[0]!.id : null
  const byPhone = known.filter(({ emails, phones }) => shares(phones, asked.phones) && (email === null || emails.length === 0))
  return byPhone.length === 1 ? byPhone[0]!.id : null
}

export interface Newcomer extends Reachable {
  readonly name: string
  readonly language: string | null
  /** By which door they came, such as `portal`. */
  readonly foundHow: string
}

/** Makes a prospect of somebody who came from outside and is nobody yet; nobody’s customer until somebody takes them. */
export async function addNewcomer(context: Context, { name, email, phone, language, foundHow }: Newcomer): Promise<string> {
  const values = { name, email, phone, language, foundHow, role: 'customer' as const }
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
  const { id } = await archiveActions.create({ ...context.actingAs(system), reach: 'all' }, { values: given as never })
  return id
}
