import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Stage, Visit } from './product.ts'
import { accessible, listed, read, section } from './seen.ts'

interface Person {
  readonly id: string
  readonly name: string
  readonly email: string | null
}

/** Somebody wants to be forgotten, the law says not yet, and two people see to it. */
export function erasure(stage: () => Stage): void {
  test('an erasure by two people, held up by the law, with its proof', async () => {
    const [first, second] = [await stage().visit(), await stage().visit({ as: 'supervisor' })]
    await first.open('/')
    const person = await somebody(first)
    const before = await moneyOf(stage(), person.id)
    expect(before.orders).toBeGreaterThan(0)
    await ask(first, person)
    await hold(first, 'The tax office looks at last year')
    await second.open('/erasures')
    await confirm(second, person)
    await second.page.getByText('The law wants these data kept: The tax office looks at last year').first().waitFor()
    expect(await read(rowOf(second, person.name))).toContain('To confirm')
    await hold(first, '')
    await refusedAlone(first, person)

    await second.open('/erasures')
    await confirm(second, person)
    await section(second.page, 'Erasing').getByText('Done', { exact: true }).waitFor()
    const row = rowOf(second, 'Erased')
    // The reason was about the person, too.
    expect(await read(row)).toMatch(/^—[\s\S]*Ada Winter[\s\S]*Eva Lind/)
    await gone(second, person)
    await ledger(second, person, before)
    expect(await moneyOf(stage(), person.id)).toEqual(before)
    expect(await placesOf(stage(), person)).toEqual([])
    await proof(second, person)
    expect([...first.problems, ...second.problems].filter((problem) => !/ (403|409) /.test(problem))).toEqual([])
    await first.close()
    await second.close()
  })
}

/** Somebody wants to be forgotten about whom the law wants a case kept: the request says so, waits, and can be taken back. */
export function keptByLaw(stage: () => Stage): void {
  test('an erasure that waits because the law wants a case kept', async () => {
    const [first, second] = [await stage().visit(), await stage().visit({ as: 'supervisor' })]
    const { id, name } = await askedUnderLaw(first, stage())
    const dialog = await askDialog(first, id)
    await dialog.getByLabel('Reason').fill('They ask for it by telephone')
    await dialog.getByRole('button', { name: 'Ask for erasure' }).click()
    await first.page.getByText('the person is erased once the law does not want anything kept any more.').waitFor()
    await second.open('/erasures')
    const row = rowOf(second, 'They ask for it by telephone')
    expect(await read(row)).toMatch(/To confirm[\s\S]*The law wants it kept until .* \(FCA Handbook, DISP 1: one case\)/)
    await row.getByRole('button', { name: 'Confirm, erase later' }).click()
    const sure = second.page.getByRole('tooltip').filter({ hasText: `Erase ${name} for good, once` })
    await sure.getByRole('button', { name: 'Confirm, erase later' }).click()
    await row.getByText(/^Erased by itself on /).waitFor()
    expect(await read(row)).toMatch(/Waiting[\s\S]*Eva Lind/)
    expect(await row.getByRole('button', { name: 'Confirm, erase later' }).count()).toBe(0)
    await accessible(second, 'main')
    // Whoever asks again sees how far it is.
    const again = await askDialog(first, id)
    expect(await read(again)).toMatch(/asked for already[\s\S]*Waiting[\s\S]*The law wants it kept until/)
    await accessible(first, '.ant-modal')
    await row.getByRole('button', { name: 'Withdraw' }).click()
    await row.getByText('Withdrawn').waitFor()
    expect([...first.problems, ...second.problems]).toEqual([])
    await first.close()
    await second.close()
  })
}

/** Somebody asks something, under rules of law as banks have them. */
async function askedUnderLaw(visit: Visit, { product: { database } }: Stage): Promise<Person> {
  const { page } = visit
  await visit.open('/')
  const person = await somebody(visit)
  const said = { customerId: person.id, kind: 'enquiry', subject: 'My account', description: 'What does it cost?', channel: 'phone' }
  const headers = { origin: new URL(page.url()).origin }
  const made = (await (await page.request.post('/api/v1/cases', { data: said, headers })).json()) as { id: string }
  await sql`update cases.event set data = jsonb_set(data, '{regimes}', '["uk-fca"]') where case_id = ${made.id}::uuid and seq = 1`.execute(
    database.db,
  )
  return person
}

async function askDialog({ page, open }: Visit, customerId: string) {
  await open(`/customers/${customerId}`)
  await page.getByRole('button', { name: 'Privacy' }).click()
  await page.getByRole('menuitem', { name: 'Ask for erasure' }).click()
  return page.getByRole('dialog', { name: 'Ask for erasure' })
}

/** One who bought something, whose name nobody else bears. */
async function somebody({ page }: Visit): Promise<Person> {
  for (const one of await listed<Person>(page, 'customers?kind=person&sort=last-order&limit=50')) {
    const found = await listed<Person>(page, `customers/search?q=${encodeURIComponent(one.name)}`)
    if (one.email !== null && found.length === 1) return one
  }
  throw new Error('The demo company has nobody of a name of their own')
}

const rowOf = ({ page }: Visit, name: string) => page.locator('tbody tr').filter({ hasText: name })

