import { expect, test } from 'vitest'
import type { Stage } from './product.ts'
import { accessible, listed, section } from './seen.ts'

/** Two who work on the same at the same time: the other one writes over the API while a form is open. */
export function together(stage: () => Stage): void {
  test('what somebody else saved meanwhile stands beside what was typed, field by field', async () => {
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

  test('a setting that somebody else saved meanwhile keeps what was typed, whether the save is refused or not', async () => {
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

  test('what is kept under a name that somebody else has saved meanwhile is compared, field by field', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/customers?tier=gold')
    const origin = { origin: new URL(page.url()).origin }
    type Kept = { name: string; version: number; definition: { query: Record<string, string>; columns: string[] } }
    const kept = async () => (await listed<Kept>(page, 'customer-views')).find(({ name }) => name === 'Morning list')
    await page.getByRole('button', { name: 'Saved views' }).click()
    const name = page.getByLabel('Name of this view')
    const views = page.locator('.list-views')
    const save = () => views.getByRole('button', { name: 'Save', exact: true }).click()
    await name.fill('Morning list')
    await save()
    await views.getByRole('button', { name: 'Morning list', exact: true }).waitFor()
    const definition = { query: { tier: 'platinum', sort: 'profit' }, columns: ['name', 'profit'] }
    const other = await page.request.post('/api/v1/customer-views', {
      data: { name: 'Morning list', version: 1, definition },
      headers: origin,
    })
    expect(other.status()).toBe(200)
    await name.fill('Morning list')
    await save()
    const said = views.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' })
    const about = (text: string) => said.getByRole('listitem').filter({ hasText: text })
    await about('they wrote “platinum”').getByRole('button', { name: 'Take theirs' }).click()
    await about('they wrote “profit”').getByRole('button', { name: 'Take theirs' }).click()
    await about('Columns').getByRole('button', { name: 'Keep mine' }).click()
    await save()
    await said.waitFor({ state: 'detached' })
    const stored = (await kept())!
    expect([stored.version, stored.definition.query]).toEqual([3, { tier: 'platinum', sort: 'profit' }])
    expect(stored.definition.columns.length).toBeGreaterThan(2)
    expect(visit.problems.filter((problem) => !problem.includes('409'))).toEqual([])
    await visit.close()
  })

  test('rules for staff and the sheet on oneself are compared as well, and nothing is published while something is undecided', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/case-setup?part=staff')
    const origin = { origin: new URL(page.url()).origin }
    interface Rules {
      readonly version: number
      readonly points: Readonly<Record<string, number>>
      readonly mostBasisPoints: number | null
    }
    const newest = async () => {
      const { versions } = (await (await page.request.get('/api/v1/staff-rules')).json()) as { versions: readonly [Rules] }
      return versions[0]
    }
    const idea = page.getByLabel('Had an idea')
    await idea.fill('31')
    const { madeAt: _at, madeBy: _by, ...before } = (await newest()) as Rules & { madeAt: unknown; madeBy: unknown }
    const data = { ...before, mostBasisPoints: 1_250, points: { ...before.points, idea: 7 } }
    expect((await page.request.put('/api/v1/staff-rules', { data, headers: origin })).status()).toBe(200)
    const publish = page.getByRole('button', { name: 'Publish' })
    await publish.click()
    const said = page.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' })
    await said.getByText(/Had an idea 7/).waitFor()
    await said.getByText(/Taken over, because you had not changed it: At most/).waitFor()
    expect(await publish.isDisabled()).toBe(true)
    await accessible(visit, 'main')
    await said.getByRole('button', { name: 'Keep mine' }).click()
    await publish.click()
    await expect.poll(async () => (await newest()).points.idea).toBe(31)
    expect((await newest()).mostBasisPoints).toBe(1_250)
    await said.waitFor({ state: 'detached' })

    await visit.open('/cases/self-assessment')
    const month = new Date().toISOString().slice(0, 7)
    const own = (await (await page.request.get('/api/v1/case-self-assessment')).json()) as {
      readonly items: readonly { key: string }[]
      readonly months: readonly { month: string; version: number }[]
    }
    const version = own.months.find((one) => one.month.startsWith(month))?.version ?? 0
    await page.getByLabel('Note').fill('A calm month')
    const sheet = { version, items: own.items.map(({ key }) => ({ key, points: 3 })), note: 'A wild month' }
    expect((await page.request.put(`/api/v1/case-self-assessment/${month}`, { data: sheet, headers: origin })).status()).toBe(200)
    const save = page.getByRole('button', { name: 'Save' })
    await save.click()
    await said.getByText('they wrote “A wild month”').waitFor()
    expect(await save.isDisabled()).toBe(true)
    await said.getByRole('button', { name: 'Keep mine' }).click()
    await save.click()
    await said.waitFor({ state: 'detached' })
    expect(visit.problems.filter((problem) => !problem.includes('409'))).toEqual([])
    await visit.close()
  })

  test('a field of an archive that somebody else wrote meanwhile is not overwritten unseen', async () => {
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

  test('what a role may do is saved with what a colleague gave meanwhile, and where both changed the same, one is asked', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/roles')
    const origin = { origin: new URL(page.url()).origin }
    type Scope = 'own' | 'team' | 'all' | null
    const stored = async () => {
      const { roles } = (await (await page.request.get('/api/v1/organization/roles')).json()) as {
        roles: { name: string; permissions: Record<string, Scope> }[]
      }
      return roles.find(({ name }) => name === 'agent')!.permissions
    }
    const give = async (right: string, scope: Scope) => {
      const before = { agent: { [right]: (await stored())[right] ?? null } }
      const data = { before, after: { agent: { [right]: scope } } }
      expect((await page.request.patch('/api/v1/organization/roles', { data, headers: origin })).status()).toBe(200)
    }
    const cell = (permission: string) => page.getByLabel(`Service agent: ${permission}`, { exact: true })
    const was = await stored()
    await cell('Change customers').selectOption('own')
    await give('orders.read', 'team')
    await give('customers.write', 'team')
    await page.getByRole('button', { name: 'Save changes' }).click()
    const said = page.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' })
    await said.getByText(/Taken over, because you had not changed it: Service agent/).waitFor()
    await said.getByText('they wrote “team”').waitFor()
    await accessible(visit, '.page')
    await said.getByRole('button', { name: 'Keep mine' }).click()
    await visit.settle()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await expect.poll(async () => (await stored())['customers.write']).toBe('own')
    expect(await stored()).toEqual({ ...was, 'customers.write': 'own', 'orders.read': 'team' })
    await said.waitFor({ state: 'detached' })
    for (const right of ['customers.write', 'orders.read']) await give(right, was[right] ?? null)
    await visit.close()
  })

  test('a product that is entered and turns out to be there stands beside what was typed', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/products')
    const origin = { origin: new URL(page.url()).origin }
    const data = { code: 'TOGETHER', before: {}, name: 'Their name', unitCost: '3' }
    expect((await page.request.post('/api/v1/products', { data, headers: origin })).status()).toBe(200)
    await page.getByRole('button', { name: 'Add a product' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a product' })
    await dialog.getByLabel('Code').fill('TOGETHER')
    await dialog.getByLabel('Name').fill('My name')
    await dialog.getByRole('button', { name: 'Save' }).click()
    const said = dialog.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' })
    await said.getByText('they wrote “Their name”').waitFor()
    await said.getByText(/Taken over, because you had not changed it: Unit cost/).waitFor()
    await said.getByRole('button', { name: 'Take theirs' }).click()
    await visit.settle()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const [product] = await listed<{ code: string }>(page, 'products?search=TOGETHER')
    expect(product).toEqual({ code: 'TOGETHER', name: 'Their name', category: null, unitCost: '3' })
    await visit.close()
  })

  test('a segment that somebody else wrote meanwhile is compared in words', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/segments')
    const origin = { origin: new URL(page.url()).origin }
    const where = (values: string[]) => ({ match: 'all', groups: [{ match: 'all', conditions: [{ column: 'city', is: 'in', values }] }] })
    const values = { name: 'By the river', definition: where(['Porto']), shared: false }
    const made = await page.request.post('/api/v1/customer-segments', { data: values, headers: origin })
    const { id } = (await made.json()) as { id: string }
    await page.reload()
    const row = page.locator('tr').filter({ hasText: 'By the river' })
    await row.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Name', { exact: true }).fill('By the sea')
    const data = { ...values, version: 1, name: 'On the coast', definition: where(['Lisboa']) }
    expect((await page.request.put(`/api/v1/customer-segments/${id}`, { data, headers: origin })).status()).toBe(200)
    await page.getByRole('button', { name: 'Save' }).click()
    const said = page.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' })
    await said.getByText('they wrote “On the coast”').waitFor()
    await said.getByText(/Taken over, because you had not changed it: Means/).waitFor()
    await said.getByRole('button', { name: 'Keep mine' }).click()
    await visit.settle()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(async () => (await listed<{ id: string }>(page, 'customer-segments')).find((one) => one.id === id))
      .toMatchObject({ name: 'By the sea', definition: where(['Lisboa']), version: 3 })
    await page.request.delete(`/api/v1/customer-segments/${id}`, { data: { version: 3 }, headers: origin })
    await visit.close()
  })

  test('an own field that somebody else wrote meanwhile is compared where it stands', async () => {
    const visit = await stage().visit()
    const { page } = visit
    const [customer] = await listed<{ id: string }>(page, 'customers?limit=1&sort=name')
    await visit.open('/')
    const origin = { origin: new URL(page.url()).origin }
    const settings = '/api/v1/organization/settings'
    const key = 'customers.own-fields'
    const define = async (fields: unknown) => {
      const found = (await (await page.request.get(settings)).json()) as { settings: { key: string; version: number }[] }
      const { version } = found.settings.find((one) => one.key === key)!
      expect((await page.request.put(`${settings}/${key}`, { data: { version, value: { fields } }, headers: origin })).status()).toBe(200)
    }
    const names = { en: 'Favourite tea', 'zh-CN': '喜欢的茶', 'zh-TW': '喜歡的茶' }
    const field = { id: crypto.randomUUID(), names, type: 'text', required: false, inList: false, choices: [], removed: false }
    await define([field])
    await visit.open(`/customers/${customer!.id}`)
    await page.getByText(/^Extended \d+%$/).click()
    await page.getByRole('button', { name: 'Edit: Favourite tea' }).click()
    await page.getByLabel('Favourite tea', { exact: true }).fill('Longjing')
    const data = { before: {}, values: { [field.id]: 'Tieguanyin' } }
    expect((await page.request.patch(`/api/v1/customers/${customer!.id}/own-values`, { data, headers: origin })).status()).toBe(200)
    const group = page.locator('.customer-field').filter({ hasText: 'Favourite tea' })
    await group.getByRole('button', { name: 'Save' }).click()
    const said = group.getByRole('alert').filter({ hasText: 'Somebody else saved this meanwhile' })
    await said.getByText('they wrote “Tieguanyin”').waitFor()
    await said.getByRole('button', { name: 'Keep mine' }).click()
    await visit.settle()
    await group.getByRole('button', { name: 'Save' }).click()
    await group.getByText('Longjing').waitFor()
    await define([])
    await visit.close()
  })
}
