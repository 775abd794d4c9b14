import { expect, test } from 'vitest'
import { casesActions } from '#modules/cases/actions.ts'
import { ordersActions } from '#modules/orders/actions.ts'
import { promisesDue } from '#modules/orders/facts/promises-due.ts'
import { type Context, operator } from '#platform/context.ts'
import { withTransaction } from '#platform/database/connection.ts'
import type { Stage } from './product.ts'
import { accessible, act, listed, pick, read, section } from './seen.ts'

const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)
const number = 'LATE-1'
const title = `Order ${number} is late`

/** A promised day passes before the customer says anything: they are told first, it is made up for, and when they complain after all, it shows who was first (L-07, E-13). */
export function lateDelivery(stage: () => Stage): void {
  test('a late delivery becomes a case before the customer complains, is told, made up for, and counts as found first', async () => {
    const visit = await stage().visit()
    const { page } = visit
    const [customer] = await listed<{ id: string }>(page, 'customers?limit=1&tier=gold')
    const customerId = customer!.id
    const lines = [{ product: 'TEA', quantity: '10', unitPrice: '100' }]
    const order = { customerId, day: day(6), number, lines, terms: { promisedDay: day(2) } }
    const orderId = await within(stage(), async (context) => {
      const { id } = await ordersActions.place(context, order)
      await context.wake(promisesDue, {})
      return id
    })

    // The product notices by itself; nobody has said a word.
    const raised = async () =>
      (await listed<{ id: string; subject: string }>(page, `customers/${customerId}/cases`)).find((one) => one.subject === title)
    await expect.poll(raised, { timeout: 240_000 }).toBeDefined()
    const address = `/cases/${(await raised())!.id}`
    await visit.open(`/customers/${customerId}`)
    const row = section(page, 'Cases').getByRole('row').filter({ hasText: title })
    expect(await read(row)).toContain('Found by us first')
    await row.getByRole('link', { name: title }).click()
    await page.waitForURL(`**${address}`)
    await visit.settle()
    const here = page.locator('li.case-step-here')
    expect(await read(here)).toContain('Tell the customer')
    await accessible(visit, 'main')

    await act(visit, 'Customer told', async (dialog) => {
      await pick(page, dialog.getByLabel('Channel'), 'Phone')
      await dialog.getByLabel('In words').fill('It comes tomorrow; we are sorry, and send a gift along')
    })
    await here.getByText('Make up for it').waitFor()
    await page.getByRole('button', { name: /^Done: Make up for the late order LATE-1/ }).click()
    const done = page.getByRole('dialog', { name: /Make up for the late order/ })
    await done.getByLabel('What proves it').fill('Sent by courier')
    await done.getByRole('button', { name: 'Save' }).click()
    await done.waitFor({ state: 'hidden' })
    await act(visit, 'Carried out', (dialog) => dialog.getByLabel('What was done, with proof').fill('Signed for at noon, with a gift'))
    await here.getByText('Confirm').waitFor()
    await act(visit, 'Customer asked', (dialog) => pick(page, dialog.getByLabel('Channel'), 'Phone'))
    await page.getByText('Closed', { exact: true }).first().waitFor()

    // They complain after all; the complaint knows that it was found before.
    const complaint = await within(stage(), (context) =>
      casesActions.open(context, {
        kind: 'complaint',
        customerId,
        subject: 'My order came late',
        description: 'It was promised for two days earlier',
        channel: 'phone',
        category: 'contract',
        reason: 'delivery-time',
        target: { kind: 'company', name: null, userId: null, departmentId: null },
        demand: { kind: 'apology', text: null, amountMinor: null },
        orderId,
      }),
    )
    await visit.open(`/cases/${complaint.id}`)
    await page.getByRole('link', { name: /^We had found it first: / }).click()
    await page.waitForURL(`**${address}`)
    await page.getByRole('link', { name: /^The customer has complained: / }).waitFor()
    await visit.open('/cases/report')
    const tile = page.locator('.tile').filter({ hasText: 'Found by us first' })
    expect(await read(tile)).toMatch(/%\s+[1-9]\d* of \d+ matters/)
    await tile.getByRole('link').click()
    await page.getByRole('link', { name: title }).waitFor()
    expect(visit.problems).toEqual([])
    await visit.close()
  })
}

const within = <T>({ product }: Stage, work: (context: Context) => Promise<T>): Promise<T> =>
  withTransaction(product.database, (db) => work(product.contextOf(db, new Date(), operator)))
