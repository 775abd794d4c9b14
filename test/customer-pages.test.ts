import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { writeSetting } from '#modules/organization/public.ts'
import { customerPagesSetting, organizationProfile } from '#modules/organization/settings.ts'
import { readConfiguration } from '#platform/configuration.ts'
import { operator } from '#platform/context.ts'
import { withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { axe, openBrowser } from '#test/browser.ts'
import { said, trial } from '#test/trial-pages.ts'
import { modules } from '../src/modules.ts'
import { type Product, startProduct } from '../src/product.ts'

// Pages for customers as customers meet them: in a browser, on a phone, with and without scripts, and inside of another site.

let folder: string
let scratch: TestDatabase
let product: Product
let browser: Browser
let home: string
/** Sites of others, on ports of their own: one that the company allows, and one that it does not know. */
const sites: Server[] = []
let friend: string
let stranger: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patron-customers-'))
  scratch = await testDatabase()
  await buildLight(join(folder, 'dist'))
  const configuration = readConfiguration({ PATRON_DATA: folder, PORT: '0', PATRON_LOG: 'error' })
  product = await startProduct({
    configuration,
    databaseUrl: scratch.url,
    modules: [...modules, trial],
    roles: ['web'],
    browser: join(folder, 'dist'),
    safety: { unsafeForTests: true },
  })
  home = new URL(product.address!).origin
  friend = await startSite()
  stranger = await startSite()
  await withTransaction(product.database, async (db) => {
    const context = product.contextOf(db, new Date(), operator)
    await writeSetting(context, organizationProfile, { name: 'Lantern Tea House', currency: 'USD', timeZone: 'UTC', locale: 'en' }, 0)
    await writeSetting(context, customerPagesSetting, { email: 'care@example.com', colour: '#ff6a00', logo: '', sites: [friend] }, 0)
  })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  for (const site of sites) site.close()
  await scratch?.close()
  await rm(folder, { recursive: true, force: true })
})

// All visitors come from one address here.
beforeEach(() => product.database.db.deleteFrom('platform.sign_in_attempt').execute())

/** What pages for customers need, without the product's own pages. */
async function buildLight(outDir: string): Promise<void> {
  const root = join(import.meta.dirname, '..')
  const input = ['src/light/light.ts', 'src/light/widget.ts']
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, manifest: true, assetsInlineLimit: 0, rolldownOptions: { input } },
  })
  await writeFile(join(outDir, 'index.html'), '<!doctype html><title>Patron</title>')
}

/** A site that forbids everything but our script and our frame. */
async function startSite(): Promise<string> {
  const site = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    if (pathname !== '/') return response.writeHead(404).end()
    const attributes = [...searchParams].map(([name, value]) => ` data-${name}="${value}"`).join('')
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${home}; frame-src ${home}`,
    })
    response.end(
      `<!doctype html><html lang="zh-TW"><title>A shop</title><p>Our shop</p><script async src="${home}/p/widget.js"${attributes}></script>`,
    )
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  sites.push(site)
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`
}

interface Looking {
  readonly width?: number
  readonly language?: string
  readonly dark?: boolean
  readonly scripts?: boolean
}
async function visitor({
  width = 390,
  language = 'en',
  dark = false,
  scripts = true,
}: Looking = {}): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
  const context = await browser.newContext({
    baseURL: home,
    viewport: { width, height: 800 },
    locale: language,
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(40_000)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    // A form that was not taken is answered with 422, which the browser notes.
    if (message.type() === 'error' && !/status of 4(09|22)/.test(message.text())) problems.push(message.text())
  })
  return { context, page, problems }
}

/** Fills the form in and sends it, as slowly as a person. */
async function tell(page: Page, text: string): Promise<void> {
  await page.goto('/p/trial')
  await page.locator('#field-text').fill(text)
  await page.waitForTimeout(2100)
  await page.locator('main form button[type=submit]').click()
  await page.locator('#said').waitFor()
}

