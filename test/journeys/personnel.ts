import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { axe } from '#test/browser.ts'
import type { Stage } from './product.ts'
import { accessible, listed, read, section } from './seen.ts'

interface Newest {
  readonly id: string
  readonly version: number
}

/** A customer says on their telephone how they find whoever helped them; those above see the averages, others do not. */
export function personnel(stage: () => Stage): void {
  test('a customer scores whoever handled their case, and the averages stand on the scorecard and on Staff', async () => {
    const customer = await stage().visit({ as: 'nobody', language: 'zh-CN', width: 390 })
    const { page } = customer
    await page.goto('/p/enquiry')
    await page.getByLabel('您想了解什么？').fill('这把壶可以用在电磁炉上吗？')
    await page.getByLabel('您的姓名').fill('王女士')
    await page.getByLabel('电子邮箱').fill('wang@example.com')
    await page.waitForTimeout(2100)
    await page.getByRole('button', { name: '提交问题' }).click()
    await page.waitForURL(/\/p\/case\/[\w-]{43}/)

    const above = await stage().visit()
    const post = async (path: string, data: object) => {
      const answer = await above.page.request.post(`/api/v1/${path}`, { data, headers: { origin: new URL(above.page.url()).origin } })
      expect(answer.status(), await answer.text()).toBe(200)
    }
    await above.open('/')
    const [newest] = await listed<Newest>(above.page, 'cases?queue=all&limit=1')
    const { rows } = await sql<{ id: string }>`select id from platform.user where email = 'agent@example.com'`.execute(
      stage().product.database.db,
    )
    const agentId = rows[0]!.id
    await post(`cases/${newest!.id}/assignment`, { version: newest!.version, ownerId: agentId, why: null })
    await post(`cases/${newest!.id}/messages`, { text: '可以。', answers: true })

    await page.goto(new URL(page.url()).pathname)
    await page.getByLabel('满意', { exact: true }).check()
    await page.getByLabel('为您服务的人员态度如何？').selectOption({ label: '5 – 很好' })
    await page.getByLabel('其服务技能如何？').selectOption({ label: '2 – 较差' })
    expect(await axe(page)).toEqual([])
    const { scroll, client } = await page.evaluate(() => {
      const { documentElement } = (globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } })
        .document
      return { scroll: documentElement.scrollWidth, client: documentElement.clientWidth }
    })
    expect(scroll).toBe(client)
    await page.locator('#feedback').getByRole('button').click()
    await page.locator('#feedback').waitFor({ state: 'detached' })

    await above.open(`/cases/${newest!.id}`)
    expect(await read(above.page.locator('main'))).toMatch(/Service attitude[\s\S]*5[\s\S]*Service skills[\s\S]*2/)
    await above.open('/staff-scorecard?view=customers')
    const table = section(above.page, 'The last twelve months')
    await table
      .getByText(/of \d+ scores?/)
      .first()
      .waitFor()
    await accessible(above, 'main')
    await above.open('/staff')
    await above.page
      .getByRole('row')
      .filter({ hasText: await nameOf(stage(), agentId) })
      .getByRole('button')
      .click()
    const dialog = above.page.getByRole('dialog')
    await dialog.getByText('Professional knowledge').first().waitFor()
    await dialog
      .getByText(/of \d+ scores?/)
      .first()
      .waitFor()
    await accessible(above, '.ant-modal')

    const agent = await stage().visit({ as: 'agent', language: 'zh-TW', width: 390 })
    await agent.open('/staff-scorecard')
    await section(agent.page, '人員價值').getByText('服務態度').first().waitFor()
    expect(await agent.page.getByText('客戶評分', { exact: true }).count()).toBe(0)
    await accessible(agent, 'main')
    expect([...customer.problems, ...above.problems, ...agent.problems]).toEqual([])
    await customer.close()
    await above.close()
    await agent.close()
  })
}

const nameOf = async ({ product }: Stage, id: string): Promise<string> =>
  (await sql<{ name: string }>`select name from platform.user where id = ${id}`.execute(product.database.db)).rows[0]!.name
