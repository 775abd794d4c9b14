import { expect, test } from 'vitest'
import type { Stage } from './product.ts'
import { accessible, listed, pick, read, section } from './seen.ts'

export function touches(stage: () => Stage): void {
  test('what was said is noted with @, a template and its time, found again by its kind, and followed by a task', async () => {
    const visit = await stage().visit({ as: 'account-manager' })
    const { page } = visit
    await visit.open('/')
    const [customer] = await listed<{ id: string }>(page, 'customers?limit=1&tier=iron')
    await visit.open(`/customers/${customer!.id}`)
    const line = section(page, 'Timeline')
    await line.getByRole('button', { name: 'Log a touch' }).waitFor()
    await page.keyboard.press('l')
    const dialog = page.getByRole('dialog', { name: 'Log a touch' })
    await accessible(visit, '.ant-modal')

    const text = dialog.getByLabel('What was it about?')
    await text.click()
    await page.keyboard.type('Tasted the spring teas with @')
    const colleagues = page.locator('.ant-mentions-dropdown').filter({ visible: true })
    await colleagues.locator('li').first().waitFor()
    // Escape closes the choice alone, not what was written.
    await page.keyboard.press('Escape')
    await colleagues.waitFor({ state: 'hidden' })
    expect(await text.inputValue()).toBe('Tasted the spring teas with @')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('@')
    const named = await read(colleagues.locator('li').first())
    await page.keyboard.press('Enter')
    await expect.poll(() => text.inputValue()).toBe(`Tasted the spring teas with @${named} `)

    // A template comes beside what was typed, and goes again.
    await dialog.getByText('Keep as a template').click()
    await dialog.getByLabel('Name of the template').fill('Tasting')
    await dialog.locator('.customer-keep').getByRole('button', { name: 'Save' }).click()
    await text.fill(`Spring teas, @${named}`)
    await dialog.getByLabel('Minutes').fill('25')
    await pick(page, dialog.getByLabel('Begin with a template'), 'Tasting')
    await expect.poll(() => text.inputValue()).toContain(`Spring teas, @${named}\nTasted the spring teas`)
    expect(await dialog.getByLabel('Minutes').inputValue()).toBe('25')
    await dialog.getByRole('button', { name: 'Remove this template' }).click()
    await page.locator('.ant-popconfirm').getByRole('button', { name: 'Delete' }).click()
    await dialog.getByLabel('Begin with a template').waitFor({ state: 'hidden' })

    await pick(page, dialog.getByLabel('Channel'), 'Forum or symposium')
    await dialog.getByLabel('When').fill('2025-11-03T16:45')
    await dialog.getByLabel('Next step', { exact: false }).first().fill('Send the spring list')
    await accessible(visit, '.ant-modal')
    await dialog.locator('.form-actions').getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'hidden' })

    await line.getByLabel('Any kind').fill('Forum')
    await page.locator('.ant-select-item-option').filter({ hasText: 'Forum or symposium', visible: true }).click()
    await visit.settle()
    const told = await read(line.locator('li').filter({ hasText: 'Spring teas' }))
    expect(told).toMatch(/Nov 3, 2025, 4:45\sPM/)
    expect(told).toContain(`@${named}`)

    // The task is made behind the scenes.
    const task = section(page, 'Commitments').getByRole('link', { name: 'Send the spring list' })
    for (let n = 0; n < 20 && (await task.count()) === 0; n++) {
      await page.waitForTimeout(500)
      await page.reload()
      await section(page, 'Commitments').getByLabel('Title').waitFor()
      await visit.settle()
    }
    await task.waitFor()

    const signals = section(page, 'Signals')
    await signals.getByRole('button', { name: 'Note a signal' }).click()
    const capture = page.getByRole('dialog', { name: 'Note a signal' })
    await capture.getByLabel('What was heard').fill('They look for a second shop')
    await capture.getByRole('button', { name: 'Save' }).click()
    await signals.locator('li').filter({ hasText: 'They look for a second shop' }).waitFor()
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}
