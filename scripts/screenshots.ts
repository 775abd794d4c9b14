import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '#test/browser.ts'

// Takes the pictures of the documents from a running product, such as `npm run demo`:
//   PATRON_PASSWORD=… node scripts/screenshots.ts http://127.0.0.1:3000 admin@demo.example [folder]
// Pictures come from the product itself or not at all.

const [address, email, folder = join(import.meta.dirname, '..', 'docs', 'images')] = process.argv.slice(2)
const password = process.env.PATRON_PASSWORD
if (!address || !email || !password) {
  console.error('Usage: PATRON_PASSWORD=… node scripts/screenshots.ts ADDRESS EMAIL [FOLDER]')
  process.exit(1)
}

interface Shot {
  readonly name: string
  readonly path: string
  readonly language: 'en' | 'zh-CN' | 'zh-TW'
  readonly theme: 'light' | 'dark'
  readonly width: number
  readonly height: number
  /** Goes on from the page to what is shown. */
  readonly onwards?: (page: Page) => Promise<void>
}
const desk = { theme: 'light', width: 1360, height: 860 } as const
const phone = { theme: 'light', width: 390, height: 844 } as const

const firstCustomer = async (page: Page) => {
  await page.locator('.row-link').first().click()
  await page.waitForURL(/\/customers\/[^/]+$/)
}
/** The import at its most telling step: which column holds what. Nothing is imported. */
const columnsOfTemplate = async (page: Page) => {
  await page.locator('input[type=file]').setInputFiles(join(import.meta.dirname, '..', 'docs', 'templates', 'orders.csv'))
  await page.waitForURL(/file=/)
  await page.locator('.import-columns').waitFor()
}
/** The first case in the queue that a customer told in Chinese. */
const firstCase = async (page: Page) => {
  await page
    .locator('.row-link', { hasText: /[\u4e00-\u9fff]/ })
    .first()
    .click()
  await page.waitForURL(/\/cases\/[^/?]+$/)
}
const shots: readonly Shot[] = [
  { name: 'home', path: '/', language: 'en', ...desk },
  { name: 'customers', path: '/customers', language: 'en', ...desk },
  { name: 'customer', path: '/customers', language: 'en', ...desk, onwards: firstCustomer },
  { name: 'value', path: '/value', language: 'en', ...desk },
  { name: 'value-dark', path: '/value', language: 'en', ...desk, theme: 'dark' },
  { name: 'import', path: '/import?kind=orders', language: 'en', ...desk, onwards: columnsOfTemplate },
  { name: 'customers-zh-CN', path: '/customers', language: 'zh-CN', ...desk },
  { name: 'models', path: '/value/models', language: 'en', ...desk },
  { name: 'value-zh-TW', path: '/value', language: 'zh-TW', ...desk },
  { name: 'customers-phone', path: '/customers', language: 'en', ...phone },
  { name: 'cases', path: '/cases', language: 'en', ...desk },
  { name: 'case-zh-CN', path: '/cases', language: 'zh-CN', ...desk, onwards: firstCase },
  { name: 'case-report-zh-TW', path: '/cases/report', language: 'zh-TW', ...desk },
  { name: 'home-phone-dark', path: '/', language: 'zh-TW', ...phone, theme: 'dark' },
  { name: 'customer-phone-zh-CN', path: '/customers', language: 'zh-CN', ...phone, onwards: firstCustomer },
]

mkdirSync(folder, { recursive: true })
const browser = await openBrowser()
try {
  const state = await signIn(browser, address, email, password)
  for (const shot of shots) await take(browser, shot, state)
} finally {
  await browser.close()
}

async function signIn(from: Browser, at: string, as: string, secret: string) {
  const context = await from.newContext({ baseURL: at })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.locator('input[type=email]').fill(as)
  await page.locator('input[type=password]').fill(secret)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  const state = await context.storageState()
  await context.close()
  return state
}

async function take(from: Browser, shot: Shot, storageState: Awaited<ReturnType<typeof signIn>>): Promise<void> {
  const context = await from.newContext({
    baseURL: address ?? '',
    storageState: { ...storageState, origins: [] },
    viewport: { width: shot.width, height: shot.height },
    reducedMotion: 'reduce',
  })
  // The account's own choice of language would win over the picture's, unless this browser is already known to have made one.
  await context.addInitScript(
    `localStorage.setItem('patron.language', '"${shot.language}"'); localStorage.setItem('patron.theme', '"${shot.theme}"')`,
  )
  const page = await context.newPage()
  await page.route('**/api/v1/organization/session', async (route) => {
    const answer = await route.fetch()
    const session: unknown = await answer.json()
    await route.fulfill({ response: answer, json: { ...(session as object), preference: null } })
  })
  await page.goto(shot.path)
  await page.waitForSelector('h1')
  await page.waitForLoadState('networkidle')
  if (shot.onwards) {
    await shot.onwards(page)
    await page.waitForLoadState('networkidle')
  }
  // Panels come one after the other; charts are drawn one frame after their figures are there.
  do await page.waitForTimeout(700)
  while ((await page.locator('.ant-skeleton').count()) > 0)
  await page.screenshot({ path: join(folder, `${shot.name}.png`) })
  console.log(`${shot.name}.png`)
  await context.close()
}
