import { expect, test } from 'vitest'
import type { Stage, Visit } from './product.ts'
import { accessible, listed, pick, read, section } from './seen.ts'

const leaver = { name: 'Milo Hart', email: 'milo@example.com', password: 'seven kettles on a shelf' }
const successor = 'Chen Yulan'

/** Somebody comes, works, and leaves; nothing of theirs is left lying. */
export function departure(stage: () => Stage): void {
  test('an administrator sees off a colleague: customers, commitments, cases, teams and access', async () => {
    const visit = await stage().visit()
    const { page } = visit
    const leaving = await stage().visit({ as: 'nobody' })
    await invite(visit, leaving)
    const customers = await giveCustomers(visit)
    await giveTeam(visit)
    const [first] = customers
    await leaving.open(`/customers/${first!.id}`)
    const panel = section(leaving.page, 'Commitments')
    await panel.getByLabel('Title').fill('Send the new price list')
    await panel.getByLabel('Title').press('Enter')
    await panel.getByRole('link', { name: 'Send the new price list' }).waitFor()
    await leaving.open(`/cases/new?kind=enquiry&customer=${first!.id}`)
    await leaving.page.getByLabel('Subject').fill('Which tea keeps longest?')
    await leaving.page.getByLabel('In detail').fill('For a long journey')
    await leaving.page.getByRole('button', { name: 'Record', exact: true }).click()
    await leaving.page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
    await leaving.settle()
    expect(leaving.problems).toEqual([])

    await visit.open('/')
    await page.getByRole('navigation', { name: 'The loop' }).getByRole('link', { name: 'Loads and departures' }).click()
    const row = page.locator('tbody tr').filter({ hasText: leaver.name })
    expect(await read(row)).toMatch(/Milo Hart\s+3\b/)
    await row.getByRole('button', { name: 'Leaves' }).click()
    await handOver(visit)
    await succeed(visit)
    await stopAccess(visit)
    await row.waitFor({ state: 'detached' })
    await accessible(visit, 'main')
    // Everybody whom they looked after has somebody, and so has everything that they owed.
    const owners = await Promise.all(customers.map(async ({ id }) => (await one<Archive>(visit, `customers/${id}`)).values.ownerId))
    const heir = await idOf(visit, successor)
    expect(owners).toEqual(customers.map(() => heir))
    expect(await listed(page, `commitments?owner=${await idOf(visit, leaver.name)}`)).toEqual([])
    expect(await listed(page, `customers?owner=${await idOf(visit, leaver.name)}`)).toEqual([])
    expect(await listed(page, `case-handlers/${await idOf(visit, leaver.name)}/cases`)).toEqual([])
    expect(visit.problems).toEqual([])

    await outside(leaving)
    await taken(stage(), customers)
    await visit.close()
    await leaving.close()
  })
}

interface Customer {
  readonly id: string
  readonly name: string
}
interface Archive {
  readonly values: { readonly ownerId: string | null }
}
interface Listed extends Customer {
  readonly ownerId: string | null
  readonly tier: string
}

async function one<T>({ page }: Visit, path: string): Promise<T> {
  const answer = await page.request.get(`/api/v1/${path}`)
  expect(answer.status(), path).toBe(200)
  return (await answer.json()) as T
}

const idOf = async ({ page }: Visit, name: string): Promise<string> =>
  (await listed<{ id: string; name: string }>(page, 'organization/people?limit=200')).find((person) => person.name === name)!.id

async function invite({ page, open }: Visit, leaving: Visit): Promise<void> {
  await open('/users')
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
  await dialog.getByLabel('E-mail address').fill(leaver.email)
  await pick(page, dialog.getByLabel('Roles'), 'Account manager')
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Invite somebody' }).click()
  const link = page.getByRole('dialog', { name: `Invitation for ${leaver.email}` }).locator('.once')
  const address = new URL(await read(link))
  await leaving.open(`${address.pathname}${address.hash}`)
  await leaving.page.getByLabel('Name').fill(leaver.name)
  await leaving.page.getByLabel('Password', { exact: true }).fill(leaver.password)
  await leaving.page.getByRole('button', { name: 'Begin' }).click()
  await leaving.page.waitForURL((url) => url.pathname === '/')
  await leaving.settle()
}

/** Three customers, first two who are important enough to be called when they change hands. */
async function giveCustomers(visit: Visit): Promise<readonly Customer[]> {
  const { page } = visit
  await visit.open('/customers?sort=name')
  const nobodys = (await listed<Listed>(page, 'customers?sort=name&limit=25')).filter(({ ownerId }) => ownerId === null)
  const isCalled = ({ tier }: Listed) => tier === 'platinum' || tier === 'gold'
  const chosen = [...nobodys.filter(isCalled).slice(0, 2), ...nobodys.filter((one) => !isCalled(one)).slice(0, 1)]
  expect(chosen).toHaveLength(3)
  for (const { name } of chosen)
    await page
      .getByRole('checkbox', { name: `Choose ${name}`, exact: true })
      .first()
      .check()
  await page.getByRole('button', { name: 'Change 3 chosen' }).click()
  const dialog = page.getByRole('dialog')
  await pick(page, dialog.getByLabel('What happens'), 'Set who looks after them')
  await pick(page, dialog.getByLabel('Looked after by'), leaver.name)
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await dialog.getByText('3 changed.', { exact: true }).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await dialog.waitFor({ state: 'hidden' })
  return chosen
}

