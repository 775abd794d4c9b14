import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Stage, Visit } from './product.ts'
import { accessible, listed, pick, read, section } from './seen.ts'

/** A company is under rules that do not ship, writes them down, lets them hold, changes them and retires them. */
export function ownRules(stage: () => Stage): void {
  test('rules of one’s own, begun as a copy, on a phone', async () => {
    const visit = await stage().visit({ width: 390 })
    const { page } = visit
    await visit.open('/settings')
    const sets = section(page, 'Sets of rules').last()
    await sets.getByRole('button', { name: 'Begin rules of your own as a copy of US: CFPB' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add rules' })
    const field = (name: string) => dialog.getByLabel(name, { exact: true })
    await expect.poll(() => field('Rules: Name in English').inputValue()).toBe('US: CFPB')
    await field('Rules: Name in English').fill('')
    await field('Clock 1: How long').fill('10')
    await field('Clock 1, Extension 1: How long').fill('10')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('This needs a name in one language at least.').waitFor()
    await dialog.getByText('Clock 1: An extension has to be longer than the time that it extends.').waitFor()
    await accessible(visit, '.ant-modal')
    expect(await wide(visit)).toBe(false)
    await field('Rules: Name in English').fill('Guild of tea')
    await field('Clock 1: Name in English').fill('Decide')
    await field('Clock 1, Extension 1: How long').fill('20')
    await save(dialog)
    const row = sets
      .getByRole('row')
      .filter({ hasText: 'Guild of tea' })
      .or(sets.getByRole('listitem').filter({ hasText: 'Guild of tea' }))
    await row.getByText('Yours, version 1').first().waitFor()
    expect(await read(row.first())).toContain('Decide: days: 10')

    const held = section(page, 'Rules of law and standard').last()
    await pick(page, held.getByLabel('Guild of tea'), 'Enquiry')
    await page.keyboard.press('Escape')
    await held.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved', { exact: true }).first().waitFor()
    const caseId = await enquiry(visit)

    // What is changed now is for those who come later.
    await visit.open('/settings')
    await row.getByRole('button', { name: 'Change Guild of tea' }).click()
    const change = page.getByRole('dialog', { name: 'Change rules' })
    await change.getByText('What you write becomes version 2').waitFor()
    await change.getByLabel('Rules: Name in English', { exact: true }).fill('Guild of tea and coffee')
    await save(change)
    await row.getByText('Yours, version 2').first().waitFor()

    await visit.open(`/cases/${caseId}`)
    const clock = page.locator('.case-clock').filter({ hasText: 'Decide' })
    expect(await read(clock)).toMatch(/Decide\s*Guild of tea\s*due/)
    await clock.getByText('Why then?').click()
    expect(await read(clock)).toMatch(/So says “Guild of tea”, version 1/)

    await visit.open('/settings')
    await row.getByRole('button', { name: 'Retire Guild of tea and coffee' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Retire', exact: true }).click()
    await row.getByText('Retired').first().waitFor()
    // Nothing of what they say has changed by that.
    expect(await read(row.first())).toContain('Yours, version 2')
    await expect.poll(() => held.getByLabel('Guild of tea and coffee').count()).toBe(0)
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}

async function save(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Whether the page is wider than the phone. */
const wide = ({ page }: Visit) =>
  page.evaluate(() => {
    const { document } = globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
    return document.documentElement.scrollWidth > document.documentElement.clientWidth
  })

async function enquiry({ page }: Visit): Promise<string> {
  const [person] = await listed<{ id: string }>(page, 'customers?limit=1')
  const data = { customerId: person!.id, kind: 'enquiry', subject: 'A sample', description: 'May I taste it?', channel: 'phone' }
  const headers = { origin: new URL(page.url()).origin }
  return ((await (await page.request.post('/api/v1/cases', { data, headers })).json()) as { id: string }).id
}
