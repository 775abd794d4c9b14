import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axe } from '#test/browser.ts'
import type { Visit } from './product.ts'

/** The value beside a name in a list of figures. */
export const figure = (within: Page | Locator, name: string): Locator =>
  within
    .locator('dl > div > dt')
    .filter({ hasText: new RegExp(`^\\s*${name}\\s*$`), visible: true })
    .first()
    .locator('xpath=following-sibling::dd[1]')

/** What a person reads there, once it is there. */
export async function read(place: Locator): Promise<string> {
  await place.waitFor()
  return (await place.allInnerTexts())[0] ?? ''
}

/** A part of a page by its heading. */
export const section = (page: Page, title: string): Locator =>
  page.locator('section.section').filter({ has: page.getByRole('heading', { name: title, exact: true, level: 2 }) })

/**
 * Chooses from a list that opens under its field, and sees that it is chosen. A dialog that is still opening moves the focus to its first field, which closes every list; and a list that is drawn anew between
 * pressing and letting go takes nothing: then one does what a person does, and chooses again.
 */
export async function pick(page: Page, field: Locator, choice: string): Promise<void> {
  const whole = field.locator('xpath=ancestor::*[contains(concat(" ", normalize-space(@class), " "), " ant-select ")][1]')
  const isChosen = async () => (await whole.textContent())?.includes(choice) ?? false
  const option = page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .getByText(choice, { exact: true })
  for (let attempt = 1; attempt === 1 || (attempt <= 3 && !(await isChosen())); attempt++) {
    await still(page)
    // A list that stayed open is chosen from: pressing its field again would close it.
    if (attempt === 1 || !(await option.isVisible())) await field.click()
    await option.click({ timeout: attempt < 3 ? 10_000 : 30_000 }).catch((error) => {
      if (attempt === 3) throw error
    })
    await expect
      .poll(isChosen, { timeout: 8_000 })
      .toBe(true)
      .catch(() => {})
  }
  expect(await whole.textContent(), `“${choice}” is chosen`).toContain(choice)
}

/** Opens the form of an act on a case, fills it in, and waits until it is noted and seen. */
export async function act({ page, settle }: Visit, name: string, fill: (dialog: Locator) => Promise<void>, save = 'Save'): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog', { name, exact: true })
  await dialog.waitFor()
  await fill(dialog)
  await dialog.getByRole('button', { name: save, exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await settle()
}

/** As another tab of the same browser would do it. */
export async function paint(visit: Visit, theme: string): Promise<void> {
  await visit.page.evaluate((to) => {
    const tab = globalThis as unknown as { localStorage: { setItem(key: string, value: string): void }; dispatchEvent(event: Event): void }
    tab.localStorage.setItem('patron.theme', JSON.stringify(to))
    tab.dispatchEvent(new Event('storage'))
  }, theme)
  await visit.settle()
}

/** Looks at what has opened over the page, as bright and as dark; what lies under it is out of reach and does not count. */
export async function accessible(visit: Visit, within: string): Promise<void> {
  await still(visit.page)
  const found: string[] = []
  for (const theme of ['light', 'dark']) {
    await paint(visit, theme)
    await still(visit.page)
    for (const { rule, places } of await axe(visit.page, within)) found.push(`${theme}: ${rule} ${places.slice(0, 3).join(' | ')}`)
  }
  await paint(visit, 'light')
  expect(found).toEqual([])
}

/** Waits until nothing fades or slides any more: half transparent words have half the contrast. What turns for ever does not count. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    interface Moving {
      readonly effect: { getComputedTiming(): { endTime?: unknown } } | null
      readonly finished: Promise<unknown>
    }
    const tab = globalThis as unknown as {
      document: { getAnimations(): Moving[] }
      requestAnimationFrame(next: () => void): void
    }
    // What was just opened begins to move with the next frame.
    for (let calm = 0; calm < 3; ) {
      await new Promise<void>((next) => tab.requestAnimationFrame(next))
      const moving = tab.document.getAnimations().filter((one) => Number(one.effect?.getComputedTiming().endTime) < 10_000)
      await Promise.allSettled(moving.map((one) => one.finished))
      calm = moving.length === 0 ? calm + 1 : 0
    }
  })
}

/** A list of the API as the signed-in person gets it, to know what to look for on the screen. */
export async function listed<T>(page: Page, path: string): Promise<readonly T[]> {
  const answer = await page.request.get(`/api/v1/${path}`)
  expect(answer.status(), path).toBe(200)
  return ((await answer.json()) as { items: readonly T[] }).items
}

/** Lets the table of routes say nothing about a category, so that somebody has to. */
export async function withoutRoutes(page: Page, category: string): Promise<void> {
  const answer = await page.request.get('/api/v1/case-routes')
  const { routes } = (await answer.json()) as { routes: readonly { id: string; category: string; version: number }[] }
  for (const one of routes.filter((route) => route.category === category))
    await page.request.delete(`/api/v1/case-routes/${one.id}`, { data: { version: one.version } })
}
