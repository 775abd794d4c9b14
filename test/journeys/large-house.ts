import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Stage } from './product.ts'
import { accessible, listed, pick, read, section } from './seen.ts'

/** Comes last: it makes a thousand colleagues, and customers that others would count. */
export function largeHouse(stage: () => Stage): void {
  test('what only this company asks is made, filled in, and asked for in a segment', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/settings')
    await section(page, 'Own fields').last().getByRole('button', { name: 'Add' }).click()
    const dialog = page.getByRole('dialog', { name: 'Own fields' })
    await dialog.getByLabel('Name in English').fill('Club member')
    await pick(page, dialog.getByRole('combobox', { name: 'Kind' }), 'Yes or no')
    await dialog.getByRole('switch', { name: 'Must be filled in' }).click()
    await dialog.getByText('Nobody is entered').waitFor()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'hidden' })

    await visit.open('/customers/new')
    await page.getByLabel('Name', { exact: true }).fill('Clara Clubb')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.ant-form-item-explain-error').filter({ hasText: 'Club member' }).waitFor()
    await pick(page, page.getByRole('combobox', { name: 'Club member' }), 'Yes')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/)
    await visit.settle()

    await visit.open('/segments')
    await page.getByRole('button', { name: 'New segment' }).first().click()
    await page.getByRole('combobox', { name: 'Field' }).fill('Club')
    await page.locator('.ant-select-item-option').getByText('Club member', { exact: true }).click()
    await pick(page, page.getByRole('combobox', { name: 'Values' }), 'Yes')
    await page.keyboard.press('Escape')
    await page.getByText('Club member is Yes').waitFor()
    await page.getByText('1 customer', { exact: true }).waitFor()
    await accessible(visit, 'main')
    await page.getByLabel('Name', { exact: true }).fill('The club')
    await page.getByRole('button', { name: 'Save' }).click()
    await section(page, 'The club: who belongs now').getByText('Clara Clubb').waitFor()
    expect(visit.problems).toEqual([])
    await visit.close()
  })

  test('a merge is undone with what came since given to whom it is said', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/')
    const [one, other] = await listed<{ id: string; name: string }>(page, 'customers?limit=2&sort=name')
    await visit.open(`/customers/${one!.id}/merge/${other!.id}`)
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.waitForURL(new RegExp(`/customers/${one!.id}$`))
    await visit.settle()
    await page.keyboard.press('l')
    const touch = page.getByRole('dialog')
    await touch.getByLabel('What was it about?').fill('Asked for a price list')
    await touch.getByRole('button', { name: 'Save' }).click()
    await touch.waitFor({ state: 'hidden' })
    await visit.settle()
    await page.getByRole('button', { name: 'Undo the merge' }).click()
    const dialog = page.getByRole('dialog', { name: `Give ${other!.name} back?` })
    await dialog.getByText('Choose to whom it goes').waitFor()
    await accessible(visit, '.ant-modal')
    await dialog.getByRole('radiogroup', { name: '1 touch' }).getByLabel(other!.name).check()
    await dialog.getByRole('button', { name: 'Undo the merge' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await visit.open(`/customers/${other!.id}`)
    await section(page, 'Timeline').getByText('Asked for a price list').waitFor()
    expect(visit.problems).toEqual([])
    await visit.close()
  })

  test('among thousands of colleagues anybody is found by typing, and named', async () => {
    const { database } = stage().product
    await sql`
      insert into platform."user" (id, name, email, email_verified, created_at, updated_at, initial_password)
      select gen_random_uuid(), 'Colleague ' || n, 'colleague' || n || '@example.com', true, now(), now(), false from generate_series(1, 5000) n`.execute(
      database.db,
    )
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/')
    const [customer] = await listed<{ id: string }>(page, 'customers?limit=1&sort=name')
    await visit.open(`/customers/${customer!.id}`)
    await page.getByRole('button', { name: 'Edit: Looked after by' }).click()
    const choice = page.getByRole('combobox', { name: 'Looked after by' })
    await choice.fill('Colleague 4711')
    await page.getByTitle('Colleague 4711', { exact: true }).click()
    await page.getByRole('button', { name: 'Save' }).first().click()
    await choice.waitFor({ state: 'hidden' })
    await visit.open(`/customers/${customer!.id}`)
    expect(await read(page.locator('main'))).toContain('Colleague 4711')
    const { items } = (await (await page.request.get('/api/v1/organization/people?q=Colleague%204711')).json()) as {
      items: { id: string }[]
    }
    await visit.open(`/customers?owner=${items[0]!.id}`)
    await page.getByRole('button', { name: /More filters/ }).click()
    await page.locator('.list-filters').getByText('Colleague 4711').waitFor()
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}
