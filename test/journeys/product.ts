import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { build } from 'vite'
import { onTestFailed, vi } from 'vitest'
import { createUser, organizationProfile, writeSetting } from '#modules/organization/public.ts'
import { readConfiguration } from '#platform/configuration.ts'
import { operator } from '#platform/context.ts'
import { withTransaction } from '#platform/database/connection.ts'
import { type Embedded, startEmbedded } from '#platform/database/embedded.ts'
import { testDatabase } from '#platform/database/testing.ts'
import type { BuiltInRole } from '#platform/module.ts'
import { demoState, requestDemo } from '#seeds/actions.ts'
import { openBrowser } from '#test/browser.ts'
import { modules } from '../../src/modules.ts'
import { type Product, startProduct } from '../../src/product.ts'

export type Language = 'en' | 'zh-CN' | 'zh-TW'
export type Theme = 'light' | 'dark'

export interface Look {
  readonly language?: Language
  readonly theme?: Theme
  readonly width?: number
  readonly as?: BuiltInRole | 'nobody'
}

/** One person at one browser. What goes wrong behind the screen is collected, and a journey ends with `expect(visit.problems).toEqual([])`. */
export interface Visit {
  readonly page: Page
  readonly problems: readonly string[]
  /** Goes to an address as if it had been typed. */
  open(path: string): Promise<void>
  /** Goes to an address without loading the page anew, as links do. */
  walk(path: string): Promise<void>
  /** Waits until nothing is being fetched or drawn any more. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** A running product with a browser before it. */
export interface Stage {
  readonly product: Product
  visit(look?: Look): Promise<Visit>
  /** Gives somebody an account who is needed for one journey alone. */
  hire(role: BuiltInRole, name: string): Promise<void>
  /** The first password of a demo account. */
  passwordOf(role: BuiltInRole): string
  close(): Promise<void>
}

/** What all stages share: the built browser part, one private database server with its usual safety, one browser. */
export interface House {
  empty(): Promise<Stage>
  /** With a small demo company, and one account per role. */
  demo(customers: number): Promise<Stage>
  close(): Promise<void>
}

export async function openHouse(): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'patron-journey-'))
  const building = buildBrowserPart(join(folder, 'dist'))
  building.catch(() => {})
  const server = await startEmbedded(join(folder, 'server'))
  const browserPart = await building
  const browser = await openBrowser()
  const start = (name: string) => startStage({ folder: join(folder, name), server, browserPart, browser })
  return {
    empty: () => start('empty'),
    async demo(customers) {
      const stage = await start('demo')
      await loadDemo(stage.product, customers)
      return stage
    },
    async close() {
      await browser.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Into a folder of its own: others may be building or starting the product beside the tests. */
async function buildBrowserPart(outDir: string): Promise<string> {
  const root = join(import.meta.dirname, '../..')
  // The test runner says `test` here, and React would come in its larger form for developers.
  vi.stubEnv('NODE_ENV', 'production')
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir, emptyOutDir: true } })
  vi.unstubAllEnvs()
  return outDir
}

interface Parts {
  readonly folder: string
  readonly server: Embedded
  readonly browserPart: string
  readonly browser: Browser
}

async function startStage({ folder, server, browserPart, browser }: Parts): Promise<Stage> {
  const scratch = await testDatabase({ server: server.url, holds: 'nothing' })
  const configuration = readConfiguration({ PATRON_DATA: folder, PORT: '0', PATRON_LOG: 'error' })
  const product = await startProduct({ configuration, databaseUrl: scratch.url, modules, roles: ['web', 'worker'], browser: browserPart })
  const address = new URL(product.address ?? '').origin
  const doors = new Map<string, Door>()
  const enter = async (role: BuiltInRole) => {
    const known = doors.get(role) ?? (await signIn(browser, address, role))
    doors.set(role, known)
    return known
  }
  return {
    product,
    async visit({ as = 'administrator', language = 'en', theme = 'light', width = 1280 } = {}) {
      const door = as === 'nobody' ? null : await enter(as)
      const context = await browser.newContext({
        baseURL: address,
        viewport: { width, height: width < 500 ? 844 : 860 },
        reducedMotion: 'reduce',
        locale: language,
        timezoneId: 'UTC',
        ...(door ? { storageState: door.state } : {}),
      })
      await choose(context, { language, theme, ...(door ? { shared: { user: door.user, language, theme } } : {}) })
      return visitIn(context, as === 'nobody')
    },
    hire: (role, name) =>
      withTransaction(product.database, async (db) => {
        const context = product.contextOf(db, new Date(), operator)
        const { password } = await createUser(context, { name, email: addressOf(role), roles: [role] })
        passwords.set(`${address} ${role}`, password ?? '')
      }),
    passwordOf: (role) => passwords.get(`${address} ${role}`) ?? '',
    async close() {
      await product.stop()
      await scratch.close()
    },
  }
}

