import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { axe } from '#test/browser.ts'
import { paint } from './crawl.ts'
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

/** Chooses from a list that opens under its field. */
export async function pick(page: Page, field: Locator, choice: string): Promise<void> {
  await field.click()
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .getByText(choice, { exact: true })
    .click()
}

/** Looks at what has opened over the page, as bright and as dark; what lies under it is out of reach and does not count. */
export async function accessible(visit: Visit, within: string): Promise<void> {
  // What opens fades in; half transparent words have half the contrast.
  await sleep(400)
  const found: string[] = []
  for (const theme of ['light', 'dark']) {
    await paint(visit, theme)
    await sleep(100)
    for (const { rule, places } of await axe(visit.page, within)) found.push(`${theme}: ${rule} ${places.slice(0, 3).join(' | ')}`)
  }
  await paint(visit, 'light')
  expect(found).toEqual([])
}

/** A list of the API as the signed-in person gets it, to know what to look for on the screen. */
export async function listed<T>(page: Page, path: string): Promise<readonly T[]> {
  const answer = await page.request.get(`/api/v1/${path}`)
  expect(answer.status(), path).toBe(200)
  return ((await answer.json()) as { items: readonly T[] }).items
}