describe('a customer', () => {
  test('without any script gets from the company’s page to an answer, mistakes included', { timeout: 60_000 }, async () => {
    const { context, page } = await visitor({ scripts: false, language: 'zh-CN' })
    await page.goto('/p/')
    await page.getByRole('link', { name: '告诉我们哪里不好' }).click()
    await page.locator('#field-text').fill('破了')
    await page.locator('#field-files').setInputFiles({ name: 'cup.png', mimeType: 'image/png', buffer: Buffer.from('PNG') })
    await page.waitForTimeout(2100)
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('alert').getByText('请再看一下').waitFor()
    expect(await page.locator('#field-text').inputValue()).toBe('破了')
    expect(await page.locator('#field-text-problem').innerText()).toBe('请再多写一点。')
    expect(await page.getByLabel('cup.png').isChecked()).toBe(true)
    await page.locator('#field-text').fill('杯子到货时就破了')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('#said').getByText('杯子到货时就破了').waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/p\/trial\/[\w-]{43}$/)
    expect(await context.cookies()).toEqual([])
    // The language that a link asks for stays until somebody says that it should be remembered.
    await page.getByRole('link', { name: '繁體中文' }).click()
    await page.getByRole('button', { name: '在這個裝置上一直顯示繁體中文' }).click()
    expect((await context.cookies()).map(({ name, value }) => [name, value])).toEqual([['patron.language', 'zh-TW']])
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-TW')
    await context.close()
  })

  test('with scripts answers in place, and everybody who looks sees it at once', { timeout: 60_000 }, async () => {
    const one = await visitor()
    await tell(one.page, 'The handle came off')
    const other = await visitor({ width: 1280, dark: true })
    await other.page.goto(one.page.url())
    for (const { page } of [one, other]) await page.evaluate(() => Object.assign(globalThis, { marked: true }))
    await one.page.locator('#field-text').fill('Is anybody there?')
    await one.page.locator('main form button[type=submit]').click()
    for (const { page } of [one, other]) {
      await page.locator('#said').getByText('Is anybody there?').waitFor({ timeout: 5000 })
      // Neither page was loaded again.
      expect(await page.evaluate(() => 'marked' in globalThis)).toBe(true)
    }
    expect(await one.page.locator('#field-text').inputValue()).toBe('')
    expect(
      await one.page.evaluate(() => (globalThis as unknown as { document: { activeElement: { id: string } } }).document.activeElement.id),
    ).toBe('field-text')
    // Twice in a row from the same page.
    await one.page.locator('#field-text').fill('Hello?')
    await one.page.locator('#field-text').press('Enter')
    await other.page.locator('#said').getByText('Hello?').waitFor({ timeout: 5000 })
    expect(await other.page.locator('#said li').allInnerTexts()).toEqual(['The handle came off', 'Is anybody there?', 'Hello?'])
    expect([...one.problems, ...other.problems]).toEqual([])
    await one.context.close()
    await other.context.close()
  })

  test('goes on writing while a message is on its way, and loses nothing', { timeout: 60_000 }, async () => {
    const { context, page, problems } = await visitor()
    await tell(page, 'The bamboo smells')
    const held = Promise.withResolvers<void>()
    await page.route('**/replies*', async (route) => {
      await held.promise
      await route.continue()
    })
    await page.locator('#field-text').fill('One')
    await page.locator('#field-text').press('Enter')
    await page.locator('#field-text').fill('Two')
    // Pressed too early, it goes after the one before.
    await page.locator('#field-text').press('Enter')
    held.resolve()
    await page.locator('#said li').filter({ hasText: 'Two' }).waitFor()
    expect(await page.locator('#said li').allInnerTexts()).toEqual(['The bamboo smells', 'One', 'Two'])
    await expect.poll(() => page.locator('#field-text').inputValue()).toBe('')
    expect(problems).toEqual([])
    await context.close()
  })

  test('is told before anything is sent that a file is too large', async () => {
    const { context, page, problems } = await visitor()
    await page.goto('/p/trial')
    await page.locator('#field-files').setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc((1 << 20) + 1) })
    const message = () =>
      page.locator('#field-files').evaluate((input) => (input as unknown as { validationMessage: string }).validationMessage)
    expect(await message()).toBe('A file is larger than 1 MB.')
    await page.locator('#field-files').setInputFiles({ name: 'small.png', mimeType: 'image/png', buffer: Buffer.from('x') })
    expect(await message()).toBe('')
    expect(problems).toEqual([])
    await context.close()
  })

  test('who writes what would run elsewhere reads it as they wrote it', { timeout: 60_000 }, async () => {
    const { context, page, problems } = await visitor()
    const corpus = [
      '<script>document.title = "ran"</script>',
      '<img src=x onerror="document.title = \'ran\'">',
      '"><svg onload="document.title = \'ran\'">',
      '</textarea><script>document.title = "ran"</script>',
      '</li></ul><iframe srcdoc="<script>parent.document.title = \'ran\'</script>"></iframe>',
      '<math><mtext></form><form><mglyph><style></math><img src onerror="document.title = \'ran\'">',
      '<a href="javascript:document.title = \'ran\'">click</a>',
      '&lt;script&gt;document.title = "ran"&lt;/script&gt;',
    ]
    await tell(page, corpus[0]!)
    for (const text of corpus.slice(1)) {
      await page.locator('#field-text').fill(text)
      await page.locator('main form button[type=submit]').click()
      await page.locator('#said li').filter({ hasText: text }).waitFor()
    }
    await page.reload()
    expect(await page.locator('#said li').allInnerTexts()).toEqual(corpus)
    expect([...said.values()].at(-1)).toEqual(corpus)
    // In a form that is shown again it stands in a field.
    await page.goto('/p/trial')
    await page.locator('#field-text').fill(corpus[3]!)
    await page.locator('#field-email').evaluate((input) => input.removeAttribute('type'))
    await page.locator('#field-email').fill('"><script>document.title = "ran"</script>')
    await page.waitForTimeout(2100)
    await page.locator('main form button[type=submit]').click()
    await page.locator('#field-email-problem').waitFor()
    expect(await page.locator('#field-text').inputValue()).toBe(corpus[3])
    expect(await page.locator('#field-email').inputValue()).toBe('"><script>document.title = "ran"</script>')
    expect(await page.title()).not.toContain('ran')
    expect(problems).toEqual([])
    await context.close()
  })

  test.each([
    { width: 390, language: 'en', dark: false },
    { width: 390, language: 'zh-TW', dark: true },
    { width: 1280, language: 'zh-CN', dark: false },
    { width: 320, language: 'en', dark: true },
  ])('can read and use every page: $width px, $language, dark: $dark', { timeout: 60_000 }, async (looking) => {
    const { context, page, problems } = await visitor(looking)
    await tell(page, 'The spout drips')
    const thread = page.url()
    for (const path of ['/p/', '/p/trial?lang=en', thread, '/p/nothing', 'wrong']) {
      if (path === 'wrong') {
        await page.goto('/p/trial')
        await page.locator('#field-text').fill('x')
        await page.waitForTimeout(2100)
        await page.locator('main form button[type=submit]').click()
        await page.locator('#problems').waitFor()
        expect(
          await page.evaluate(() => (globalThis as unknown as { document: { activeElement: { id: string } } }).document.activeElement.id),
        ).toBe('problems')
      } else await page.goto(path)
      expect(await axe(page), path).toEqual([])
      const wide = await page.evaluate(() => {
        const { document } = globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
        return document.documentElement.scrollWidth - document.documentElement.clientWidth
      })
      expect(wide, `${path} is wider than the screen`).toBe(0)
      // Whatever is meant to be touched is large enough for a finger.
      const small = await page
        .locator('button, select, textarea, input:not([type=hidden], .trap input, .pick input), .pick, .offer, .brand, .languages a')
        .evaluateAll((all) =>
          (all as unknown as { getBoundingClientRect(): { height: number; width: number }; outerHTML: string }[])
            .filter((one) => one.getBoundingClientRect().height < 44)
            .map((one) => one.outerHTML.slice(0, 80)),
        )
      expect(small, path).toEqual([])
    }
    expect(problems.filter((problem) => !problem.includes('404'))).toEqual([])
    await context.close()
  })
})

