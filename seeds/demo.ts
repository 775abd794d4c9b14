import { setTimeout as sleep } from 'node:timers/promises'
import { archiveSize } from '#modules/customers/public.ts'
import { calendarActions, createUser, departmentActions, organizationProfile, writeSetting } from '#modules/organization/public.ts'
import type { Configuration } from '#platform/configuration.ts'
import { type Context, operator } from '#platform/context.ts'
import { type Database, type Db, withTransaction } from '#platform/database/connection.ts'
import type { BuiltInRole } from '#platform/module.ts'
import { anyUser } from '#platform/sign-in/users.ts'
import { demoState, requestDemo } from './actions.ts'
import { demoSteps } from './api.ts'
import { demoHours } from './hours.ts'

/** Invented people, one for each view of the product. Their passwords are drawn anew for every installation and printed once. */
export const demoPeople: readonly { readonly name: string; readonly email: string; readonly role: BuiltInRole }[] = [
  { name: 'Ada Winter', email: 'administrator@example.com', role: 'administrator' },
  { name: 'Ben Carver', email: 'agent@example.com', role: 'agent' },
  { name: 'Chen Yulan', email: 'account-manager@example.com', role: 'account-manager' },
  { name: 'Dana Moss', email: 'analyst@example.com', role: 'analyst' },
  { name: 'Emil Fischer', email: 'supervisor@example.com', role: 'supervisor' },
  { name: 'Gao Min', email: 'department@example.com', role: 'department' },
  { name: 'Iris Bell', email: 'loyalty-manager@example.com', role: 'loyalty-manager' },
  { name: 'Lin Weihong', email: 'executive@example.com', role: 'executive' },
]

/** Who of them works with whom. */
const demoDepartments: readonly {
  readonly name: string
  readonly parent: string | null
  readonly head: BuiltInRole | null
  readonly teams: Readonly<Record<string, readonly BuiltInRole[]>>
}[] = [
  { name: 'Customers', parent: null, head: 'executive', teams: {} },
  { name: 'Customer service', parent: 'Customers', head: 'supervisor', teams: { 'Service desk': ['agent', 'supervisor'] } },
  {
    name: 'Sales',
    parent: 'Customers',
    head: null,
    teams: { 'Key accounts': ['account-manager'], Loyalty: ['loyalty-manager', 'analyst'] },
  },
  { name: 'Warehouse and freight', parent: null, head: 'department', teams: { Dispatch: ['department'] } },
]

const profile = { name: 'Lantern Tea House', currency: 'USD', timeZone: 'UTC', locale: 'en' } as const

/** What of a running product the demo needs. */
export interface DemoProduct {
  readonly database: Database
  readonly address: string | null
  contextOf(db: Db, now: Date, actor: typeof operator): Context
}

/** The passwords of the demo accounts stand on a screen: others must not reach them over a network unless somebody says so. */
export function refuseAwayFromLoopback({ host, demoPublic }: Pick<Configuration, 'host' | 'demoPublic'>): void {
  const loopback = host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
  if (!loopback && !demoPublic)
    throw new Error(
      `The demo listens on this machine only, and HOST is ${host}. Leave HOST out, or set PATRON_DEMO_PUBLIC=1 if others may reach the demo company over the network.`,
    )
}

/**
 * Loads the demo company into a running product with an empty database and says where to go and who can sign in. Where it is loaded already it only says so. Answers the address; throws
 * where the database holds other customers, or where a step of the loading failed.
 */
export async function showDemo(product: DemoProduct, say: (line: string) => void): Promise<string | null> {
  const { database } = product
  const before = await demoState(database.db)
  if (before.state === 'none' && !before.possible)
    throw new Error('This database holds customers already. The demo goes into an empty one: set PATRON_DATA to another folder.')
  const passwords = before.possible ? await begin(product) : []
  if (before.possible || before.state === 'loading') await follow(database, say)
  const address = product.address ? new URL(product.address).origin : null
  if (address) say(`Patron is ready: ${address}`)
  sayPeople(passwords, say)
  return address
}

export interface NewAccount {
  readonly email: string
  readonly role: string
  readonly password: string
}

async function begin({ database, contextOf }: DemoProduct): Promise<readonly NewAccount[]> {
  return withTransaction(database, async (db) => {
    const context = contextOf(db, new Date(), operator)
    await requestDemo(context)
    return (await anyUser(db)) ? [] : makePeople(context)
  })
}

/** The demo's accounts, with their departments, teams and working hours. */
export async function makePeople(context: Context): Promise<readonly NewAccount[]> {
  await writeSetting(context, organizationProfile, profile, 0)
  const made: NewAccount[] = []
  const ids = new Map<BuiltInRole, string>()
  for (const { name, email, role } of demoPeople) {
    const { user, password } = await createUser(context, { name, email, roles: [role] })
    made.push({ email, role, password: password ?? '' })
    ids.set(role, user.id)
  }
  await makeDepartments(context, ids)
  return made
}

async function makeDepartments(context: Context, ids: ReadonlyMap<BuiltInRole, string>): Promise<void> {
  const made = new Map<string, string>()
  await calendarActions.createCalendar(context, demoHours)
  for (const { name, parent, head, teams } of demoDepartments) {
    const place = { parentId: parent && made.get(parent)!, headId: head && ids.get(head)!, deputyIds: [], calendarId: null }
    const { id } = await departmentActions.createDepartment(context, { name, ...place })
    made.set(name, id)
    for (const [team, members] of Object.entries(teams))
      await departmentActions.createTeam(context, { name: team, departmentId: id, memberIds: members.map((role) => ids.get(role)!) })
  }
}

/** Prints each step as it ends. */
async function follow(database: Database, say: (line: string) => void): Promise<void> {
  const begun = performance.now()
  const said = new Set<string>()
  for (;;) {
    const { state, steps } = await demoState(database.db)
    for (const step of demoSteps) {
      const found = steps.find((one) => one.step === step)
      if (found?.state !== 'done' || said.has(step)) continue
      said.add(step)
      say(`  ${words[step]}`)
    }
    if (state === 'failed') {
      const broken = steps.find((one) => one.state === 'failed' || one.state === 'cancelled')
      throw new Error(`The demo company could not be loaded (${broken?.step}): ${broken?.problem ?? 'it was cancelled'}`)
    }
    if (state !== 'loading') break
    await sleep(200)
  }
  const { customers } = await archiveSize(database.db, 'all')
  say(`${profile.name}: ${customers.toLocaleString('en')} customers, loaded in ${Math.round((performance.now() - begun) / 1000)} s.`)
}

const words: Readonly<Record<(typeof demoSteps)[number], string>> = {
  prepare: 'Preparing the demo company',
  customers: 'Customers imported',
  products: 'Products imported',
  orders: 'Orders imported',
  deliveries: 'Freight damage and disputed bills noted',
  spend: 'Marketing spend imported',
  touches: 'Calls, mails and visits noted',
  valuation: 'Customers valued',
  cases: 'Complaints, wishes and questions told',
}

function sayPeople(accounts: readonly NewAccount[], say: (line: string) => void): void {
  if (accounts.length === 0) {
    say('The accounts are as they were. New password: ./patron user reset-password EMAIL; who there is: ./patron user list')
    return
  }
  say('Sign in with one of these (shown only now; ./patron user reset-password EMAIL makes a new password):')
  const width = Math.max(...accounts.map(({ email }) => email.length))
  for (const { email, password, role } of accounts) say(`  ${email.padEnd(width)}  ${password}  ${role}`)
}
