import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aComplaint, asked } from './case-acts.ts'
import type { Stage, Visit } from './product.ts'
import { accessible, act, pick, read, section } from './seen.ts'

const subject = 'The box was opened on its way'

/** A complaint that is not established: judged, read by somebody else who first sees it otherwise, judged anew, agreed to, and answered with tact. */
export function rejected(stage: () => Stage): void {
  test('a complaint is turned down by two, told why, and asks no department for anything', async () => {
    const agent = await stage().visit({ as: 'agent' })
    const address = await aComplaint(agent, subject)
    await agent.open(address)
    await judgeUnfounded(agent, 'The seal was whole when it was handed over')
    await noWayAround(agent, address)
    await readAgain(stage(), address, async (dialog) => {
      await dialog.getByRole('switch', { name: '同意' }).click()
      await dialog.getByLabel('備註').fill('請先看承運人的紀錄')
    })
    // Seen otherwise by the second reader, it is judged again, and nothing of the first judgement stands.
    await agent.open(address)
    await here(agent.page).getByText('Judge validity').waitFor()
    await agent.page.getByText('Judged: is the reason sufficient, the demand reasonable?').waitFor()
    await judgeUnfounded(agent, 'The carrier’s record shows a whole seal')
    await readAgain(stage(), address, async () => {})
    await agent.open(address)
    await act(agent, 'Reply tactfully', async (dialog) => {
      await pick(agent.page, dialog.getByLabel('Channel'), 'Phone')
      await dialog.getByLabel('In words').fill('We understand the worry, and we looked with care: the seal was whole at the door')
    })
    await isOver(agent, address)
    expect(agent.problems).toEqual([])
    await agent.close()
  })
}

const here = (page: Page) => page.locator('li.case-step-here')

async function judgeUnfounded(visit: Visit, why: string): Promise<void> {
  const { page } = visit
  await act(visit, 'Judge', async (dialog) => {
    await pick(page, dialog.getByLabel('Finding'), 'Not established')
    await dialog.getByRole('switch', { name: 'The reason is sufficient' }).click()
    await dialog.getByLabel('Note').fill(why)
  })
  await page.getByText('A second reader agrees').waitFor()
}

/** Whoever judged does not read again, and no department is asked meanwhile. */
async function noWayAround({ page }: Visit, address: string): Promise<void> {
  expect(await page.getByRole('button', { name: 'Second reading', exact: true }).count()).toBe(0)
  const own = await asked(page, address, 'second-reading', { agrees: true, note: null })
  expect([own.status(), await own.json()]).toMatchObject([403, { reason: 'own-decision' }])
  const past = await asked(page, address, 'acceptance', { note: null })
  expect([past.status(), await past.json()]).toMatchObject([409, { reason: 'not-in-this-step' }])
}

/** The second reader on a phone, in 繁體中文. */
async function readAgain(stage: Stage, address: string, fill: Parameters<typeof act>[2]): Promise<void> {
  const visit = await stage.visit({ as: 'supervisor', language: 'zh-TW', width: 390 })
  await visit.open(address)
  await act(
    visit,
    '複核',
    async (dialog) => {
      await fill(dialog)
      await accessible(visit, '.ant-modal')
    },
    '儲存',
  )
  expect(visit.problems).toEqual([])
  await visit.close()
}

/** Closed at the second step: nobody was asked for a cause, a remedy or a payment, and the log keeps both judgements. */
async function isOver({ page }: Visit, address: string): Promise<void> {
  await page.locator('.page-about').getByText('Closed').waitFor()
  expect(await page.locator('.case-step-done').count()).toBe(2)
  const found = section(page, 'What was found and done')
  expect(await read(found)).toMatch(/Not established[\s\S]*The carrier’s record[\s\S]*we looked with care/)
  const log = await read(section(page, 'Everything that happened'))
  expect(log.match(/\bJudged\b/g)).toHaveLength(2)
  const late = await asked(page, address, 'routing', { departmentId: null, personId: null, note: null, shares: [] })
  expect(late.ok()).toBe(false)
  expect((await (await page.request.get(`/api/v1${address}`)).json()) as object).toMatchObject({
    state: 'closed',
    step: 'validity',
    departmentId: null,
    remedyMinor: 0,
  })
}
