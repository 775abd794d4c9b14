import { expect, test } from 'vitest'
import type { Stage } from './product.ts'

export function permissions(stage: () => Stage): void {
  test('an agent sees neither settings nor users, and cannot get there', async () => {
    const visit = await stage().visit({ as: 'agent' })
    const { page } = visit
    await visit.open('/')
    const navigation = page.getByRole('navigation', { name: 'The loop' })
    const entries = await navigation.getByRole('link').allInnerTexts()
    expect(entries).toContain('Customers')
    expect(entries.filter((entry) => ['Settings', 'Users', 'Roles', 'Import'].includes(entry))).toEqual([])
    for (const path of ['/settings', '/users', '/roles']) {
      await visit.walk(path)
      await page.getByRole('heading', { name: 'Not open to you' }).first().waitFor()
    }
    // Nor by the palette, nor past the screen.
    await page.keyboard.press('Control+K')
    await page.getByRole('combobox', { name: 'Search or do' }).fill('settings')
    await visit.settle()
    expect((await page.getByRole('option').allInnerTexts()).filter((text) => /settings|users/i.test(text))).toEqual([])
    expect((await page.request.get('/api/v1/organization/users')).status()).toBe(403)
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}
