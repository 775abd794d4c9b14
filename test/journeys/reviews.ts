import { expect, test } from 'vitest'
import type { Stage } from './product.ts'
import { accessible, listed, pick, section } from './seen.ts'

/** Management looks at a period: a supervisor prepares, an executive holds it, what was decided stands in the day and in the backlog, and from then on nothing of it changes. */
export function reviews(stage: () => Stage): void {
  test('a supervisor prepares a review, an executive holds it, and decisions become improvements', async () => {
    await stage().hire('executive', 'Lin Weihong')
    const supervisor = await stage().visit({ as: 'supervisor' })
    const { page } = supervisor
    await supervisor.open('/cases/reviews')
    await page.getByRole('button', { name: 'Begin the review' }).click()
    await page.waitForURL(/\/cases\/reviews\/[0-9a-f-]{36}$/)
    await supervisor.settle()
    const address = new URL(page.url()).pathname
    const [begun] = await listed<{ readonly from: string; readonly to: string }>(page, 'case-reviews')
    await page.getByText('Not held yet: figures as they are now').waitFor()
    await section(page, 'How many, and of what')
      .getByRole('row', { name: /^Complaints\b/ })
      .first()
      .waitFor()
    await accessible(supervisor, '.review-figures')

    await section(page, 'How quickly').getByRole('button', { name: 'Add a conclusion' }).click()
    await page.getByRole('dialog', { name: 'How quickly' }).getByLabel('Text').fill('Quick enough')
    await page.getByRole('dialog', { name: 'How quickly' }).getByRole('button', { name: 'Save' }).click()
    await section(page, 'How quickly').getByText('Quick enough').waitFor()

    await section(page, 'Decisions').getByRole('button', { name: 'Add a decision' }).click()
    const deciding = page.getByRole('dialog', { name: 'Add a decision' })
    await deciding.getByLabel('Text').fill('Call back on the same day')
    await pick(page, deciding.getByLabel('Who does it'), 'Ben Carver')
    // Without a day nobody owes anything.
    await deciding.getByRole('button', { name: 'Save' }).click()
    await deciding.getByText('Say until when it is done').or(deciding.getByText('This is needed')).first().waitFor()
    await deciding.getByLabel('Until').fill('2031-01-31')
    await deciding.getByLabel('Until').press('Tab')
    await deciding.getByRole('button', { name: 'Save' }).click()
    await deciding.waitFor({ state: 'hidden' })
    await supervisor.close()

    const executive = await stage().visit({ as: 'executive' })
    await executive.open(address)
    await executive.page.getByRole('button', { name: 'Hold the review' }).click()
    await executive.page.getByRole('dialog').getByRole('button', { name: 'Hold the review' }).click()
    await executive.page.getByText('Figures as they were seen when the review was held').waitFor()
    const writing = executive.page.getByRole('button', { name: /Hold the review|Throw it away|Add a decision|Add a conclusion/ })
    await expect.poll(() => writing.count()).toBe(0)
    await section(executive.page, 'Added later').getByRole('button', { name: 'Add a correction' }).click()
    const adding = executive.page.getByRole('dialog', { name: 'Add a correction' })
    await adding.getByLabel('Text').fill('One day was counted twice')
    await adding.getByRole('button', { name: 'Save' }).click()
    await section(executive.page, 'Added later').getByText('One day was counted twice').waitFor()
    // What is printed has neither navigation nor buttons.
    await executive.page.emulateMedia({ media: 'print' })
    expect(await executive.page.getByRole('button', { name: 'Add a correction' }).isVisible()).toBe(false)
    expect(await executive.page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    await executive.page.emulateMedia({ media: 'screen' })
    const waiting = executive.page.waitForEvent('download')
    await executive.page.getByRole('button', { name: 'Document', exact: true }).click()
    await executive.page.getByRole('menuitem', { name: 'Document', exact: true }).click()
    expect((await waiting).suggestedFilename()).toBe(`complaint-review-${begun!.from}-${begun!.to}.html`)
    expect(executive.problems).toEqual([])
    await executive.close()

    const agent = await stage().visit({ as: 'agent' })
    await agent.open('/cases/improvements?view=mine')
    const line = agent.page.getByRole('row', { name: /Call back on the same day/ })
    await line.getByText('Management review').waitFor()
    await line.getByRole('button', { name: 'Done' }).click()
    await agent.page.getByText('Call back on the same day').waitFor({ state: 'hidden' })
    await agent.close()

    const phone = await stage().visit({ as: 'executive', width: 390, language: 'zh-TW' })
    await phone.open(address)
    await phone.page.getByText('資料為召開審查時').waitFor()
    await section(phone.page, '決定').getByText('Call back on the same day').waitFor()
    expect(await phone.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    expect(phone.problems).toEqual([])
    await phone.close()
  })
}
