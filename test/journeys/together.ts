import { expect, test } from 'vitest'
import type { Stage } from './product.ts'
import { accessible, listed, section } from './seen.ts'

/** Two who work on the same at the same time: the other one writes over the API while a form is open. */
export function together(stage: () => Stage): void {
  test('what somebody else saved meanwhile stands beside what was typed, field by field', { timeout: 90_000 }, async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/departments')
    const origin = { origin: new URL(page.url()).origin }
    const [person] = await listed<{ id: string }>(page, 'organization/people')
    const sales = { name: 'Sales', parentId: null, headId: null, deputyIds: [], calendarId: null }
    const made = await page.request.post('/api/v1/organization/departments', { data: sales, headers: origin })
    const { id, version } = (await made.json()) as { id: string; version: number }
    await page.reload()
    await section(page, 'Sales').getByRole('button', { name: 'Change', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Change the department' })
    await dialog.getByLabel('Name').fill('Sales Care')

    const meanwhile = { ...sales, version, name: 'Sales Abroad', headId: person!.id }
    const other = await page.request.put(`/api/v1/organization/departments/${id}`, { data: meanwhile, headers: origin })
    expect(other.status()).toBe(200)

    await dialog.getByRole('button', { name: 'Save' }).click()
    const said = dialog.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' })
    await said.getByText('they wrote “Sales Abroad”').waitFor()
    await said.getByText(/Taken over, because you had not changed it: Head/).waitFor()
    await accessible(visit, '.ant-modal')
    await said.getByRole('button', { name: 'Keep mine' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const { departments } = (await (await page.request.get('/api/v1/organization/departments')).json()) as { departments: { id: string }[] }
    expect(departments.find((one) => one.id === id)).toMatchObject({ name: 'Sales Care', headId: person!.id })
    await visit.close()
  })

  test('a setting that somebody else saved meanwhile keeps what was typed, whether the save is refused or not', {
    timeout: 90_000,
  }, async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/settings')
    const origin = { origin: new URL(page.url()).origin }
    type Attention = { version: number; value: { archiveReviewDays: number; signalDays: number } }
    const stored = async () => {
      const { settings } = (await (await page.request.get('/api/v1/organization/settings')).json()) as {
        settings: (Attention & { key: string })[]
      }
      return settings.find(({ key }) => key === 'commitments.attention')!
    }
    const write = async (part: Partial<Attention['value']>) => {
      const { version, value } = await stored()
      const data = { version, value: { ...value, ...part } }
      expect((await page.request.put('/api/v1/organization/settings/commitments.attention', { data, headers: origin })).status()).toBe(200)
    }
    // The innermost: sections of a module lie within the module's own.
    const attention = section(page, 'What is late').last()
    const archive = attention.getByLabel('Archive untouched')
    const alert = attention.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' })
    const save = () => attention.getByRole('button', { name: 'Save' }).click()
    await archive.fill('77')
    await write({ signalDays: 11 })
    await save()
    await alert.getByText(/Taken over, because you had not changed it: Signal without a reaction/).waitFor()
    expect(await archive.inputValue()).toBe('77')
    await save()
    await alert.waitFor({ state: 'detached' })
    expect((await stored()).value).toEqual({ archiveReviewDays: 77, signalDays: 11 })

    await archive.fill('66')
    await write({ archiveReviewDays: 55 })
    // Another setting is saved on the same page, and all are read again.
    const uploads = section(page, 'Files of imports').last()
    await uploads.getByLabel('Keep files of finished imports').fill('21')
    await uploads.getByRole('button', { name: 'Save' }).click()
    await alert.getByText('they wrote “55”').waitFor()
    expect(await uploads.getByRole('alert').count(), 'one’s own change is nobody else’s').toBe(0)
    await alert.getByRole('button', { name: 'Keep mine' }).click()
    await save()
    await expect.poll(async () => (await stored()).value.archiveReviewDays).toBe(66)
    await alert.waitFor({ state: 'detached' })
    await visit.close()
  })

  test('a field of an archive that somebody else wrote meanwhile is not overwritten unseen', { timeout: 90_000 }, async () => {
    const visit = await stage().visit()
    const { page } = visit
    const [customer] = await listed<{ id: string }>(page, 'customers?limit=1&sort=name')
    await visit.open(`/customers/${customer!.id}`)
    const origin = { origin: new URL(page.url()).origin }
    const write = async (values: Record<string, string>) => {
      const { version } = (await (await page.request.get(`/api/v1/customers/${customer!.id}`)).json()) as { version: number }
      const answer = await page.request.patch(`/api/v1/customers/${customer!.id}`, { data: { version, values }, headers: origin })
      expect(answer.status()).toBe(200)
    }
    const archive = section(page, 'Archive')
    const edit = async (text: string) => {
      await archive.getByRole('button', { name: 'Edit: City' }).click()
      await archive.getByLabel('City', { exact: true }).fill(text)
    }
    await edit('Porto')
    await write({ country: 'Portugal' })
    await archive.getByRole('button', { name: 'Save' }).click()
    // Another field is no reason to ask.
    await archive.getByText('Porto').waitFor()
    await edit('Braga')
    await write({ city: 'Lisboa' })
    await archive.getByRole('button', { name: 'Save' }).click()
    await archive.getByText('This is what stands there now').waitFor()
    await archive.getByText('Lisboa').waitFor()
    await archive.getByRole('button', { name: 'Save' }).click()
    await archive.getByText('Braga').waitFor()
    await visit.close()
  })
}