async function ask({ page, open, settle }: Visit, { id, name }: Person): Promise<void> {
  const dialog = await askDialog({ page, open } as Visit, id)
  await accessible({ page, settle } as Visit, '.ant-modal')
  await dialog.getByLabel('Reason').fill('They ask for it by letter')
  await dialog.getByRole('button', { name: 'Ask for erasure' }).click()
  await page.getByText('Asked. Somebody else has to confirm it.').waitFor()
  await page.getByRole('navigation', { name: 'The loop' }).getByRole('link', { name: 'Erasures' }).click()
  const row = page.locator('tbody tr').filter({ hasText: name })
  expect(await read(row)).toMatch(/To confirm[\s\S]*They ask for it by letter[\s\S]*Somebody else confirms/)
  expect(await row.getByRole('button', { name: 'Confirm and erase' }).count()).toBe(0)
}

/** Says why the law wants the data kept; without a reason it does no more. */
async function hold({ page }: Visit, reason: string): Promise<void> {
  const row = page.locator('tbody tr').filter({ hasText: 'They ask for it by letter' })
  await row.getByRole('button', { name: 'Legal hold' }).click()
  const dialog = page.getByRole('dialog', { name: 'Legal hold' })
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
  if (reason) await row.getByText(reason).waitFor()
  else await row.getByText('The tax office').waitFor({ state: 'detached' })
}

async function confirm(visit: Visit, { name }: Person): Promise<void> {
  await rowOf(visit, name).getByRole('button', { name: 'Confirm and erase' }).click()
  const asked = visit.page.getByRole('tooltip').filter({ hasText: `Erase ${name} for good?` })
  await asked.getByRole('button', { name: 'Confirm and erase' }).click()
}

/** Also past the screen nobody erases alone. */
async function refusedAlone({ page }: Visit, { id }: Person): Promise<void> {
  const [request] = await listed<{ id: string; version: number }>(page, `customer-erasures?customerId=${id}`)
  const answer = await page.request.post(`/api/v1/customer-erasures/${request!.id}/confirmation`, {
    data: { version: request!.version },
    headers: { origin: new URL(page.url()).origin },
  })
  expect([answer.status(), ((await answer.json()) as { reason: string }).reason]).toEqual([403, 'second-person-needed'])
}

/** Neither search nor list nor a file says that there was somebody. */
async function gone(visit: Visit, { name, email }: Person): Promise<void> {
  const { page } = visit
  await page.getByRole('button', { name: 'Search or do' }).click()
  await page.getByRole('combobox', { name: 'Search or do' }).fill(name)
  await page.getByText('Nothing found').waitFor()
  await page.keyboard.press('Escape')
  await visit.open(`/customers?q=${encodeURIComponent(name)}`)
  await page.getByText('Nobody fits').waitFor()
  await visit.open('/customers?sort=name')
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'CSV file' }).click()
  const text = readFileSync(await (await file).path(), 'utf8')
  expect(text.split('\r\n').length).toBeGreaterThan(250)
  expect([text.includes(name), email !== null && text.includes(email)]).toEqual([false, false])
}

interface Money {
  readonly orders: number
  readonly net: number
}

const moneyOf = async ({ product }: Stage, id: string): Promise<Money> =>
  (
    await sql<Money>`select count(*)::int as orders, coalesce(sum(revenue_minor - discount_minor - refund_minor), 0)::int as net
      from orders.purchase where customer_id = ${id}::uuid`.execute(product.database.db)
  ).rows[0]!

/** What was bought stays, and leads to nobody. */
async function ledger(visit: Visit, { id, name }: Person, { orders }: Money): Promise<void> {
  const { page } = visit
  await visit.open(`/customers/${id}`)
  await page.getByText(/^This person was erased on/).waitFor()
  expect(await page.locator('main').innerText()).not.toContain(name)
  const [order, ...rest] = await listed<{ id: string }>(page, `customers/${id}/orders?limit=100`)
  expect(rest.length + 1).toBe(orders)
  await visit.open(`/orders/${order!.id}`)
  expect(await page.locator('main').innerText()).not.toContain(name)
}

/** Every table in which the name or the address is written still. */
async function placesOf({ product: { database } }: Stage, { name, email }: Person): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('organization', 'customers', 'commitments', 'orders', 'value', 'platform')`.execute(
    database.db,
  )
  const found: string[] = []
  for (const table of tables) {
    const { rows } =
      await sql`select 1 from ${sql.raw(table.name)} t where strpos(t::text, ${name}) > 0 or strpos(t::text, ${email}) > 0 limit 1`.execute(
        database.db,
      )
    if (rows.length > 0) found.push(table.name)
  }
  return found
}

async function proof({ page, open }: Visit, { id, name, email }: Person): Promise<void> {
  await open('/erasures')
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Proof of all erasures' }).click()
  const text = readFileSync(await (await file).path(), 'utf8')
  const last = JSON.parse(text.trim().split('\n').at(-1) ?? '{}') as { customerId: string; hash: string }
  expect(last).toMatchObject({ customerId: id, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect([text.includes(name), text.includes(email ?? name)]).toEqual([false, false])
}
