import { expect, test } from 'vitest'
import { notify } from '#modules/organization/public.ts'
import { operator } from '#platform/context.ts'
import { withTransaction } from '#platform/database/connection.ts'
import type { Stage } from './product.ts'

/** News reach whoever is looking, at the moment in which they are true. */
export function bell(stage: () => Stage): void {
  test('the bell rings as news come, in every window, without asking for them', async () => {
    const { product } = stage()
    const visit = await stage().visit({ as: 'supervisor' })
    const { page } = visit
    await visit.open('/')
    const { user } = (await (await page.request.get('/api/v1/organization/session')).json()) as { user: { id: string } }
    const count = async () =>
      ((await (await page.request.get('/api/v1/organization/notifications/unread-count')).json()) as { count: number }).count
    const before = await count()
    let asked = 0
    page.on('request', (request) => {
      if (request.url().includes('unread-count')) asked += 1
    })
    const second = await page.context().newPage()
    await second.goto('/notifications')
    await second.locator('h1').waitFor()
    // Nobody asks while nothing happens.
    await page.waitForTimeout(1000)
    expect(asked).toBe(0)
    const news = { to: [user.id], kind: 'organization.work-failed', values: { problem: 'The disk is full' }, link: null }
    await withTransaction(product.database, (db) => notify(product.contextOf(db, new Date(), operator), news))
    for (const one of [page, second]) await one.locator(`.bell .ant-badge-count[title="${before + 1}"]`).waitFor({ timeout: 15_000 })
    expect(await second.locator('.news .unread').count()).toBe(before + 1)
    // What was read in one window is read in the other.
    await second.getByRole('button', { name: 'Mark all as read' }).click()
    await page.locator('.bell .ant-badge-count').waitFor({ state: 'detached', timeout: 15_000 })
    expect(asked).toBeLessThanOrEqual(3)
    await second.close()
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}
