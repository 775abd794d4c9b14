import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Stage } from './product.ts'
import { accessible, listed, section } from './seen.ts'

/** Helping people who call, with keys alone, and seeing afterwards how well it was done. */
export function desk(stage: () => Stage): void {
  test('a simple complaint is recorded with keys alone, in less than a minute', async () => {
    const agent = await stage().visit({ as: 'agent' })
    const { page } = agent
    const { keyboard } = page
    await agent.open('/')
    const caller = await firstCaller(page)
    const from = Date.now()
    await keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await keyboard.type('Help somebody')
    await page.getByRole('option', { name: /Help somebody/ }).waitFor()
    await keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Who is it?' }).waitFor()
    await chosen(page, caller.name, caller.name)
    // Once it is said who calls, the keyboard stands at what it is about.
    await expect.poll(() => focused(page)).toMatch(/^Kind and reason/)
    await chosen(page, 'freight · dam', 'damage')
    await keyboard.press('Tab')
    await keyboard.type('Two of ten jars arrived broken. They want new ones.')
    await keyboard.press('Tab')
    await chosen(page, 'Exchange', 'Exchange')
    await keyboard.press('Tab')
    await chosen(page, 'Angry', 'Angry')
    await keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: /^Recorded as \d{4}-\d{6}$/ }).waitFor()
    const seconds = (Date.now() - from) / 1000
    expect(seconds).toBeLessThan(60)
    await expect.poll(() => focused(page)).toBe('Help the next')

    const { items } = (await (await page.request.get(`/api/v1/customers/${caller.id}/cases?limit=1`)).json()) as {
      items: readonly { id: string }[]
    }
    const answer = await page.request.get(`/api/v1/cases/${items[0]!.id}`)
    expect(await answer.json()).toMatchObject({
      kind: 'complaint',
      record: {
        subject: 'Two of ten jars arrived broken. They want new ones.',
        category: 'freight',
        reason: 'damage',
        channel: 'phone',
        severity: 3,
        mood: 'angry',
        target: { kind: 'company' },
        demand: { kind: 'exchange' },
      },
    })

    // The first action is ticked with the keyboard, too, and the next one opens.
    const guide = section(page, 'Six actions at the desk')
    await guide.getByRole('button', { name: /^Let the customer let off steam/ }).focus()
    await keyboard.press('Enter')
    await guide.getByRole('button', { name: /^Show that you understand|^Show/ }).waitFor()

    // A reply is mended while it is written, and a template brings what the case tells.
    await page.getByRole('button', { name: 'Acknowledge' }).press('Enter')
    const dialog = page.getByRole('dialog')
    const text = dialog.getByRole('textbox', { name: 'In words' })
    // In the language of the customer, whatever whoever helps reads.
    await text.fill('是的，但是这是公司的规定。')
    await dialog
      .getByRole('button', { name: /^Write instead: / })
      .first()
      .press('Enter')
    await expect.poll(() => text.inputValue()).not.toContain('但是')
    await text.fill('')
    await dialog.getByRole('combobox', { name: 'Insert a template' }).press('ArrowDown')
    await page.locator('.ant-select-item-option').first().waitFor()
    await keyboard.press('Enter')
    await expect.poll(() => text.inputValue()).toContain(caller.name)
    await accessible(agent, '.ant-modal')
    await dialog.getByRole('button', { name: 'Save' }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    expect(agent.problems).toEqual([])
    await agent.close()

    const above = await stage().visit({ as: 'supervisor' })
    await above.open(`/cases/${items[0]!.id}`)
    await section(above.page, 'Quality of service').getByRole('button', { name: 'Judge the quality' }).click()
    const sheet = above.page.getByRole('dialog')
    for (const right of ['Right customer', 'Right channel and way', 'Right want, met', 'Right time', 'Right place', 'Right price'])
      await sheet.getByRole('radiogroup', { name: right }).getByText('Met', { exact: true }).click()
    await sheet.getByRole('radiogroup', { name: 'Right product or service' }).getByText('Not met', { exact: true }).click()
    const manners = [
      'Respect and attention',
      'Solved before asking whose fault',
      'The customer at the centre',
      'Quick response',
      'Lasting quality',
    ]
    for (const manner of manners) await sheet.getByRole('radiogroup', { name: manner }).getByText('5', { exact: true }).click()
    await accessible(above, '.ant-modal')
    await sheet.getByRole('button', { name: 'Save' }).click()
    await section(above.page, 'Quality of service').getByText('7R not met').waitFor()
    await above.open('/cases/quality')
    await above.page
      .getByRole('row', { name: /Right product or service/ })
      .getByText('0 / 1')
      .waitFor()
    expect(above.problems).toEqual([])
    await above.close()
  })

  test('whoever lacks experience hands over, and a conversation keeps what was done before it is recorded', async () => {
    const agent = await stage().visit({ as: 'agent', width: 390 })
    const { page } = agent
    await agent.open('/')
    const [caller] = await listed<{ id: string }>(page, 'customers?limit=1')
    await agent.open(`/desk?customer=${caller!.id}`)
    const helps = section(page, 'What helps in this conversation')
    await helps.getByRole('button', { name: 'Use it: Calm the anger' }).waitFor()
    await page.getByRole('combobox', { name: /How do they feel/ }).focus()
    await chosen(page, 'misunder', /Misunderstands/)
    await helps.getByText('Hand over to somebody experienced').waitFor()
    await helps.getByRole('button', { name: 'Use it: Calm the anger' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^Listen/).fill('The tin looked bigger')
    await dialog.getByLabel(/^State your position/).fill('We look at the picture')
    await dialog.getByLabel(/^Promise/).fill('A call')
    await dialog.getByRole('button', { name: 'Save' }).press('Enter')
    await dialog.getByText('Please fill in: By when?').waitFor()
    await dialog.getByLabel('By when?', { exact: true }).fill('2099-03-11')
    await accessible(agent, '.ant-modal')
    await dialog.getByRole('button', { name: 'Save' }).press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await helps.getByText('Used in this case: Calm the anger').waitFor()
    await page.getByText('Suggestion', { exact: true }).click()
    await page.getByLabel('In the customer’s words').fill('Show the size beside a hand')
    await page.getByRole('button', { name: /^Record/ }).click()
    await page.getByRole('heading', { name: /^Recorded as/ }).waitFor()
    await helps.getByText('The tin looked bigger').waitFor()
    expect(agent.problems).toEqual([])
    await agent.close()
  })
}

