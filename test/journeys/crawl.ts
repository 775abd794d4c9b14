import { globSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from '#test/browser.ts'
import { modules } from '../../src/modules.ts'
import type { Look, Stage, Theme, Visit } from './product.ts'
import { paint, still } from './seen.ts'

interface Entry {
  readonly module: string
  readonly routes: readonly { readonly path: string; readonly permission?: string }[]
}

/** Addresses to look at for a route. */
export type Examples = Readonly<Record<string, readonly string[]>>

/** Every route of every module, with examples in the place of each parameter; a new parameter needs a new example. */
export async function routes(examples: Examples): Promise<readonly { path: string; signedOut: boolean }[]> {
  const source = join(import.meta.dirname, '../../src')
  const found: { path: string; signedOut: boolean }[] = []
  for (const file of globSync('{modules,platform}/*/screens/index.ts', { cwd: source }).sort()) {
    const { screens } = (await import(pathToFileURL(join(source, file)).href)) as { screens: Entry }
    for (const { path, permission } of screens.routes) {
      for (const filled of examples[path] ?? [path]) {
        if (filled.includes(':')) throw new Error(`The crawl needs an example for ${path}`)
        found.push({ path: filled, signedOut: permission === 'public' })
      }
    }
  }
  return found
}

/** Everything a person reads or hears, also what is written in attributes. */
const wordsOf = (visit: Visit): Promise<string> =>
  visit.page.evaluate(() => {
    const { document } = globalThis as unknown as { document: { body: Node; title: string } }
    interface Node {
      innerText: string
      querySelectorAll(selector: string): Iterable<{ getAttribute(name: string): string | null }>
    }
    const spoken = ['aria-label', 'placeholder', 'title', 'alt', 'data-label'].flatMap((name) =>
      [...document.body.querySelectorAll(`[${name}]`)].map((one) => one.getAttribute(name) ?? ''),
    )
    return [document.title, document.body.innerText, ...spoken].join('\n')
  })

/** What the trail and the table of roles call by their own names: permissions and endpoints. */
const named = new Set(
  modules.flatMap((one) => [...Object.keys(one.permissions), ...Object.keys(one.api).map((endpoint) => `${one.name}.${endpoint}`)]),
)

/** What looks like the key of a text and is no file, address or name of the house's own. */
export const keysIn = (words: string): string[] =>
  [...new Set(words.match(/(?<![\w@./-])[a-z][A-Za-z]*(?:\.[a-z][A-Za-z0-9-]*)+(?![\w@/])/g) ?? [])].filter(
    (word) => !named.has(word) && !word.startsWith('www.') && !/\.(csv|tsv|txt|gz|zip|xlsx|xls|xlsb|ods|json|com|org|example)$/.test(word),
  )

/** Words that are the same in every language. */
const international = /^[\s\d\p{P}\p{S}]*$|RFM|CSV|XLSX|NBD|80\/20|English|Webhook/u

/** Headings, buttons and labels without a Han character: what was left in English. */
const leftInEnglish = async (visit: Visit): Promise<string[]> => {
  const texts = await visit.page.locator('h2, h3, th, nav a, button, label, legend, dt').allInnerTexts()
  return [...new Set(texts.map((text) => text.trim()))].filter((text) => !/\p{Script=Han}/u.test(text) && !international.test(text))
}

/** Names of people, products and files are as they are in every language; so is what stands of somebody in front of their name, where two are compared. */
const names = /^(.+ （[A-Z][\w’é.-]*( [A-Z][\w’é.-]*)+）|Ada|Ben|Dana|[A-Z][\w’é.-]*( [A-Z\d][\w’é.-]*)+|demo|[A-Z]{3}( ·.*)?)$/

/** A hundred pages, each of which has its own limits: as long as it takes on a machine that does much else. */
const wholeWalk = 900_000

export function crawl(stage: () => Stage, examples: () => Promise<Examples>): void {
  /** Looks at every page, signed in or out as it is for, and wants nothing to be found on any, nor behind them. */
  async function everyPage(look: Look, find: (visit: Visit, path: string) => Promise<readonly string[]>): Promise<void> {
    const all = await routes(await examples())
    const found: string[] = []
    for (const signedOut of [false, true]) {
      const visit = await stage().visit({ ...look, as: signedOut ? 'nobody' : 'administrator' })
      await visit.open(signedOut ? '/sign-in' : '/profile')
      for (const { path } of all.filter((one) => one.signedOut === signedOut)) {
        await visit.walk(path)
        const title = await visit.page.locator('h1').first().textContent()
        expect(title, path).not.toBe('')
        let seen = await find(visit, path)
        // What a busy machine had not yet drawn to its end is gone a moment later; what is wrong stays.
        if (seen.length > 0) {
          await sleep(1_000)
          seen = await find(visit, path)
        }
        for (const one of seen) found.push(`${path}: ${one}`)
      }
      found.push(...visit.problems)
      await visit.close()
    }
    // As one text: a list would be cut short to its length where it failed.
    expect(found.join('\n')).toBe('')
  }
  const rawKeys = async (visit: Visit) => keysIn(await wordsOf(visit)).map((key) => `raw key ${key}`)

  for (const language of ['zh-CN', 'zh-TW'] as const)
    test(`every page in ${language} on a phone: no raw keys, nothing in English, no errors, nothing sideways`, { timeout: wholeWalk }, () =>
      everyPage({ language, width: phone.width }, async (visit) => {
        const english = (await leftInEnglish(visit)).filter((text) => !names.test(text)).map((text) => `in English: ${text}`)
        return [...(await rawKeys(visit)), ...english, ...(await sideways(visit.page))]
      }),
    )

  // One walk for all: a window that is made narrow shows what a phone does, and each page is begun in the colours and the width in which the one before it was left.
  test('every page in English is accessible (WCAG 2.2 AA), light and dark; no raw keys, no errors, nothing sideways on a phone', {
    timeout: wholeWalk,
  }, () => {
    const themes: Theme[] = ['light', 'dark']
    const windows = [desk, phone]
    const inBothColours = async (visit: Visit) => {
      const found: string[] = []
      for (const [nth, theme] of themes.entries()) {
        await paint(visit, theme)
        await still(visit.page)
        // Nothing but colours differs in the second.
        for (const { rule, places } of await axe(visit.page, 'body', nth === 0 ? [] : ['color-contrast']))
          found.push(`${theme}: ${rule} ${places.slice(0, 3).join(' | ')}`)
      }
      themes.reverse()
      return found
    }
    // What only comes about where there is little room: rows that scroll, tabs that hide, links alone in a line.
    const narrowRules = ['aria-required-children', 'scrollable-region-focusable', 'target-size']
    const whereNarrow = async (visit: Visit) => [
      ...(await sideways(visit.page)),
      ...(await axe(visit.page, 'body', narrowRules)).map(({ rule, places }) => `on a phone: ${rule} ${places.slice(0, 3).join(' | ')}`),
    ]
    return everyPage({}, async (visit) => {
      const found: string[] = []
      for (const size of windows) {
        await visit.page.setViewportSize(size)
        await visit.settle()
        found.push(...(size === phone ? await whereNarrow(visit) : [...(await inBothColours(visit)), ...(await rawKeys(visit))]))
      }
      windows.reverse()
      return found
    })
  })
}
const phone = { width: 390, height: 844 }
const desk = { width: 1280, height: 860 }

/** What is wider than the window, or than the dialog or drawer that it stands in: nobody scrolls sideways on a phone. */
export const sideways = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    interface Part {
      readonly className: string
      readonly scrollWidth: number
      readonly clientWidth: number
    }
    const tab = globalThis as unknown as {
      document: { documentElement: Part; querySelectorAll(selector: string): Iterable<Part> }
      innerWidth: number
    }
    const over = tab.document.documentElement.scrollWidth - tab.innerWidth
    const within = [...tab.document.querySelectorAll('.ant-modal, .ant-modal-container, .ant-modal-body, .ant-drawer-body')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ className, scrollWidth, clientWidth }) => `${scrollWidth - clientWidth} pixels sideways in ${className}`)
    return [...(over > 0 ? [`${over} pixels sideways`] : []), ...within]
  })