async function giveTeam({ page, open }: Visit): Promise<void> {
  await open('/departments')
  await page.getByRole('button', { name: 'Add a department' }).click()
  const department = page.getByRole('dialog', { name: 'Add a department' })
  await department.getByLabel('Name').fill('Tasting Room')
  await pick(page, department.getByLabel('Head'), leaver.name)
  await department.getByRole('button', { name: 'Add' }).click()
  await department.waitFor({ state: 'hidden' })
  await section(page, 'Tasting Room').getByRole('button', { name: 'Add a team' }).click()
  const team = page.getByRole('dialog', { name: 'Add a team' })
  await team.getByLabel('Name').fill('Counter')
  await pick(page, team.getByLabel('Members'), leaver.name)
  await page.keyboard.press('Escape')
  await team.getByRole('button', { name: 'Add' }).click()
  await team.waitFor({ state: 'hidden' })
}

/** What is left behind is listed first; then it goes. */
async function handOver({ page }: Visit): Promise<void> {
  const given = section(page, `${leaver.name} leaves: who takes over?`)
  await given.getByText('Customers to hand over: 3').waitFor()
  const open = section(page, 'Open commitments')
  await open.getByRole('link', { name: 'Send the new price list' }).waitFor()
  const cases = section(page, 'Open cases')
  await cases.getByRole('link', { name: 'Which tea keeps longest?' }).waitFor()
  await pick(page, given.getByRole('combobox', { name: 'Who takes over' }), successor)
  await page.keyboard.press('Escape')
  await given.getByRole('button', { name: 'Hand over' }).click()
  await given.getByText('3 customers handed over, 2 of them to be called in person.').waitFor()
  await given.getByText(`${successor}: 3`).waitFor()
  await given.getByText('Customers to hand over: 0').waitFor()
  await open.getByText('They owe nothing any more.').waitFor()
  await cases.getByText('They handle no case any more.').waitFor()
}

async function succeed(visit: Visit): Promise<void> {
  const { page } = visit
  const places = section(page, 'Departments and teams')
  await places.getByText('Head of the department Tasting Room').waitFor()
  await places.getByText('Member of the team Counter').waitFor()
  await pick(page, places.getByRole('combobox', { name: 'Who takes their place' }), successor)
  await places.getByRole('button', { name: `Put ${successor} in their place` }).click()
  await places.getByText('In no department and no team.').waitFor()
  interface Tree {
    readonly departments: readonly { name: string; headId: string }[]
    readonly teams: readonly { name: string; memberIds: string[] }[]
  }
  const { departments, teams } = await one<Tree>(visit, 'organization/departments')
  const heir = await idOf(visit, successor)
  expect(departments.find(({ name }) => name === 'Tasting Room')).toMatchObject({ headId: heir })
  expect(teams.find(({ name }) => name === 'Counter')).toMatchObject({ memberIds: [heir] })
}

async function stopAccess({ page }: Visit): Promise<void> {
  const access = section(page, 'Access')
  await access.getByRole('button', { name: 'Stop from signing in' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
  await access.getByText(`${leaver.name} can no longer sign in.`).waitFor()
}

/** Who has left is out at once, and does not get in again with the right password. */
async function outside({ page, open }: Visit): Promise<void> {
  await expect.poll(async () => (await page.request.get('/api/v1/customers?limit=1')).status(), { timeout: 30_000 }).toBe(401)
  await open('/customers')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await page.getByLabel('E-mail address').fill(leaver.email)
  await page.getByLabel('Password', { exact: true }).fill(leaver.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('This account is disabled. Ask an administrator.').waitFor()
}

/** The successor hears of it, finds the customers, and knows whom to call. */
async function taken(stage: Stage, customers: readonly Customer[]): Promise<void> {
  const visit = await stage.visit({ as: 'account-manager' })
  const { page } = visit
  await visit.open('/')
  await page.getByRole('link', { name: /^Notifications: \d+ not read yet/ }).click()
  await page.getByText('Commitments of a colleague that are yours now: 1').waitFor()
  await page.getByText('Customers new to you to call in person: 2').waitFor()
  await page.getByText('Cases of a colleague that are yours now: 1').waitFor()
  await page.getByRole('link', { name: `Customers of ${leaver.name} that are yours now: 3` }).click()
  await page.waitForURL(/\/customers\?owner=/)
  await visit.settle()
  for (const { name } of customers) await page.locator('.row-link').filter({ hasText: name }).first().waitFor()
  await visit.open(`/customers/${customers[0]!.id}`)
  const owed = section(page, 'Commitments')
  await owed.getByRole('link', { name: 'Send the new price list' }).waitFor()
  await owed.getByRole('link', { name: 'Call in person: a new account manager' }).waitFor()
  expect(visit.problems).toEqual([])
  await visit.close()
}