/** Types into the list that has the keyboard, walks to what is meant, and takes it. */
async function chosen(page: Page, typed: string, choice: string | RegExp): Promise<void> {
  await page.keyboard.type(typed)
  const open = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
  await open.locator('.ant-select-item-option').filter({ hasText: choice }).first().waitFor()
  const active = open.locator('.ant-select-item-option-active').filter({ hasText: choice })
  for (let steps = 0; steps < 5 && (await active.count()) === 0; steps++) await page.keyboard.press('ArrowDown')
  await active.first().waitFor()
  await page.keyboard.press('Enter')
  // A list that is still closing would take the next key for itself.
  await open.first().waitFor({ state: 'hidden' })
}

/** What the place that has the keyboard is called. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    interface Place {
      readonly id: string
      readonly innerText: string
      getAttribute(name: string): string | null
    }
    const { document } = globalThis as unknown as {
      document: { activeElement: Place | null; querySelector(selector: string): Place | null }
    }
    const place = document.activeElement
    if (!place) return ''
    const label = place.id === '' ? null : document.querySelector(`label[for="${place.id}"]`)
    return (place.getAttribute('aria-label') ?? label?.innerText ?? place.innerText).trim()
  })

/** Somebody who speaks Chinese and has never complained: a second complaint on the same matter would be graver. */
async function firstCaller(page: Page): Promise<{ readonly id: string; readonly name: string }> {
  for (const { id } of await listed<{ id: string }>(page, 'customers?limit=100')) {
    const { values } = (await (await page.request.get(`/api/v1/customers/${id}`)).json()) as {
      values: { name: string; language: string | null }
    }
    const isFirst = (await listed(page, `customers/${id}/cases?limit=1`)).length === 0
    if (values.language === 'zh-CN' && isFirst) return { id, name: values.name }
  }
  throw new Error('Everybody of the demo has complained')
}
