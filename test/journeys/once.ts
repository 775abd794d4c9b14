import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Stage, Visit } from './product.ts'
import { accessible, pick, read, section } from './seen.ts'

const colour = {
  id: '0198c0de-0000-7000-8000-00000000c010',
  names: { en: 'Favourite colour', 'zh-CN': '', 'zh-TW': '' },
  type: 'choice',
  required: false,
  inList: false,
  choices: ['green', 'black'].map((key) => ({ key, names: { en: key === 'green' ? 'Green' : 'Black', 'zh-CN': '', 'zh-TW': '' } })),
  removed: false,
}

/** Somebody stands there twice without any search having noticed: many at once, merged by hand, taken away as a file. */
export function once(stage: () => Stage): void {
  test('two archives that nobody has paired are merged, with own fields and without losing an address', async () => {
    const visit = await stage().visit()
    const { page } = visit
    await visit.open('/customers')
    const send = async (method: 'post' | 'put' | 'patch', path: string, data: object): Promise<{ id: string }> => {
      const headers = { origin: new URL(page.url()).origin, 'idempotency-key': crypto.randomUUID() }
      const answer = await page.request[method](`/api/v1/${path}`, { data, headers })
      expect([path, answer.status()]).toEqual([path, 200])
      return (await answer.json()) as { id: string }
    }
    const { settings } = (await (await page.request.get('/api/v1/organization/settings')).json()) as {
      settings: { key: string; version: number; value: { fields: object[] } }[]
    }
    const { version, value: own } = settings.find(({ key }) => key === 'customers.own-fields')!
    await send('put', 'organization/settings/customers.own-fields', { version, value: { fields: [...own.fields, colour] } })
    const kept = await send('post', 'customers', { values: { name: 'Orchid Teahouse', email: 'orchid@example.com' } })
    const gone = await send('post', 'customers', { values: { name: 'Lotus Room', email: 'lotus@example.com' } })
    for (const [{ id }, value] of [
      [kept, 'green'],
      [gone, 'black'],
    ] as const)
      await send('patch', `customers/${id}/own-values`, { before: {}, values: { [colour.id]: value } })

    await mergeByHand(visit, kept.id)
    const contact = section(page, 'Ways to reach')
    expect(await read(contact)).toMatch(/lotus@example\.com[\s\S]*orchid@example\.com|orchid@example\.com[\s\S]*lotus@example\.com/)
    await section(page, 'Archive')
      .getByText(/^Extended/)
      .click()
    await section(page, 'Archive').getByText('Favourite colour').waitFor()
    expect(await read(section(page, 'Archive'))).toMatch(/Favourite colour\s+Black/)

    await changeMany(visit)
    await visit.open('/customers?q=Orchid%20Teahouse')
    await page.getByRole('button', { name: 'Export' }).click()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Every column (CSV)' }).click()])
    const [head, row] = readFileSync(await file.path(), 'utf8').split('\r\n')
    expect(head).toContain('Expects after purchase')
    expect(row).toContain('lotus@example.com')
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}

async function mergeByHand(visit: Visit, id: string): Promise<void> {
  const { page } = visit
  await visit.open(`/customers/${id}`)
  await page.getByRole('button', { name: 'Merge with…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Merge with…' })
  await dialog.getByLabel('The other archive').pressSequentially('Lotus')
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').getByText('Lotus Room').click()
  await accessible(visit, '.ant-modal')
  await dialog.getByRole('button', { name: 'Compare' }).click()
  await page.waitForURL(/\/merge\//)
  await page.getByText('An address or number that is not chosen is kept').waitFor()
  await page
    .getByRole('group', { name: 'E-mail' })
    .getByRole('radio', { name: /lotus@example\.com/ })
    .check()
  await page.getByRole('group', { name: 'Favourite colour' }).getByRole('radio', { name: /Black/ }).check()
  await page.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.waitForURL(new RegExp(`/customers/${id}$`))
  await visit.settle()
}

/** An own field of everybody whom the list shows, set and taken back. */
async function changeMany(visit: Visit): Promise<void> {
  const { page } = visit
  await visit.open('/customers?q=Orchid%20Teahouse')
  await page.getByRole('button', { name: 'Change all of these' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change all of these' })
  await pick(page, dialog.getByLabel('What happens'), 'Set a field of your own')
  await pick(page, dialog.getByLabel('Field'), 'Favourite colour')
  await pick(page, dialog.getByLabel('Favourite colour'), 'Green')
  await accessible(visit, '.ant-modal')
  await dialog.getByRole('button', { name: 'Change', exact: true }).click()
  await dialog.getByText('1 changed.').waitFor()
  await dialog.getByRole('button', { name: /Undo|Take back/ }).click()
}
