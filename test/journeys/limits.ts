import { expect, test } from 'vitest'
import type { Stage } from './product.ts'
import { accessible, pick, read, section } from './seen.ts'

/** Only as much is taken on as can be served: the limit is set where what is in hand stands beside it, and what waits says why, also on a phone. */
export function limits(stage: () => Stage): void {
  test('a product takes one case at a time, until its limit is raised', async () => {
    const visit = await stage().visit()
    const { page } = visit
    const send = async (path: string, data: object): Promise<{ readonly id: string }> => {
      const answer = await page.request.post(`/api/v1/${path}`, { data, headers: { origin: new URL(page.url()).origin } })
      expect(answer.ok(), await answer.text()).toBe(true)
      return (await answer.json()) as { readonly id: string }
    }
    await visit.open('/')
    const department = { name: 'Repairs', parentId: null, headId: null, deputyIds: [], calendarId: null }
    const { id: departmentId } = await send('organization/departments', department)
    await send('organization/teams', { departmentId, name: 'Menders', memberIds: [] })
    const { code, name } = await quietProduct()
    const record = async (subject: string, more: object = {}) => {
      const customers = (await (await page.request.get('/api/v1/customers?limit=1')).json()) as { items: { id: string }[] }
      const said = { kind: 'request', subject, description: subject, channel: 'phone', productCode: code }
      return (await send('cases', { customerId: customers.items[0]!.id, ...said, ...more })).id
    }
    await record('The first')
    const waits = await record('The second', { ownerId: null })

    await visit.open('/settings')
    const part = section(page, 'How much is taken on').last()
    const save = async () => {
      const answer = page.waitForResponse((one) => one.url().endsWith('/settings/cases.limits') && one.request().method() === 'PUT')
      await part.getByRole('button', { name: 'Save' }).click()
      expect((await answer).status()).toBe(200)
      await visit.settle()
    }
    await part.getByRole('button', { name: 'Add a team' }).click()
    await part.getByRole('button', { name: 'Save' }).click()
    await part.getByText('Each limit needs what it is about and a number.').waitFor()
    await pick(page, part.getByLabel('Team of limit 1'), 'Menders')
    await part.getByLabel('Limit 1: cases in hand, at most').first().fill('5')
    await part.getByRole('button', { name: 'Add a product' }).click()
    const product = part.getByLabel('Product of limit 1')
    await product.fill(code)
    const offered = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    // The catalogue answers a moment after the last letter.
    await expect.poll(() => offered.count(), { timeout: 20_000 }).toBe(1)
    await offered.click()
    await part.getByText('1 case in hand now', { exact: true }).waitFor()
    await part.getByLabel('Limit 1: cases in hand, at most').last().fill('1')
    await save()
    await accessible(visit, '.limit-rows')

    const phone = await stage().visit({ width: 390, language: 'zh-TW' })
    await phone.open('/settings')
    const small = section(phone.page, '承接上限').last()
    await small.getByText('目前手上 1 件', { exact: true }).waitFor()
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    await phone.open(`/cases/${waits}`)
    await phone.page.getByText(`關於「${name}」手上 1 件，上限 1 件；其中 1 件辦結後輪到此件`).waitFor()
    await phone.close()

    await visit.open(`/cases/${waits}`)
    await page.getByText(`1 of 1 in hand about ${name}; it goes on when one of them ends`).waitFor()
    await visit.open('/settings')
    await part.getByLabel('Limit 1: cases in hand, at most').last().fill('2')
    await save()
    await visit.open(`/cases/${waits}`)
    expect(await read(page.getByText(`1 in hand about ${name}, 2 at most`))).not.toContain('goes on')

    // The others who use this company have no limits.
    await visit.open('/settings')
    for (let i = 0; i < 2; i++) await part.getByRole('button', { name: 'Delete: 1' }).first().click()
    await save()
    expect(visit.problems).toEqual([])
    await visit.close()

    /** One that nobody's open case is about. */
    async function quietProduct(): Promise<{ readonly code: string; readonly name: string }> {
      const { items } = (await (await page.request.get('/api/v1/products?limit=50')).json()) as {
        items: readonly { code: string; name: string }[]
      }
      for (const one of items) {
        const answer = await page.request.get(`/api/v1/case-limits?productCode=${encodeURIComponent(one.code)}`)
        const { products } = (await answer.json()) as { products: readonly { inHand: number }[] }
        if (products[0]!.inHand === 0) return one
      }
      throw new Error('There is a case about every product')
    }
  })
}
