import { expect, test } from 'vitest'
import type { Stage, Visit } from './product.ts'
import { accessible, pick, read, section } from './seen.ts'

/** What customers get by tier, above one floor; what sets our service apart; a surprise; and a customer who costs more than they bring. */
export function serviceByTier(stage: () => Stage): void {
  test('a policy below the floor says so while one types, is refused, and is saved once it is above', async () => {
    const visit = await stage().visit({ as: 'supervisor' })
    const { page } = visit
    await visit.open('/service-policies')
    const cell = (line: string, column: number) => read(page.locator('tbody tr').filter({ hasText: line }).locator('td').nth(column))
    expect(await cell('First answer within', 2)).toBe('4 working hours')
    await page.getByRole('link', { name: 'Edit: Gold service' }).click()
    const first = page.getByLabel('First answer within')
    await first.fill('2000')
    await page.getByText('First answer within: 2,000 minutes; the baseline promises 16 working hours.').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Later than the baseline promises').waitFor()
    await first.fill('180')
    await page.getByText('At or above the baseline.').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => section(page, 'History').locator('tbody tr').count()).toBe(2)
    await visit.open('/service-policies')
    expect(await cell('First answer within', 2)).toBe('3 working hours')
    // The words are still the product's own, in every language.
    expect(await cell('People', 2)).toBe('A small team that knows the customer.')
    const chinese = await stage().visit({ language: 'zh-CN' })
    await chinese.open('/service-policies')
    expect(await read(chinese.page.locator('tbody tr').filter({ hasText: '人员' }).locator('td').nth(2))).toBe('熟悉客户的小组。')
    await chinese.close()
    // What was refused is told by the browser, too.
    expect(visit.problems.filter((problem) => !problem.includes('422'))).toEqual([])
    await visit.close()
  })

  test('a feature is only ours until a competitor matches it', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/service-features')
    await page.getByRole('button', { name: 'Add a feature' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add a feature' })
    await accessible(visit, '.ant-modal')
    await dialog.getByLabel('Feature').fill('Goods of others taken back')
    await dialog.getByRole('button', { name: 'Save' }).click()
    const row = page.locator('tbody tr').filter({ hasText: 'Goods of others taken back' })
    await row.getByText('only us').waitFor()
    await row.getByRole('button', { name: 'Edit: Goods of others taken back' }).click()
    const change = page.getByRole('dialog', { name: 'Change the feature' })
    await change.getByLabel('Competitors who have it too').fill('Night & Day')
    await page.locator('.ant-select-item-option').getByText('Night & Day', { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await change.getByRole('button', { name: 'Save' }).click()
    await row.getByText('others too').waitFor()
    await row.getByRole('checkbox', { name: 'Night & Day has: Goods of others taken back' }).click()
    await row.getByText('only us').waitFor()
    expect(visit.problems).toEqual([])
    await visit.close()
  })

  test('from an observation to a surprise and the customer’s reaction', async () => {
    const visit = await stage().visit({ as: 'account-manager' })
    const { page } = visit
    await visit.open('/')
    const { id, name } = await oneOf(visit, 'tier=platinum')
    await visit.open(`/customers/${id}`)
    const part = section(page, 'Observations and surprises')
    await part.getByRole('button', { name: 'Note an observation' }).click()
    const noting = page.getByRole('dialog', { name: 'Note an observation' })
    await accessible(visit, '.ant-modal')
    await noting.getByLabel('Noticed').fill('Asked twice for the tea of her home town')
    await noting.getByLabel('Need that may be behind it').fill('Is homesick')
    await noting.getByRole('button', { name: 'Save' }).click()
    await part.getByText('Perhaps: Is homesick').waitFor()
    await visit.open('/observations')
    await page.getByRole('link', { name }).waitFor()
    await visit.open(`/customers/${id}`)
    await part.getByRole('button', { name: 'Act on it: Asked twice for the tea of her home town' }).click()
    const giving = page.getByRole('dialog', { name: 'Note a service given' })
    await accessible(visit, '.ant-modal')
    await giving.getByLabel('What was done').fill('A tin of that tea')
    await giving.getByLabel('Cost', { exact: true }).fill('12')
    await giving.getByLabel('Satisfaction before').fill('6')
    await giving.getByLabel('Satisfaction after').fill('9')
    await giving.getByRole('button', { name: 'Save' }).click()
    await part.getByText('Satisfaction 6 → 9.').waitFor()
    await part.getByText('acted on', { exact: true }).waitFor()
    await visit.close()
    // Whoever sees all customers compares the layers.
    const analyst = await stage().visit({ as: 'analyst' })
    await analyst.open('/service-catalogue')
    const beyond = section(analyst.page, 'What each layer did').locator('tbody tr').filter({ hasText: 'Beyond imagination' })
    await expect.poll(() => read(beyond.locator('td').last())).toMatch(/^3\.00/)
    await analyst.close()
  })

  test('what becomes of a customer who costs more than they bring: one proposes, another decides', async () => {
    const visit = await stage().visit({ as: 'analyst' })
    const { page } = visit
    await visit.open('/')
    const { id, name } = await oneOf(visit, 'tier=iron&sort=profit')
    const boss = await stage().visit()
    await boss.open('/')
    const dear = { serviceId: null, observationId: null, what: 'A whole week', givenOn: '2026-01-05', costMinor: 1_000_000 }
    const answer = await boss.page.request.post(`/api/v1/value/customers/${id}/services-given`, {
      data: { ...dear, scoreBefore: null, scoreAfter: null, reaction: null },
      headers: { origin: new URL(boss.page.url()).origin },
    })
    expect(answer.status(), await answer.text()).toBe(200)
    await visit.open(`/customers/${id}`)
    await page.getByRole('button', { name: 'Decide what becomes of this customer' }).click()
    const dialog = page.getByRole('dialog', { name: 'What becomes of this customer?' })
    await accessible(visit, '.ant-modal')
    await dialog.getByRole('radio', { name: 'Serve at less cost' }).check()
    const projected = () => read(dialog.locator('tbody tr').filter({ hasText: 'Serve at less cost' }).locator('td').last())
    const half = await projected()
    await dialog.getByLabel('Cost to serve falls by').fill('90')
    await expect.poll(projected).not.toBe(half)
    const seen = await projected()
    await dialog.getByRole('button', { name: 'Propose' }).click()
    await page.getByText(`Proposed: Serve at less cost, profit then ${seen}`).waitFor()
    await boss.open('/value/treatments')
    const row = boss.page.locator('tbody tr').filter({ hasText: name })
    expect(await read(row.locator('td').nth(3))).toBe(seen)
    await row.getByRole('button', { name: `Decide: ${name}` }).click()
    const deciding = boss.page.getByRole('dialog', { name: `Decide about ${name}` })
    await accessible(boss, '.ant-modal')
    await pick(boss.page, deciding.getByLabel('Decision'), 'Approve')
    await deciding.getByRole('button', { name: 'Save' }).click()
    await boss.page.getByText('Nothing waits for a decision').waitFor()
    await boss.open(`/customers/${id}`)
    await boss.page.getByText(`Approved: Serve at less cost, profit then ${seen}`).waitFor()
    expect([visit.problems, boss.problems]).toEqual([[], []])
    await boss.close()
    await visit.close()
  })
}

async function oneOf({ page }: Visit, filter: string): Promise<{ id: string; name: string }> {
  const answer = await page.request.get(`/api/v1/customers?${filter}&limit=1`)
  return ((await answer.json()) as { items: { id: string; name: string }[] }).items[0]!
}
