import { expect, test } from 'vitest'
import { casesActions } from '#modules/cases/actions.ts'
import { departmentActions } from '#modules/organization/public.ts'
import { type Context, operator } from '#platform/context.ts'
import { withTransaction } from '#platform/database/connection.ts'
import type { Stage, Visit } from './product.ts'
import { accessible, figure, pick, read, section, withoutRoutes } from './seen.ts'

/** From a table of routes to somebody's decision, what follows for staff, and recognition beside it. */
export function responsibility(stage: () => Stage): void {
  test('a complaint finds its department by the table, its proposal the one who may decide, and a loss its penalty', async () => {
    const admin = await stage().visit()
    const { page } = admin
    await makeDepartment(stage(), await idOf(admin, 'Ben Carver'))
    await withoutRoutes(page, 'freight')
    await admin.open('/case-setup')
    await page.getByRole('listitem').filter({ hasText: 'Freight' }).getByRole('button').click()
    const dialog = page.getByRole('dialog', { name: 'Add a route' })
    await pick(page, dialog.getByLabel('Department'), '储运部')
    await accessible(admin, '.ant-modal')
    await pick(page, dialog.getByLabel('Responsible person'), 'Ben Carver')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('cell', { name: '储运部' }).waitFor()
    const caseId = await proposed(stage(), await aCustomer(admin), await idOf(admin, 'Ben Carver'))

    const leader = await stage().visit({ as: 'supervisor' })
    await leader.open('/case-approvals')
    const card = leader.page.getByRole('article').filter({ hasText: 'Jars broken on the way' })
    expect(await card.innerText()).toMatch(/The customer asks for\s+Exchange/i)
    expect(await card.innerText()).toMatch(/Price reduction · \$40\.00/)
    await card.getByRole('link', { name: /Jars broken/ }).focus()
    await leader.page.keyboard.press('d')
    const decide = leader.page.getByRole('dialog', { name: /Jars broken/ })
    await accessible(leader, '.ant-modal')
    await decide.getByRole('button', { name: 'Save' }).click()
    await card.waitFor({ state: 'detached' })
    expect(leader.problems).toEqual([])

    await admin.open(`/cases/${caseId}`)
    const answers = section(page, 'Who answers, and what is done')
    // Ben handles it for the department no more, since it was he who brought it about.
    expect(await read(figure(answers, 'Handles it'))).toMatch(/储运部\s+Routed by the table/)
    expect(await read(figure(answers, 'Brought it about'))).toMatch(/Ben Carver · 储运部/)
    await page.getByRole('button', { name: 'Loss and recovery' }).click()
    const loss = page.getByRole('dialog', { name: 'Loss and recovery' })
    await loss.getByLabel('Loss', { exact: true }).fill('5000')
    await loss.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => read(figure(answers, 'Net loss'))).toBe('$5,000.00')
    await answers.getByRole('button', { name: 'Propose penalties' }).click()
    const penalties = page.getByRole('dialog', { name: 'Propose penalties' })
    await penalties.getByLabel(/^Bonus · Ben Carver · Directly/).fill('3000')
    await expect.poll(() => penalties.innerText()).toMatch(/10\.00% of Bonus \$3,000\.00: \$300\.00/)
    await penalties.getByLabel('Reason').fill('Packed without care')
    await accessible(admin, '.ant-modal')
    await penalties.getByRole('button', { name: 'Propose', exact: true }).click()
    await answers.getByText(/Ben Carver · Directly responsible · \$300\.00/).waitFor()

    await leader.open('/staff-scorecard?view=waiting')
    await leader.page.getByRole('button', { name: 'Decide about Ben Carver' }).click()
    const about = leader.page.getByRole('dialog', { name: 'Decide about Ben Carver' })
    await pick(leader.page, about.getByLabel('Decision'), 'Approve')
    await about.getByRole('button', { name: 'Save' }).click()
    await leader.page.getByText('Nothing waits for a decision').waitFor()

    const ben = await stage().visit({ as: 'agent' })
    await ben.open('/staff-scorecard')
    expect(await read(figure(ben.page, 'Penalties'))).toMatch(/\$300\.00/)
    for (const visit of [admin, leader, ben]) {
      expect(visit.problems).toEqual([])
      await visit.close()
    }
  })
}

async function idOf({ page }: Visit, name: string): Promise<string> {
  const answer = await page.request.get(`/api/v1/organization/people?q=${encodeURIComponent(name)}`)
  return ((await answer.json()) as { items: { id: string }[] }).items[0]!.id
}
async function aCustomer({ page }: Visit): Promise<string> {
  const answer = await page.request.get('/api/v1/customers?limit=1')
  return ((await answer.json()) as { items: { id: string }[] }).items[0]!.id
}
const within = <T>({ product }: Stage, work: (context: Context) => Promise<T>): Promise<T> =>
  withTransaction(product.database, (db) => work(product.contextOf(db, new Date(), operator)))

const makeDepartment = (stage: Stage, headId: string) =>
  within(stage, (context) =>
    departmentActions.createDepartment(context, { name: '储运部', parentId: null, headId, deputyIds: [], calendarId: null }),
  )

/** A complaint about freight with a remedy that waits for a decision. */
const proposed = (stage: Stage, customerId: string, userId: string) =>
  within(stage, async (context) => {
    const opened = await casesActions.open(context, {
      kind: 'complaint',
      customerId,
      subject: 'Jars broken on the way',
      description: 'Two of ten jars arrived broken',
      channel: 'phone',
      category: 'freight',
      reason: 'damage',
      target: { kind: 'company', name: null, userId: null, departmentId: null },
      demand: { kind: 'exchange', text: null, amountMinor: null },
    })
    const caseId = opened.id
    const on = (version: number) => ({ caseId, version })
    let { version } = await casesActions.acknowledge(context, {
      ...on(opened.version),
      text: 'We look into it',
      sent: 'hand',
      answerBy: null,
    })
    const founded = {
      admissible: true,
      reasonSufficient: true,
      demandReasonable: true,
      finding: 'founded' as const,
      note: null,
      evidence: [],
    }
    ;({ version } = await casesActions.judge(context, { ...on(version), ...founded }))
    const departmentId = (await casesActions.one(context, { caseId })).departmentId
    ;({ version } = await casesActions.accept(context, { ...on(version), note: null }))
    const cause = { causeId: null, text: 'Thin boxes', field: null, whys: [], occurrence: null, escape: null, evidence: [] }
    ;({ version } = await casesActions.findCause(context, { ...on(version), ...cause }))
    const settled = { userId, departmentId, nobody: false, delayedBy: null, note: null }
    ;({ version } = await casesActions.settleResponsibility(context, { ...on(version), ...settled }))
    const remedies = [{ kind: 'discount' as const, text: null, amountMinor: 4_000 }]
    await casesActions.propose(context, {
      ...on(version),
      remedies,
      reason: 'Exchange takes too long',
      preventive: 'Thicker boxes',
      feasible: null,
    })
    return caseId
  })
