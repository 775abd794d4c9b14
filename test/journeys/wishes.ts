import { expect, test } from 'vitest'
import type { Stage } from './product.ts'
import { accessible, pick, read, section } from './seen.ts'

/** What somebody wants and does not want, from their first entry to the contact that is planned. */
export function wishes(stage: () => Stage): void {
  test('a partner is entered as one, and what they refuse is seen wherever they could be contacted', async () => {
    const visit = await stage().visit({ as: 'account-manager' })
    const { page } = visit
    await visit.open('/customers/new')
    await page.getByLabel('Name', { exact: true }).fill('Wishing Well Tea House')
    await pick(page, page.getByLabel('Role'), 'Partner')
    await page.getByRole('textbox', { name: /^Phone/ }).fill('+44 20 7946 0123')
    await page.getByLabel('E-mail').fill('wishes@example.com')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/\/customers\/[0-9a-f-]{36}$/)
    await visit.settle()
    const address = new URL(page.url()).pathname
    expect(await read(page.locator('.customer-head').first())).toContain('Partner')

    // What is missing is said of the group that is looked at, all of it.
    const archive = section(page, 'Archive')
    await archive.getByText(/^Missing in “Basic”: .*Birthday.*City/).waitFor()
    await archive.getByText(/^Extended/).click()
    expect(await read(archive.getByText(/^Missing in “Extended”/))).toMatch(/Occupation.*Preferred channel.*Expects after purchase/)
    await archive.getByRole('button', { name: 'Edit: Preferred channel' }).click()
    await pick(page, archive.getByLabel('Preferred channel'), 'E-mail')
    await archive.getByRole('button', { name: 'Save' }).click()
    await archive.getByRole('button', { name: 'Edit: Preferred channel' }).waitFor()
    await archive.getByText(/^Key persons/).click()
    await archive.getByRole('button', { name: 'Add' }).click()
    const person = page.getByRole('dialog', { name: 'Key person' })
    await person.getByLabel('Name').fill('Ms Adeyemi')
    await person.getByLabel('Birthday').fill('1981-04-05')
    await person.getByRole('button', { name: 'Save' }).click()
    await archive.getByText(/birthday Apr 5, 1981/).waitFor()

    // A consent of another day, with the words that were agreed to; and a withdrawal.
    const consent = section(page, 'Consent')
    await consent.getByRole('button', { name: 'Note a consent' }).click()
    const given = page.getByRole('dialog', { name: 'Note a consent' })
    await given.getByLabel('On which day').fill('2025-02-03')
    await accessible(visit, '.ant-modal')
    await given.getByRole('button', { name: 'Save' }).click()
    await consent.getByText('What was said: one entry').click()
    await consent.getByText('Text, version 1').click()
    await consent.getByText('We may tell you about our offers, news and events.').waitFor()
    expect(await read(consent.locator('li').first())).toContain('Feb 3, 2025')
    await consent.getByRole('button', { name: 'Note a withdrawal' }).click()
    const withdrawn = page.getByRole('dialog', { name: 'Note a withdrawal' })
    await pick(page, withdrawn.getByLabel('Channel'), 'Phone')
    await withdrawn.getByRole('button', { name: 'Save' }).click()
    await withdrawn.waitFor({ state: 'hidden' })

    // Planned: the liked first, the refused last and with a warning, nothing for which there is no address.
    const panel = section(page, 'Commitments')
    const form = panel.getByLabel('Contact by')
    await form.click()
    const open = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    await open.getByText('E-mail · preferred').waitFor()
    expect((await open.first().textContent())?.trim()).toBe('E-mail · preferred')
    // The list shows some at a time; upwards from the first one comes to the last.
    await page.keyboard.press('ArrowUp')
    await open.getByText('Call · not wanted').waitFor()
    expect(await open.getByText('Letter').count()).toBe(0)
    await page.keyboard.press('Enter')
    await panel.getByText('The customer does not want to be contacted this way: Call.').waitFor()

    // Noted: the same is said of a call that is about to be made.
    await page.getByRole('button', { name: 'Log a touch' }).click()
    const touch = page.getByRole('dialog', { name: 'Log a touch' })
    await touch.getByText('The customer does not want to be contacted this way: Phone.').waitFor()
    await accessible(visit, '.ant-modal')
    await touch.getByRole('button', { name: 'Cancel' }).click()

    await visit.open(`${address}/card`)
    const card = page.getByRole('article', { name: 'Contact card' })
    expect(await read(card)).toMatch(/Preferred contact\s+E-mail[\s\S]*wishes@example\.com[\s\S]*Not wanted\s+Call/)
    expect(await read(card)).not.toContain('7946')
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}
