import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { withTransaction } from '#platform/database/connection.ts'
import { aComplaint, told } from './case-acts.ts'
import type { Stage, Visit } from './product.ts'
import { act, pick, read, section } from './seen.ts'

const subject = 'The box was opened once more'

/** A complaint whose remedy did not help: the check after thirty days says so, the cause is looked for anew; and when it is closed at last, the customer comes back with it. */
export function reopened(stage: () => Stage): void {
  test('a complaint whose cause came back is searched again, and a closed one opens at a step it has been in', async () => {
    const agent = await stage().visit({ as: 'agent' })
    const address = await aComplaint(agent, subject)
    const departmentId = await aDepartment(stage())
    await told(agent.page, address, 'judgement', founded)
    await told(agent.page, address, 'routing', { departmentId, personId: null, note: null, shares: [] })
    await solve(stage(), agent, address, 'Thin boxes')
    await checked(stage(), agent, address, 'It goes on: search again')
    await searchedAgain(agent)
    await solve(stage(), agent, address, 'The lorry is loaded without straps')
    await checked(stage(), agent, address, 'The cause is gone')
    await agent.page.locator('.page-about').getByText('Closed').waitFor()
    await comesBack(agent)
    expect(agent.problems).toEqual([])
    await agent.close()
  })
}

const founded = { admissible: true, reasonSufficient: true, demandReasonable: true, finding: 'founded', note: null, evidence: [] }
const here = (page: Page) => page.locator('li.case-step-here')

/** Headed by whoever is at the second browser. */
async function aDepartment(stage: Stage): Promise<string> {
  const head = await stage.visit({ as: 'department' })
  const { user } = (await (await head.page.request.get('/api/v1/organization/session')).json()) as { user: { id: string } }
  await head.close()
  const admin = await stage.visit()
  const data = { name: 'Loading Bay', parentId: null, headId: user.id, deputyIds: [], calendarId: null }
  const made = await admin.page.request.post('/api/v1/organization/departments', { data })
  const { id } = (await made.json()) as { id: string }
  await admin.close()
  return id
}

/** From wherever it stands with the department to the review: cause, remedy, instruction, execution, lesson; each by whom it is for. */
async function solve(stage: Stage, { page }: Visit, address: string, cause: string): Promise<void> {
  const department = await stage.visit({ as: 'department' })
  const { step } = (await (await page.request.get(`/api/v1${address}`)).json()) as { step: string }
  if (step === 'department') await told(department.page, address, 'acceptance', { note: null })
  const found = { causeId: null, text: cause, field: 'method', whys: [], occurrence: null, escape: null, evidence: [] }
  await told(department.page, address, 'cause', found)
  const nobody = { userId: null, departmentId: null, nobody: true, delayedBy: null, note: null }
  await told(department.page, address, 'responsibility', nobody)
  const remedies = [{ kind: 'exchange', text: null, amountMinor: 1000 }]
  await told(department.page, address, 'proposal', { remedies, reason: 'They are right', preventive: null, feasible: null })
  await department.close()
  const leader = await stage.visit({ as: 'supervisor' })
  await told(leader.page, address, 'instruction', { decision: 'approved', remedies: null, recovery: null, note: null })
  await leader.close()
  await told(page, address, 'execution', { note: 'Sent anew', fileIds: [], accepted: true })
  await told(page, address, 'notification', { text: 'It is on its way', channel: 'phone', escalationRoute: null })
  await told(page, address, 'question', { how: 'phone' })
  await told(page, address, 'penalty-consideration', { penaltyIds: [], note: 'Nobody was careless' })
  await told(page, address, 'loss', { lossMinor: 1000, recoveredMinor: 0, note: null })
  await told(page, address, 'lesson', { lesson: cause, improvement: 'Otherwise', outcomes: [], bulletin: null })
}

/** Thirty days later somebody looks whether the cause is gone. The clock of a browser cannot be put forward, so everything that happened lies further back. */
async function checked(stage: Stage, visit: Visit, address: string, verdict: string): Promise<void> {
  await withTransaction(stage.product.database, async (db) => {
    const back = sql`make_interval(days => 30)`
    await sql`
      update cases.event set at = at - ${back},
        data = case when kind = 'opened' then jsonb_set(data, '{record,receivedAt}', to_jsonb((data #>> '{record,receivedAt}')::timestamptz - ${back})) else data end
      where case_id = ${address.split('/').at(-1)!}::uuid`.execute(db)
  })
  await visit.open(address)
  await act(visit, 'Check the effect', (dialog) => pick(visit.page, dialog.getByLabel('Verdict'), verdict))
}

/** Open again at its cause: what was found before stands in the log only, and a new remedy has to be proposed and decided on. */
async function searchedAgain({ page }: Visit): Promise<void> {
  await here(page).getByText('Find the cause').waitFor()
  expect(await page.locator('.page-about').getByText('Settled').count()).toBe(0)
  expect(await read(section(page, 'Everything that happened'))).toMatch(/Thin boxes/)
  expect(await read(section(page, 'What was found and done'))).not.toMatch(/Thin boxes/)
  expect(await page.getByRole('button', { name: 'Carried out', exact: true }).count()).toBe(0)
}

/** Whoever opens it again says why and where; the customer’s page leads to it among what goes on. */
async function comesBack(visit: Visit): Promise<void> {
  const { page } = visit
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Open again' }).click()
  const dialog = page.getByRole('dialog', { name: 'Open again' })
  await pick(page, dialog.getByLabel('To which step'), 'Execute')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('Please fill in: Reason').waitFor()
  await dialog.getByLabel('Reason').fill('The exchanged box came open again')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await visit.settle()
  await here(page).getByText('Execute').waitFor()
  expect(await page.locator('.page-about').getByText('Closed').count()).toBe(0)
  expect(await read(section(page, 'Everything that happened'))).toMatch(/Opened again[\s\S]*The exchanged box came open again/)
}