/** This browser made its choices before; what it is told later stays. */
async function choose(context: BrowserContext, choices: Readonly<Record<string, unknown>>): Promise<void> {
  const kept = Object.entries(choices).map(([name, value]) => [`patron.${name}`, JSON.stringify(value)] as const)
  await context.addInitScript((pairs) => {
    const { localStorage } = globalThis as unknown as {
      localStorage: { getItem(key: string): unknown; setItem(key: string, to: string): void }
    }
    for (const [key, value] of pairs) if (localStorage.getItem(key) === null) localStorage.setItem(key, value)
  }, kept)
}

async function visitIn(context: BrowserContext, signedOut: boolean): Promise<Visit> {
  context.setDefaultTimeout(40_000)
  const page = await context.newPage()
  // What a failed journey saw; nobody closes its window any more.
  onTestFailed(async () => {
    const words = await page
      .locator('body')
      .innerText()
      .catch(() => '')
    if (words) console.error(`${page.url()}\n${words.replace(/\n\s*\n/g, '\n')}`)
    await context.close()
  })
  const problems: string[] = []
  const open = new Set<Request>()
  page.on('request', (request) => open.add(request))
  // Not when it has finished: an answer whose content nobody reads never does.
  page.on('response', (response) => open.delete(response.request()))
  page.on('requestfailed', (request) => open.delete(request))
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()} ${response.url()}`)
  })
  page.on('console', (message) => {
    // Who is not signed in yet asks whether they are; the browser calls the answer an error.
    if (message.type() === 'error' && !(signedOut && / 401 /.test(message.text()))) problems.push(message.text())
  })
  const settle = async () => {
    await page.locator('h1').first().waitFor({ state: 'attached' })
    const begun = Date.now()
    for (let quiet = 0; quiet < 2; ) {
      if (Date.now() - begun > 40_000) throw new Error(`${page.url()} does not come to rest: ${[...open].map((request) => request.url())}`)
      await sleep(40)
      quiet = open.size === 0 && (await page.locator('.ant-skeleton').count()) === 0 ? quiet + 1 : 0
    }
  }
  return {
    page,
    problems,
    settle,
    async open(path) {
      await page.goto(path)
      await settle()
    },
    async walk(path) {
      await page.evaluate((to) => {
        const tab = globalThis as unknown as {
          history: { pushState(a: unknown, b: string, c: string): void }
          dispatchEvent(e: Event): void
        }
        tab.history.pushState({}, '', to)
        tab.dispatchEvent(new Event('popstate'))
      }, path)
      await settle()
    },
    close: () => context.close(),
  }
}

interface Door {
  readonly user: string
  readonly state: Awaited<ReturnType<BrowserContext['storageState']>>
}

const addressOf = (role: string) => `${role}@example.com`

/** Through the page, as a person does it. */
async function signIn(browser: Browser, address: string, role: string): Promise<Door> {
  const context = await browser.newContext({ baseURL: address, locale: 'en' })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(addressOf(role))
  await page.getByLabel('Password', { exact: true }).fill(passwords.get(`${address} ${role}`) ?? '')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  const { user } = (await (await context.request.get('/api/v1/organization/session')).json()) as { user: { id: string } }
  const state = await context.storageState()
  await context.close()
  return { user: user.id, state: { ...state, origins: [] } }
}

/** The first passwords of the demo accounts, by address and role. */
const passwords = new Map<string, string>()
const people: readonly (readonly [BuiltInRole, string])[] = [
  ['administrator', 'Ada Winter'],
  ['agent', 'Ben Carver'],
  ['account-manager', 'Chen Yulan'],
  ['analyst', 'Dana Moss'],
  ['supervisor', 'Eva Lind'],
  ['department', 'Noa Field'],
]

async function loadDemo({ database, contextOf, address }: Product, customers: number): Promise<void> {
  await withTransaction(database, async (db) => {
    const context = contextOf(db, new Date(), operator)
    await requestDemo(context, customers)
    await writeSetting(context, organizationProfile, { name: 'Lantern Tea House', currency: 'USD', timeZone: 'UTC', locale: 'en' }, 0)
    for (const [role, name] of people) {
      const { password } = await createUser(context, { name, email: addressOf(role), roles: [role] })
      passwords.set(`${new URL(address ?? '').origin} ${role}`, password ?? '')
    }
  })
  for (;;) {
    const { state, steps } = await demoState(database.db)
    if (state === 'loaded') return
    if (state === 'failed') throw new Error(`The demo company could not be loaded: ${JSON.stringify(steps)}`)
    await sleep(100)
  }
}
