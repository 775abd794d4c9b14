import { expect, test } from 'vitest'
import type { Stage } from './product.ts'
import { accessible, pick, read } from './seen.ts'

export function phone(stage: () => Stage): void {
  test('在手機上登入、篩選、切換語言與深色（繁體中文，390 像素）', async () => {
    const visit = await stage().visit({ as: 'nobody', language: 'zh-TW', width: 390 })
    const { page } = visit
    await visit.open('/customers')
    // Whoever comes to a page without being signed in lands on it afterwards, except for a first password.
    await page.getByRole('heading', { name: '登入' }).waitFor()
    await page.getByLabel('電子郵件').fill('analyst@example.com')
    await page.getByLabel('密碼', { exact: true }).fill(stage().passwordOf('analyst'))
    await page.getByRole('button', { name: /登\s*入/ }).click()
    await page.getByText('請改成自己的密碼').or(page.getByText('您的密碼')).first().waitFor()

    await page.getByRole('button', { name: '開啟導覽選單' }).click()
    const menu = page.locator('.side-drawer')
    await accessible(visit, '.side-drawer')
    await menu.getByRole('link', { name: '客戶', exact: true }).click()
    await page.getByRole('heading', { name: '客戶', exact: true }).waitFor()
    await visit.settle()
    await pick(page, page.getByRole('combobox', { name: '層級' }), '黃金級')
    await page.keyboard.press('Escape')
    await page.waitForURL(/tier=gold/)
    await visit.settle()
    const others = async () => (await page.locator('tbody .tier').allInnerTexts()).filter((text) => !text.includes('黃金級'))
    await expect.poll(others).toEqual([])
    expect(await page.locator('tbody .tier').count()).toBeGreaterThan(0)

    const name = await read(page.locator('.row-link').first())
    await page.locator('.row-link').first().click()
    await page.waitForURL(/\/customers\/[^/]+$/)
    await visit.settle()
    expect(name).toContain(await read(page.locator('h1')))
    await page.getByRole('heading', { name: '時間軸' }).waitFor()

    await page.evaluate(() => Object.assign(globalThis, { stillHere: true }))
    await page.getByRole('button', { name: '語言：繁體中文' }).click()
    await page.getByRole('menuitem', { name: '简体中文' }).click()
    await page.getByRole('heading', { name: '时间线' }).waitFor()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-CN')
    // At once: the page was not loaded anew.
    expect(await page.evaluate(() => 'stillHere' in globalThis)).toBe(true)

    await page.getByRole('button', { name: '浅色或深色' }).click()
    await page.getByRole('menuitem', { name: '深色', exact: true }).click()
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark')

    const timeline = page.getByRole('heading', { name: '时间线' })
    // A long page is not scrolled through: a menu goes to its parts, and takes the keyboard along.
    await page.getByRole('button', { name: '本页内容' }).click()
    await page.getByRole('menuitem', { name: '时间线' }).click()
    const isThere = async () => {
      const [head, title] = [await page.locator('.top').boundingBox(), await timeline.boundingBox()]
      const hasKeyboard = await timeline.evaluate((one) => one.ownerDocument.activeElement === one)
      return hasKeyboard && title!.y >= head!.height && title!.y < 844
    }
    await expect.poll(isThere).toBe(true)
    // The palette does the same, and gives the keyboard back to nothing else.
    await page.getByRole('button', { name: '本页内容' }).focus()
    await page.locator('h1').scrollIntoViewIfNeeded()
    expect(await isThere()).toBe(false)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: '搜索或执行' }).fill('时间线')
    await page.getByRole('option', { name: '时间线' }).click()
    await page.locator('.palette').waitFor({ state: 'hidden' })
    await expect.poll(isThere).toBe(true)
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}
