import { expect, test } from 'vitest'
import { axe } from '#test/browser.ts'
import { told } from './case-acts.ts'
import type { Stage, Visit } from './product.ts'
import { accessible, act, listed, pick, section } from './seen.ts'

const unfounded = {
  ...{ admissible: true, reasonSufficient: false, demandReasonable: false, finding: 'unfounded' },
  ...{ note: 'The seal was whole', evidence: [] },
}
const changes = {
  ...{ category: 'freight', reason: 'damage', target: { kind: 'company', name: null, userId: null, departmentId: null } },
  demand: { kind: 'exchange', text: null, amountMinor: null },
}

/** A complaint that two people turned down: its customer asks on a phone for other eyes, somebody who took no part sees it otherwise, and it goes on. `shot` keeps what was seen. */
export function appealed(
  stage: () => Stage,
  shot: (page: { screenshot(how: object): Promise<unknown> }, name: string) => Promise<void> = async () => {},
): void {
  test('a customer whose complaint is turned down appeals by the private link, another person judges, and it is overturned', async () => {
    const customer = await stage().visit({ as: 'nobody', language: 'zh-TW', width: 390 })
    const { page } = customer
    await page.goto('/p/complaint')
    await page.getByLabel('發生了什麼事？').fill('包裹送到時封條已經破了')
    await page.getByLabel('您的姓名').fill('陳先生')
    await page.getByLabel('電子信箱').fill('chen.appeals@example.com')
    await page.waitForTimeout(2100)
    await page.getByRole('button', { name: '送出投訴' }).click()
    await page.getByText('我們收到了。').first().waitFor()

    const agent = await stage().visit({ as: 'agent' })
    const [newest] = await listed<{ id: string }>(agent.page, 'cases?queue=all&limit=1')
    const address = `/cases/${newest!.id}`
    await turnedDown(stage(), agent, address)

    await page.reload()
    const disagrees = page.locator('#appeal')
    await disagrees.getByText('如果您不同意', { exact: true }).waitFor()
    await disagrees.getByText('• 消費者協會').waitFor()
    expect(await axe(page)).toEqual([])
    await shot(page, 'customer-route')
    await disagrees.getByLabel('哪裡不對？').fill('我有開箱照片，封條確實破了')
    await disagrees.getByRole('button', { name: '提交申訴' }).click()
    await page.getByText('重新審理期限').waitFor()
    await shot(page, 'customer-appealed')

    // Taken back with one tick, and asked for anew.
    const back = page.locator('details', { hasText: '撤回申訴' })
    await back.locator('summary').click()
    expect(await axe(page)).toEqual([])
    await shot(page, 'customer-takes-back')
    await back.getByLabel('我不再要求重新審理，原答覆維持不變').check()
    await back.getByRole('button', { name: '撤回申訴' }).click()
    await page.getByText('您撤回了申訴').waitFor()
    await shot(page, 'customer-took-back')
    await disagrees.getByLabel('哪裡不對？').fill('還是請再看一次照片')
    await disagrees.getByRole('button', { name: '提交申訴' }).click()
    await page.getByText('重新審理期限').waitFor()

    // Neither of the two who turned it down may judge it.
    const reader = await stage().visit({ as: 'supervisor' })
    await reader.open(address)
    await section(reader.page, 'Appeals and bodies outside').getByText('You took part in the answer').waitFor()
    expect(await reader.page.getByRole('button', { name: 'Judge the appeal' }).count()).toBe(0)
    await shot(reader.page, 'staff-may-not')

    const judge = await stage().visit({ as: 'administrator' })
    await judge.open('/case-contests?of=all')
    await accessible(judge, 'main')
    await shot(judge.page, 'staff-list')
    await judge.page.getByText('包裹送到時封條已經破了').first().click()
    await section(judge.page, 'Appeals and bodies outside').getByText('Taken back by the customer').waitFor()
    await section(judge.page, 'Appeals and bodies outside').getByText('還是請再看一次照片').waitFor()
    await judge.page.getByRole('button', { name: 'Record that they take it back' }).click()
    await judge.page.getByRole('dialog').getByLabel('Note').waitFor()
    await accessible(judge, '.ant-modal')
    await shot(judge.page, 'staff-takes-back')
    await judge.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await act(judge, 'Judge the appeal', async (dialog) => {
      await pick(judge.page, dialog.getByLabel('What comes of it'), 'Upheld')
      await dialog.getByLabel('The reasons, as the customer reads them').fill('照片看得清楚，您說得對')
      await accessible(judge, '.ant-modal')
      await shot(judge.page, 'staff-judges')
    })
    await judge.page.locator('li.case-step-here').getByText('Judge validity').waitFor()
    await shot(judge.page, 'staff-upheld')

    await page.reload()
    await page.locator('#now').getByText('照片看得清楚，您說得對').waitFor()
    await page.getByText('您的申訴成立').waitFor()
    await shot(page, 'customer-upheld')
    const problems = [customer, agent, reader, judge].flatMap((visit) => visit.problems)
    expect(problems).toEqual([])
    for (const visit of [customer, agent, reader, judge]) await visit.close()
  })
}

/** Judged, read again by somebody else, and answered on the screen: where else to turn is filled in. */
async function turnedDown(stage: Stage, agent: Visit, address: string): Promise<void> {
  const { version } = (await (await agent.page.request.get(`/api/v1${address}`)).json()) as { version: number }
  const corrected = await agent.page.request.patch(`/api/v1${address}`, { data: { version, changes } })
  if (!corrected.ok()) throw new Error(await corrected.text())
  await told(agent.page, address, 'judgement', unfounded)
  const reader = await stage.visit({ as: 'supervisor' })
  await told(reader.page, address, 'second-reading', { agrees: true, note: null })
  await reader.close()
  await agent.open(address)
  await act(agent, 'Reply tactfully', async (dialog) => {
    expect(await dialog.getByLabel('Where they can turn to if they do not agree').inputValue()).toContain('消費者協會')
    await dialog.getByLabel('In words').fill('我們仔細看過，封條是完整的')
  })
}
