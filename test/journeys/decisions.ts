import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Stage, Visit } from './product.ts'
import { accessible, figure, listed, pick, read, section } from './seen.ts'

export function decisions(stage: () => Stage): void {
  test('a tier by decision stands beside the name, with its reason', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/')
    const customer = await oneOf(visit, 'tier=iron&sort=name')
    await visit.open(`/customers/${customer.id}`)
    await page.getByRole('button', { name: 'Set the tier by hand' }).click()
    const dialog = page.getByRole('dialog', { name: 'Tier by decision' })
    await accessible(visit, '.ant-modal')
    await pick(page, dialog.getByLabel('Tier'), 'Platinum')
    await dialog.getByLabel('Reason').fill('Opens doors in the whole street')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Platinum by decision until further notice: Opens doors in the whole street').waitFor()
    expect(await read(page.locator('.page-head'))).toMatch(/Platinum\s*set by hand/)
    expect(visit.problems).toEqual([])
    await visit.close()
  })

  test('the effect of other borders shows before they are saved', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/settings')
    const row = page.getByRole('row', { name: /^Platinum/ })
    await row.waitFor()
    expect(await read(row.locator('td').nth(2))).toBe('15')
    await page.getByLabel('Platinum, share of customers').fill('10')
    await expect.poll(() => read(row.locator('td').nth(2))).toBe('30')
    expect(await read(row.locator('td').nth(1))).toMatch(/^1[4-6]$/)
    expect(visit.problems).toEqual([])
    await visit.close()
  })

  test('limits of RFM scores of one’s own are checked, saved and used', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/settings')
    // The innermost: sections of a module lie within the module's own.
    const rfm = section(page, 'RFM').last()
    await rfm.getByText('Limits of our own').click()
    const days = (score: number) => rfm.getByLabel(`Score ${score}: Purchase days, at least`)
    await days(2).fill('9')
    await rfm.getByRole('button', { name: 'Save' }).click()
    await rfm.getByText('“Purchase days, at least” must rise from score to score.').waitFor()
    await accessible(visit, '.rfm-limits')
    for (const [i, least] of ['2', '4', '8', '16'].entries()) await days(i + 2).fill(least)
    await rfm.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved. The book is being valued again.').waitFor()
    const limits = async () => {
      const answer = await page.request.get('/api/v1/value/rfm')
      return ((await answer.json()) as { part: { limits: { frequency: number[] } } }).part.limits.frequency
    }
    await expect.poll(limits, { timeout: 30_000 }).toEqual([2, 4, 8, 16])
    await visit.open('/settings')
    await rfm.getByText('Groups of equal size').click()
    await rfm.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved. The book is being valued again.').waitFor()
    expect(visit.problems).toEqual([])
    await visit.close()
  })

  test('a view of the list is kept under a name', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/customers?tier=gold&sort=profit')
    const heading = (name: string) => page.getByRole('columnheader', { name, exact: true })
    const columns = async (choose: Readonly<Record<string, boolean>>) => {
      await page.getByRole('button', { name: 'Columns and density' }).click()
      for (const [name, wanted] of Object.entries(choose)) await page.getByRole('checkbox', { name, exact: true }).setChecked(wanted)
      await page.keyboard.press('Escape')
      await page.getByRole('checkbox', { name: 'City', exact: true }).waitFor({ state: 'hidden' })
    }
    await columns({ Phone: true, City: false })
    await page.getByRole('button', { name: 'Saved views' }).click()
    await page.getByLabel('Name of this view').fill('Gold by profit')
    await accessible(visit, '.ant-popover')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Gold by profit', exact: true }).waitFor()
    await visit.open('/customers')
    await columns({ Phone: false, City: true })
    await heading('City').waitFor()
    await page.getByRole('button', { name: 'Saved views' }).click()
    await page.getByRole('button', { name: 'Gold by profit', exact: true }).click()
    await page.waitForURL(/tier=gold/)
    await heading('Phone').waitFor()
    await heading('City').waitFor({ state: 'hidden' })
    await visit.settle()
    const others = async () => (await page.locator('tbody .tier').allInnerTexts()).filter((text) => !text.includes('Gold'))
    await expect.poll(others).toEqual([])
    expect(await page.locator('tbody .tier').count()).toBeGreaterThan(0)
    // The file holds the columns that are shown, and amounts as people write them.
    const file = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'CSV file' }).click()
    const [names = '', first = ''] = readFileSync(await (await file).path(), 'utf8')
      .replace('\ufeff', '')
      .split('\r\n')
    expect(names).toBe('Name,Company,Tier,Value,Activity,Lifetime value (USD),Profit (USD),Last order,Phone')
    expect(first).toMatch(/,Gold,[A-Z][a-z ]+,[A-Z][a-z ]+,\d+\.\d\d,\d+\.\d\d,\d{4}-\d\d-\d\d,/)
    await columns({ Phone: false, City: true })
    expect(visit.problems).toEqual([])
    await visit.close()
  })

  test('an order by hand changes profit and label, and its refund changes them back', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/')
    const customer = await oneOf(visit, 'valueLabel=low&tier=iron&sort=last-order')
    const path = `/customers/${customer.id}`
    await visit.open(path)
    const before = await worthOf(visit)
    expect(before.label).toBe('Low value')

    await visit.open('/orders/new')
    const whose = page.getByRole('combobox', { name: 'Whose order is it?' })
    await whose.fill(customer.name)
    await page.locator('.ant-select-item-option').filter({ hasText: customer.name }).first().click()
    await page.waitForURL(`**/orders/new?customer=${customer.id}`)
    await page.getByLabel('Name', { exact: true }).fill('Tea for the whole office')
    await page.getByLabel('Quantity').fill('100')
    await page.getByLabel('Unit price').fill('90')
    await page.getByLabel('Cost of the line').fill('1000')
    await visit.settle()
    expect(await read(page.locator('.order-form-total'))).toContain('$9,000.00')
    await page.getByRole('button', { name: 'Save the order' }).click()
    await page.waitForURL(/\/orders\/[0-9a-f-]{36}$/)
    const order = new URL(page.url()).pathname
    await become(visit, path, (now) => Math.abs(now.profit - before.profit - 8_000) < 0.01 && now.label !== 'Low value')

    await visit.open(order)
    await page.getByRole('button', { name: 'Refund' }).click()
    await page.getByRole('dialog', { name: 'Refund' }).waitFor()
    await accessible(visit, '.ant-modal')
    await page.getByRole('button', { name: 'Give back' }).click()
    await page.getByRole('heading', { name: 'Refunds' }).waitFor()
    await become(visit, path, (now) => Math.abs(now.profit - before.profit) < 0.01)
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}

