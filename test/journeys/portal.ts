import { expect, test } from 'vitest'
import { axe } from '#test/browser.ts'
import type { Stage } from './product.ts'
import { accessible, listed, section } from './seen.ts'

/** A customer at a telephone's width, in 繁體中文, and whoever answers; neither loads a page again. `shot` keeps what was seen. */
export function portal(
  stage: () => Stage,
  shot: (page: { screenshot(how: object): Promise<unknown> }, name: string) => Promise<void> = async () => {},
): void {
  test('a customer complains within two clicks, follows it by the private link, and sees the answer as it is written', async () => {
    const customer = await stage().visit({ as: 'nobody', language: 'zh-TW', width: 390 })
    await customer.page.goto('/p/')
    await shot(customer.page, 'home')
    await customer.page.getByRole('link', { name: '我要投訴' }).click()
    await customer.page.getByLabel('發生了什麼事？').fill('茶壺送到時蓋子破了\n請換一個給我')
    await customer.page.getByLabel('您的姓名').fill('林小姐')
    await customer.page.getByLabel('電子信箱').fill('lin@example.com')
    expect(await axe(customer.page)).toEqual([])
    await shot(customer.page, 'form')
    await customer.page.waitForTimeout(2100)
    await customer.page.getByRole('button', { name: '送出投訴' }).click()
    await customer.page.getByText('我們收到了。').first().waitFor()
    expect(new URL(customer.page.url()).pathname).toMatch(/^\/p\/case\/[\w-]{43}$/)
    expect(await axe(customer.page)).toEqual([])
    await shot(customer.page, 'case')
    await customer.page.evaluate(() => Object.assign(globalThis, { marked: true }))

    const staff = await stage().visit()
    const [newest] = await listed<{ id: string; subject: string }>(staff.page, 'cases?queue=all&limit=1')
    expect(newest!.subject).toBe('茶壺送到時蓋子破了')
    await staff.open(`/cases/${newest!.id}`)
    const conversation = section(staff.page, 'Messages')
    await conversation.getByText('請換一個給我').waitFor()
    await conversation.getByLabel('Write to the customer').fill('很抱歉，我們今天就寄一個新的給您')
    await conversation.getByRole('button', { name: 'Send', exact: true }).click()
    await accessible(staff, 'main')

    await customer.page.locator('#now').getByText('很抱歉，我們今天就寄一個新的給您').waitFor({ timeout: 30_000 })
    await customer.page.getByLabel('留言給我們').fill('謝謝！')
    await customer.page.getByRole('button', { name: '送出', exact: true }).click()
    await conversation.getByText('謝謝！').waitFor({ timeout: 30_000 })
    expect(await customer.page.evaluate(() => 'marked' in globalThis)).toBe(true)
    await shot(customer.page, 'answered')
    await shot(staff.page, 'staff')
    const wide = await customer.page.evaluate(() => {
      const { documentElement } = (globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } })
        .document
      return documentElement.scrollWidth - documentElement.clientWidth
    })
    expect(wide).toBe(0)
    expect([...customer.problems, ...staff.problems]).toEqual([])
    await customer.close()
    await staff.close()
  })
}
