import { expect, test } from 'vitest'
import type { Stage } from './product.ts'
import { accessible, listed, read, section } from './seen.ts'

const dayAfter = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

export function visits(stage: () => Stage): void {
  test('an account manager’s visit, from its purpose to its findings in the archive', async () => {
    const visit = await stage().visit({ as: 'account-manager' })
    const { page } = visit
    await visit.open('/contact-next')
    const [customer] = await listed<{ id: string; name: string }>(page, 'customers?limit=1&tier=gold')
    await visit.open(`/customers/${customer!.id}`)
    await section(page, 'Commitments').getByRole('button', { name: 'Plan a visit' }).click()
    await page.waitForURL(/\/commitments\/new\?kind=visit/)
    await visit.settle()

    await page.getByLabel('Title').fill('Visit about the second shop')
    await page.getByLabel('Day', { exact: true }).fill(dayAfter(20))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.ant-form-item-explain-error').filter({ hasText: 'Purpose' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/commitments/new')
    await page.getByLabel('Purpose').fill('Hear which teas the second shop needs')
    await page.getByLabel('People of the customer').fill('Ms Lin, Mr Okafor')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/\/commitments\/[0-9a-f-]{36}$/)
    const address = new URL(page.url()).pathname

    const steps = section(page, 'Steps of the visit')
    await steps.getByRole('checkbox', { name: 'Needs and wishes' }).check()
    await steps.getByLabel('Note: Needs and wishes').fill('柜台用的小罐')
    await steps.getByRole('button', { name: 'Save' }).click()
    await steps.getByText('1 of 13 done').waitFor()
    // Closed only when the steps are saved: the button waits for that.

    await page.getByRole('button', { name: 'Done', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'What came out?' })
    await accessible(visit, '.ant-modal')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.locator('.ant-form-item-explain-error').waitFor()
    expect(await dialog.locator('.ant-select-selection-item').filter({ hasText: '柜台用的小罐' }).count()).toBe(1)
    await dialog.getByLabel('Findings').fill('They open in May')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const done = section(page, 'History').locator('li').first().filter({ hasText: 'Done' })
    await done.waitFor()
    expect(await read(done)).toMatch(/Done[\s\S]*Chen Yulan[\s\S]*They open in May/)

    await visit.open(`/customers/${customer!.id}`)
    const line = section(page, 'Timeline')
    const told = await read(line.locator('li').filter({ hasText: 'Hear which teas the second shop needs' }))
    expect(told).toMatch(/They open in May[\s\S]*Needs and wishes: 柜台用的小罐/)
    await visit.open(`${address}`)
    await page.getByRole('button', { name: 'Open again' }).waitFor()
    expect(visit.problems).toEqual([])
    await visit.close()
  })

  test('a day is worked through by keyboard, and a calendar program reads what remains', async () => {
    const visit = await stage().visit({ as: 'account-manager' })
    const { page } = visit
    await visit.open('/')
    const [customer] = await listed<{ id: string }>(page, 'customers?limit=1&sort=name')
    await visit.open(`/customers/${customer!.id}`)
    const panel = section(page, 'Commitments')
    await panel.getByLabel('Title').fill('Send the tasting notes')
    await panel.getByLabel('Title').press('Enter')
    await panel.getByRole('link', { name: 'Send the tasting notes' }).waitFor()

    await visit.open('/my-day')
    const today = section(page, 'Today and overdue')
    const row = today.getByRole('link', { name: 'Send the tasting notes' })
    await today.locator('.owed-link').first().focus()
    const rows = await today.locator('.owed-link').count()
    for (let n = 0; n < rows && !(await row.evaluate((link) => link.matches(':focus'))); n++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('p')
    await page.getByRole('dialog', { name: 'Postpone' }).waitFor()
    await accessible(visit, '.ant-modal')
    await page.getByRole('button', { name: /^Tomorrow/ }).press('Enter')
    await row.waitFor({ state: 'hidden' })
    await page.getByRole('dialog', { name: 'Postpone' }).waitFor({ state: 'hidden' })
    const first = today.locator('.owed-link').first()
    const title = await read(first)
    await first.focus()
    await page.keyboard.press('h')
    await page.getByRole('dialog', { name: `Hand over: ${title}` }).waitFor()
    await accessible(visit, '.ant-modal')
    await page.keyboard.press('Escape')

    await visit.open('/calendar?view=month')
    await page.getByRole('button', { name: 'Subscribe' }).click()
    await page.getByRole('dialog', { name: 'Your appointments in another calendar' }).waitFor()
    await page.getByRole('button', { name: 'Make the address' }).click()
    const address = page.getByLabel('Private address')
    await address.waitFor()
    await accessible(visit, '.ant-modal')
    const feed = await page.request.get(await address.inputValue(), { headers: { cookie: '' } })
    expect(feed.status()).toBe(200)
    expect(feed.headers()['content-type']).toContain('text/calendar')
    expect(await feed.text()).toContain('SUMMARY:Visit to the shop · ')
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}