const oneOf = async ({ page }: Visit, query: string): Promise<{ id: string; name: string }> => {
  const [found] = await listed<{ id: string; name: string }>(page, `customers?${query}&limit=1`)
  if (!found) throw new Error(`The demo company has no customer with ${query}`)
  return found
}

async function worthOf({ page }: Visit): Promise<{ profit: number; label: string }> {
  const worth = section(page, 'Value')
  const profit = await read(figure(worth, 'Profit'))
  const label = await read(figure(worth, 'Value label'))
  const [sign, amount] = /(-?)\$([\d,.]+)/.exec(profit)?.slice(1) ?? []
  if (amount === undefined) throw new Error(`No amount in “${profit}”`)
  return { profit: Number(`${sign}${amount.replaceAll(',', '')}`), label: label.replace('why?', '').trim() }
}

/** Customers are valued again in the background, within a moment. */
async function become(visit: Visit, path: string, asExpected: (worth: { profit: number; label: string }) => boolean): Promise<void> {
  let seen = {}
  for (let tries = 0; tries < 40; tries++) {
    await visit.open(path)
    const worth = await worthOf(visit)
    if (asExpected(worth)) return
    seen = worth
  }
  throw new Error(`The customer's value did not change as expected: ${JSON.stringify(seen)}`)
}