describe('the widget on another site', () => {
  const panel = (page: Page) => page.getByRole('dialog')
  const frameOf = (page: Page) => page.frameLocator('iframe')

  test('opens a page for customers in a site that the company allows, whatever else that site forbids', { timeout: 60_000 }, async () => {
    const { context, page, problems } = await visitor({ width: 1100 })
    await page.goto(`${friend}/`)
    const button = page.getByRole('button', { name: '聯絡我們' })
    await button.waitFor()
    // Nothing is fetched before somebody wants it.
    expect(page.frames()).toHaveLength(1)
    await button.click()
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    // It speaks the language of the site.
    await frameOf(page).getByRole('link', { name: '告訴我們哪裡不好' }).click()
    await frameOf(page).getByLabel('What happened?').fill('Asked from the shop')
    await page.waitForTimeout(2100)
    await frameOf(page).getByRole('button', { name: 'Send' }).click()
    await frameOf(page).locator('#said').getByText('Asked from the shop').waitFor()
    // As high as the page in it, within the window.
    const height = async () => (await page.locator('iframe').boundingBox())!.height
    const before = await height()
    for (let i = 0; i < 3; i++) {
      await frameOf(page).getByLabel('What happened?').fill(`Line ${i}`)
      await frameOf(page).getByRole('button', { name: 'Send' }).click()
      await frameOf(page).locator('#said').getByText(`Line ${i}`).waitFor()
    }
    await expect.poll(height).toBeGreaterThan(before)
    expect(await height()).toBeLessThanOrEqual(800)
    // Escape leaves, also from within, and the focus comes back.
    await frameOf(page).getByLabel('What happened?').press('Escape')
    await panel(page).waitFor({ state: 'hidden' })
    expect(
      await button.evaluate((one) => (one as unknown as { getRootNode(): { activeElement: unknown } }).getRootNode().activeElement === one),
    ).toBe(true)
    // Opened again it is where it was.
    await button.click()
    await frameOf(page).locator('#said').getByText('Line 2').waitFor()
    expect(problems).toEqual([])
    expect(await context.cookies()).toEqual([])
    await context.close()
  })

  test('is opened and closed by the site, and by nobody who only pretends to be the page in it', { timeout: 60_000 }, async () => {
    const { context, page } = await visitor({ width: 390 })
    await page.goto(`${friend}/?page=/p/trial&lang=zh-CN&label=Ask&side=left`)
    await page.getByRole('button', { name: 'Ask' }).waitFor()
    const widget = (what: string) =>
      page.evaluate((name) => (globalThis as unknown as { PatronWidget: Record<string, () => void> }).PatronWidget[name]!(), what)
    await widget('open')
    await frameOf(page).getByRole('heading', { name: '告诉我们' }).waitFor()
    // On a phone it takes the whole screen.
    expect(await panel(page).boundingBox()).toMatchObject({ x: 0, y: 0, width: 390 })
    await page.evaluate(() =>
      (globalThis as unknown as { postMessage(data: unknown, to: string): void }).postMessage({ patron: 1, what: 'close' }, '*'),
    )
    await page.waitForTimeout(200)
    expect(await panel(page).isVisible()).toBe(true)
    await widget('close')
    expect(await panel(page).isVisible()).toBe(false)
    await context.close()
  })

  test('shows nothing in a site that the company does not know, nor a page that may not be framed, nor anything of elsewhere', {
    timeout: 60_000,
  }, async () => {
    const { context, page, problems } = await visitor({ width: 1100 })
    const refused = () => problems.filter((problem) => /frame-ancestors|Refused to frame|Framing/.test(problem)).length
    await page.goto(`${stranger}/`)
    await page.getByRole('button', { name: '聯絡我們' }).click()
    await expect.poll(refused).toBe(1)
    expect(
      page
        .frames()
        .map((frame) => frame.url())
        .filter((url) => url.startsWith(home)),
    ).toEqual([])
    for (const elsewhere of ['https://evil.example.com/p/', '/sign-in', '/p/../sign-in', '//evil.example.com/p/']) {
      await page.goto(`${friend}/?page=${encodeURIComponent(elsewhere)}`)
      await page.waitForTimeout(300)
      expect(await page.getByRole('button').count(), elsewhere).toBe(0)
    }
    await context.close()
  })
})
