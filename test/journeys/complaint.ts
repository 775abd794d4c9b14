import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { withTransaction } from '#platform/database/connection.ts'
import type { Stage, Visit } from './product.ts'
import { accessible, act, listed, pick, read, section, withoutRoutes } from './seen.ts'

const department = '运输部'
const subject = 'Two of ten jars arrived broken'

/** A freight complaint from the telephone to the proof that its cause is gone, by four people: whoever takes it, the department, the leader, and whoever took it again. */
export function complaint(stage: () => Stage): void {
  test('a freight complaint goes through its eight steps, in the hands of those whose step it is', async () => {
    await makeDepartment(stage())
    const agent = await stage().visit({ as: 'agent' })
    const address = await record(agent)
    await judge(agent)
    await give(agent)
    await noShortcut(agent, address)
    await findOut(stage(), address)
    await instruct(stage(), address)
    await carryOut(agent, address)
    await review(stage(), agent, address)
    await lookBack(agent, address)
    expect(agent.problems).toEqual([])
    await agent.close()
  })
}

async function makeDepartment(stage: Stage): Promise<void> {
  const { page, open, close } = await stage.visit()
  await withoutRoutes(page, 'freight')
  await open('/departments')
  await page.getByRole('button', { name: 'Add a department' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a department' })
  await dialog.getByLabel('Name').fill(department)
  await pick(page, dialog.getByLabel('Head'), 'Noa Field')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await close()
}

const here = (page: Page) => page.locator('li.case-step-here')

/** From the customer’s page, with a picture; the customer is told that it is looked at, and helped before anybody asks whose fault it was. */
async function record(visit: Visit): Promise<string> {
  const { page } = visit
  const [customer] = await listed<{ id: string; name: string }>(page, 'customers?limit=1')
  await visit.open(`/customers/${customer!.id}`)
  await section(page, 'Cases').getByRole('link', { name: 'Record a complaint' }).click()
  await page.getByRole('heading', { name: 'New case' }).waitFor()
  await visit.settle()
  await page.getByLabel('Subject').fill(subject)
  await page.getByLabel('What happened').fill('Two of the ten jars were broken, and the box was wet.')
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  // What is missing is said at the fields; nothing is sent.
  await page
    .getByText('Please fill in: Category')
    .or(page.getByText(/Category.*needed|needed.*Category/i))
    .first()
    .waitFor()
  await pick(page, page.getByLabel('Category'), 'Freight')
  await pick(page, page.getByLabel('Reason'), 'Damage')
  await pick(page, page.getByLabel('Aimed at'), 'The company')
  await pick(page, page.getByLabel('What the customer asks for'), 'Exchange')
  const file = { name: 'jars.txt', mimeType: 'text/plain', buffer: Buffer.from('A picture of two jars') }
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByText('jars.txt').waitFor()
  await accessible(visit, 'main')
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
  await page.getByRole('heading', { level: 1, name: subject }).waitFor()
  await visit.settle()
  expect(await read(here(page))).toMatch(/Record/)
  await page.getByRole('button', { name: /jars\.txt/ }).waitFor()
  await act(visit, 'Help first', (dialog) => dialog.getByLabel('In words').fill('Two jars sent at once'))
  await act(visit, 'Acknowledge', (dialog) => dialog.getByLabel('In words').fill('We look into it and call tomorrow'))
  await here(page).getByText('Judge validity').waitFor()
  return new URL(page.url()).pathname
}

async function judge(visit: Visit): Promise<void> {
  const { page } = visit
  await act(visit, 'Judge', async (dialog) => {
    await pick(page, dialog.getByLabel('Finding'), 'Founded')
    await dialog.getByLabel('Evidence, one on each line').fill('The picture')
  })
  await here(page).getByText('Responsible department').waitFor()
}

async function give(visit: Visit): Promise<void> {
  const { page } = visit
  await act(visit, 'Choose the department', (dialog) => pick(page, dialog.getByLabel('Department'), department))
  // It is for the department to accept it.
  await page.getByText('Given to a department').waitFor()
  await page.getByText(`${department} has to accept it.`).waitFor()
  await accessible(visit, 'main')
}

/** Nothing of a later step is offered, and none is taken from whoever asks all the same. */
async function noShortcut({ page }: Visit, address: string): Promise<void> {
  for (const name of ['Accept', 'Decide on it', 'Carried out'])
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
  const { version } = (await (await page.request.get(`/api/v1${address}`)).json()) as { version: number }
  const post = (resource: string, data: object) => page.request.post(`/api/v1${address}/${resource}`, { data: { version, ...data } })
  const refused = await post('execution', { note: 'Done already', fileIds: [], accepted: true })
  expect([refused.status(), await refused.json()]).toMatchObject([409, { reason: 'not-in-this-step' }])
  const foreign = await post('acceptance', { note: null })
  expect([foreign.status(), await foreign.json()]).toMatchObject([403, { reason: 'not-yours' }])
  expect((await (await page.request.get(`/api/v1${address}`)).json()) as object).toMatchObject({ version, step: 'department' })
}

/** The department on a phone, in Chinese: it is theirs, why it happened, who it was, and what should be done. */
async function findOut(stage: Stage, address: string): Promise<void> {
  const visit = await stage.visit({ as: 'department', language: 'zh-CN', width: 390 })
  const { page } = visit
  await visit.open('/cases')
  await page.getByText('本部门', { exact: true }).click()
  await page.getByRole('link', { name: subject }).click()
  await page.waitForURL(`**${address}`)
  await visit.settle()
  expect(await read(here(page))).toContain('确定责任部门')
  await act(visit, '接受', async () => {}, '保存')
  await here(page).getByText('分析原因').waitFor()
  await act(
    visit,
    '填写原因',
    async (dialog) => {
      await dialog.getByLabel('具体原因').fill('五月起换用较薄的纸箱')
      const whys = dialog.locator('.case-whys input')
      await whys.first().fill('旧纸箱断货')
      await whys.first().press('Enter')
      await whys.nth(1).fill('没有人问过打包的同事')
      await accessible(visit, '.ant-modal')
    },
    '保存',
  )
  await act(
    visit,
    '分清责任',
    async (dialog) => {
      await dialog.getByLabel('直接责任者').waitFor()
      await dialog.getByRole('switch', { name: '无个人责任' }).click()
      await dialog.getByLabel('直接责任者').waitFor({ state: 'detached' })
    },
    '保存',
  )
  await here(page).getByText('提出方案').waitFor()
  await act(
    visit,
    '提出方案',
    async (dialog) => {
      await dialog.getByLabel('费用').fill('40')
      await dialog.getByLabel('理由').fill('客户要求换货，库存充足')
    },
    '保存',
  )
  await here(page).getByText('主管批示').waitFor()
  await page.getByText('由其他人完成。').waitFor()
  await accessible(visit, 'main')
  expect(visit.problems).toEqual([])
  await visit.close()
}

/** The leader approves it with another sum. */
async function instruct(stage: Stage, address: string): Promise<void> {
  const visit = await stage.visit({ as: 'supervisor' })
  const { page } = visit
  await visit.open(address)
  await expect.poll(() => read(section(page, 'What was found and done')), { timeout: 30_000 }).toContain('Exchange $40.00')
  await act(visit, 'Decide on it', async (dialog) => {
    await pick(page, dialog.getByLabel('Decision'), 'Approved with changes')
    await dialog.getByLabel('Cost').fill('50')
    await dialog
      .getByLabel('How the loss is recovered (optional)')
      .or(dialog.getByLabel('How the loss is recovered'))
      .first()
      .fill('From the carrier')
    await accessible(visit, '.ant-modal')
  })
  await here(page).getByText('Execute').waitFor()
  expect(visit.problems).toEqual([])
  await visit.close()
}

async function carryOut(visit: Visit, address: string): Promise<void> {
  const { page } = visit
  await visit.open(address)
  await expect.poll(() => read(section(page, 'What was found and done')), { timeout: 30_000 }).toContain('Exchange $50.00')
  await act(visit, 'Carried out', async (dialog) => {
    await dialog.getByLabel('What was done, with proof').fill('Ten new jars are with the customer')
    const receipt = { name: 'receipt.txt', mimeType: 'text/plain', buffer: Buffer.from('Signed') }
    await dialog.locator('input[type=file]').setInputFiles(receipt)
    await dialog.getByText('receipt.txt').waitFor()
  })
  await act(visit, 'Customer told', (dialog) => dialog.getByLabel('In words').fill('New jars have come'))
  await act(visit, 'Customer asked', async () => {})
  await act(visit, 'Penalties', (dialog) => dialog.getByLabel('Why no penalty is proposed').fill('Nobody was careless'))
  await act(visit, 'Loss and recovery', async (dialog) => {
    expect(await dialog.getByLabel('Loss', { exact: true }).inputValue()).toContain('50')
    await dialog.getByLabel('Recovered').fill('20')
  })
  await here(page).getByText('Review').waitFor()
  await page.locator('.page-about').getByText('Settled').waitFor()
}

/** The proof takes thirty days: nobody gives it on the first. */
async function review(stage: Stage, visit: Visit, address: string): Promise<void> {
  const { page } = visit
  await act(visit, 'Lesson and improvement', async (dialog) => {
    await dialog.getByLabel('What was learned').fill('Ask the packers')
    await dialog.getByLabel('What shall be improved').fill('Thicker boxes')
  })
  const { version } = (await (await page.request.get(`/api/v1${address}`)).json()) as { version: number }
  const check = { version, days: 30, verdict: 'effective', before: null, after: null, note: null }
  const early = await page.request.post(`/api/v1${address}/effectiveness-checks`, { data: check })
  expect([early.status(), await early.json()]).toMatchObject([422, { reason: 'too-early' }])
  await daysPass(stage, address, 30)
  await visit.open(address)
  await act(visit, 'Check the effect', (dialog) => pick(page, dialog.getByLabel('Verdict'), 'The cause is gone'))
  await page.locator('.page-about').getByText('Closed').waitFor()
  expect(await here(page).count()).toBe(0)
  expect(await page.locator('.case-step-done').count()).toBe(8)
  await accessible(visit, 'main')
}

/** So many days pass for one case: everything that happened to it, and what it says of when it came, lies so much further back. The clock of a browser cannot be put forward. */
const daysPass = ({ product }: Stage, address: string, days: number) =>
  withTransaction(product.database, async (db) => {
    const caseId = address.split('/').at(-1)!
    const back = sql`make_interval(days => ${days}::int)`
    await sql`
      update cases.event set at = at - ${back},
        data = case when kind = 'opened' then jsonb_set(data, '{record,receivedAt}', to_jsonb((data #>> '{record,receivedAt}')::timestamptz - ${back})) else data end
      where case_id = ${caseId}::uuid`.execute(db)
  })

/** Any moment can be looked at, files are given back, and the customer’s timeline leads to the case. */
async function lookBack(visit: Visit, address: string): Promise<void> {
  const { page } = visit
  const log = section(page, 'Everything that happened')
  expect(await read(log)).toMatch(/Closed[\s\S]*Noa Field[\s\S]*Ben Carver/)
  await log.locator('li').filter({ hasText: 'Acknowledged' }).getByRole('link').click()
  await page.getByText(/^This is how the case was at/).waitFor()
  await visit.settle()
  expect(await page.getByText('Thicker boxes').count()).toBe(0)
  await page.getByRole('link', { name: 'Show it as it is now' }).click()
  await visit.settle()
  const [taken] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /receipt\.txt/ }).click()])
  expect(taken.suggestedFilename()).toBe('receipt.txt')
  await page.locator('.page-about').getByRole('link').first().click()
  await page.waitForURL(/\/customers\//)
  await visit.settle()
  await section(page, 'Timeline')
    .getByRole('link', { name: new RegExp(`closed: ${subject}`) })
    .click()
  await page.waitForURL(`**${address}`)
  await page.getByRole('heading', { name: subject }).waitFor()
}
