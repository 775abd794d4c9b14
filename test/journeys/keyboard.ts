import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from '#test/browser.ts'
import { sideways } from './crawl.ts'
import type { Stage } from './product.ts'

const holdsFocus = (place: Locator) =>
  expect.poll(() => place.evaluate((one: { matches(selector: string): boolean }) => one.matches(':focus, :has(:focus)')), {
    timeout: 30_000,
  })

export function keyboard(stage: () => Stage): void {
  test('what opens takes the keyboard to its first field, and Escape gives it back', async () => {
    const visit = await stage().visit({ as: 'administrator' })
    const { page } = visit

    await visit.open('/customers')
    const filters = page.getByRole('button', { name: 'More filters' })
    await opened(page, filters, page.locator('.ant-popover-container'), page.getByRole('combobox', { name: 'Activity' }))

    await visit.open('/products')
    const add = page.getByRole('button', { name: 'Add a product' })
    await opened(page, add, page.getByRole('dialog', { name: 'Add a product' }), page.getByLabel('Code', { exact: true }))

    await visit.open('/users')
    const actions = page.getByRole('button', { name: /^Actions for/ }).last()
    await actions.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Change roles' }).waitFor()
    // An Enter before the menu has the keyboard would close it again.
    await holdsFocus(page.getByRole('menu')).toBe(true)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await holdsFocus(dialog.getByLabel('Roles')).toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await holdsFocus(actions).toBe(true)
    expect(visit.problems).toEqual([])
    await visit.close()
  })

  test.each(['light', 'dark'] as const)(
    'the page of the API on a phone, %s: nothing sideways, and everybody can read it',
    async (scheme) => {
      const visit = await stage().visit({ as: 'nobody', width: 390 })
      await visit.page.emulateMedia({ colorScheme: scheme })
      await visit.page.goto('/api/docs')
      for (const place of [0, 1, 2]) await visit.page.locator('summary').nth(place).click()
      expect(await sideways(visit.page)).toEqual([])
      expect((await axe(visit.page)).map(({ rule, places }) => `${rule} ${places[0]}`)).toEqual([])
      await visit.close()
    },
  )
}

async function opened(page: Page, opener: Locator, part: Locator, first: Locator): Promise<void> {
  await opener.focus()
  await page.keyboard.press('Enter')
  await part.waitFor()
  await holdsFocus(first).toBe(true)
  await page.keyboard.press('Escape')
  await part.waitFor({ state: 'hidden' })
  await holdsFocus(opener).toBe(true)
}
