import fc from 'fast-check'
import { parseDocument } from 'htmlparser2'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from '#test/browser.ts'
import { hostileHtml } from '#test/hostile-html.ts'
import { htmlToText, isTooMuchHtml, roughText } from './html-text.ts'
import { safeHtml } from './safe-html.ts'
import { safeStyle } from './safe-style.ts'

const file = '0198c0de-0000-7000-8000-000000000001'
const files = new Map([['logo@example.com', file]])
const safe = (html: string) => safeHtml(html, files).html

describe('what is left of an HTML mail', () => {
  test('is what people read: words, tables, colours, lists', () => {
    const mail =
      '<h1>Hello</h1><table border="1" width="100%"><tr><td colspan=2 bgcolor="#eee" style="padding: 4px; color: #333">One</td></tr></table><ul><li>Two</li></ul>'
    expect(safe(mail)).toBe(
      '<h1>Hello</h1><table width="100%" border="1"><tr><td bgcolor="#eee" colspan="2" style="padding:4px;color:#333">One</td></tr></table><ul><li>Two</li></ul>',
    )
  })
  test('keeps the words of elements that go', () => {
    expect(
      safe('<html><head><title>No</title><style>p{}</style></head><body><form><p>Hello <button>there</button></p></form></body></html>'),
    ).toBe('<p>Hello there</p>')
    expect(safe('<head><meta charset=utf-8><body>Hello')).toBe('Hello')
  })
  test('shows where a link leads, whatever its words say', () => {
    expect(safe('<a href="https://evil.example/x?y=1&amp;z=2">https://bank.example</a>')).toBe(
      '<a href="https://evil.example/x?y=1&amp;z=2" data-host="evil.example" target="_blank" rel="noopener noreferrer nofollow">https://bank.example</a>',
    )
    expect(safe('<a href="https://bank.example@evil.example:8443/">x</a>')).toContain(
      'href="https://evil.example:8443/" data-host="evil.example:8443"',
    )
    // Cyrillic letters that look like Latin ones.
    expect(safe('<a href="https://b\u0430nk.example/">x</a>')).toContain('data-host="xn--bnk-6cd.example"')
    expect(safe('<a href="mailto:ada@example.com">x</a>')).toContain('data-host="ada@example.com"')
    expect(safe('<a href="/customers">x</a><a href="ftp://example.com/">y</a>')).toBe('<a>x</a><a>y</a>')
  })
  test('has pictures that came with the mail by their file, and others only by their address', () => {
    const { html, remoteImages } = safeHtml(
      '<img src="cid:logo@example.com" alt="Logo" width=10><img src="cid:other@example.com"><img src="https://shop.example/a.png" height="20"><img src="data:image/png;base64,iVBORw0KGgo=">',
      files,
    )
    expect(html).toBe(
      `<img width="10" alt="Logo" data-attachment="${file}" /><img height="20" alt="" data-remote="https://shop.example/a.png" /><img src="data:image/png;base64,iVBORw0KGgo=" alt="" />`,
    )
    expect(remoteImages).toBe(1)
  })
  test('has no picture that is only there to be fetched', () => {
    expect(safeHtml('<img src="https://spy.example/open.gif" width="1" height="1">x').html).toBe('x')
  })
  test('has no file or host that the sender named', () => {
    expect(safe(`<p data-attachment="${file}">x</p><img data-attachment="${file}" data-remote="https://evil.example/" alt="y">`)).toBe(
      '<p>x</p>',
    )
  })
})

test('of a style only colours, type and sizes are left', () => {
  expect(safeStyle('color:red; Font-Size : 12px!important;background:#fff;position:fixed;margin:0 auto')).toBe(
    'color:red;font-size:12px;background-color:#fff;margin:0 auto',
  )
  for (const style of [
    'background:url(x)',
    'color:expression(x)',
    'width:calc(1px)',
    'content:"x"',
    'margin:-5px',
    'color:\\72 ed',
    'font-family:x;}body{color:red',
    'border:1px solid url(x)',
  ])
    expect(safeStyle(style)).not.toMatch(/url|expression|calc|content|-5px|\\|[{}]/)
})

/** Every element and attribute that may be there, written apart from what makes them so. */
const elements = new Set(
  'a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr'.split(
    ' ',
  ),
)
const attributes = new Set(
  'align alt bgcolor border cellpadding cellspacing color colspan data-attachment data-host data-remote dir face height href lang noshade nowrap rel rowspan size span src start style target title type valign value width'.split(
    ' ',
  ),
)
interface Node {
  readonly name?: string
  readonly attribs?: Readonly<Record<string, string>>
  readonly children?: readonly Node[]
}
/** What is wrong with a piece of HTML when a program has read it. */
function wrongs(html: string): string[] {
  const wrong: string[] = []
  const look = ({ name, attribs = {}, children = [] }: Node) => {
    if (name !== undefined && !elements.has(name)) wrong.push(`<${name}>`)
    for (const [key, value] of Object.entries(attribs)) {
      if (!attributes.has(key)) wrong.push(`${name} ${key}`)
      if (key === 'href' && !/^(?:https?:\/\/[^@]+$|mailto:|tel:)/.test(value)) wrong.push(`href ${value}`)
      if (key === 'src' && !/^data:image\/(?:png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=\s]+$/.test(value)) wrong.push(`src ${value}`)
      if (key === 'data-remote' && !/^https?:\/\//.test(value)) wrong.push(`data-remote ${value}`)
      if (key === 'data-attachment' && value !== file) wrong.push(`data-attachment ${value}`)
      if (key === 'target' && (value !== '_blank' || attribs.rel !== 'noopener noreferrer nofollow')) wrong.push(`target ${value}`)
      if (key === 'style' && /[\\{}<>@]|url|expression|position|z-index|-moz|behavior|var\(/i.test(value)) wrong.push(`style ${value}`)
    }
    if (attribs.href !== undefined && attribs['data-host'] === undefined) wrong.push('a link that does not say where it leads')
    for (const child of children) look(child)
  }
  for (const node of parseDocument(html).children as unknown as Node[]) look(node)
  return wrong
}

test('the look at what is left sees what must not be there', () => {
  expect(wrongs('<script>x</script>')).toEqual(['<script>'])
  expect(wrongs('<p onclick=x>')).toEqual(['p onclick'])
  expect(wrongs('<a href="javascript:x" target=_self>')).toHaveLength(3)
  expect(wrongs('<p style="background:url(x)">')).toHaveLength(1)
})

describe('nothing harmful is left', () => {
  test(`of ${hostileHtml.length} attempts`, () => {
    expect(hostileHtml.length).toBeGreaterThan(60)
    for (const html of hostileHtml) expect([html, wrongs(safe(html))]).toEqual([html, []])
  })

  test('of any of them within another, or cut off, and it stays as it is', () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostileHtml),
      fc.constantFrom('<table>', '</table>', '<p>', '</a>', '"', "'", '<!--', '-->', '<', '>', '</', '<img ', 'cid:logo@example.com'),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.nat(400), (pieces, cut) => {
        const once = safe(pieces.join('').slice(cut % 7, 600))
        expect(wrongs(once)).toEqual([])
        expect(wrongs(safe(once))).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  test('and nobody waits long for a mail that was made for that', () => {
    const long = [
      '<div>'.repeat(39_000),
      '<a '.repeat(39_000),
      '<div>'.repeat(200_000),
      '<a '.repeat(200_000),
      `<p style="${'color:red;'.repeat(50_000)}">x</p>`,
      '<p style="font-family:a,a,a,a">x</p>'.repeat(20_000),
      `<a href="${'x'.repeat(500_000)}">y</a>`,
      '<!--'.repeat(200_000),
      '&#'.repeat(300_000),
      '<iframe>'.repeat(50_000),
      '<b><i>'.repeat(100_000),
      `<img src="data:image/png;base64,${'A'.repeat(900_000)}">`,
      '<noscript><p title="'.repeat(20_000),
      `<font face="${' ,'.repeat(100_000)}">`,
      `<p style="border:${'1px '.repeat(1000)}x">`,
    ]
    for (const html of long) {
      const began = performance.now()
      if (isTooMuchHtml(html, 1_000_000)) roughText(html, 1_000_000)
      else {
        safe(html)
        htmlToText(html)
      }
      expect([html.slice(0, 20), performance.now() - began < 4000]).toEqual([html.slice(0, 20), true])
    }
  })
})

describe('in a real browser', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let page: Page
  const asked: string[] = []
  beforeAll(async () => {
    browser = await openBrowser()
    page = await browser.newPage()
    await page.route('**/*', (route) => {
      asked.push(route.request().url())
      return route.abort()
    })
  })
  afterAll(() => browser.close())
  const shown = async (html: string) => {
    asked.length = 0
    let ran = false
    page.removeAllListeners('dialog')
    page.on('dialog', (dialog) => {
      ran = true
      void dialog.dismiss()
    })
    await page.setContent(`<!doctype html><script>var ran = false; function pwned() { ran = true }</script><div id="mail">${html}</div>`)
    // Whatever is there is hovered, focused and clicked.
    await page.evaluate(`for (const element of document.querySelectorAll('#mail *')) {
      for (const kind of ['mouseover', 'focus', 'toggle', 'load', 'error', 'begin', 'start']) element.dispatchEvent(new Event(kind, { bubbles: true }))
      if (element instanceof HTMLElement && !element.closest('a[href^="http"], a[href^="mailto:"]')) element.click()
    }`)
    await page.waitForTimeout(20)
    return { ran: ran || (await page.evaluate<boolean>('ran')), asked: [...asked] }
  }

  test('the attempts are real: as they are, some run and some load', async () => {
    const outcomes = []
    for (const html of hostileHtml.filter((one) => /^<(?:img src=x|svg onload|body onload|details|link|img\/src)/.test(one)))
      outcomes.push(await shown(html))
    expect(outcomes.filter(({ ran }) => ran).length).toBeGreaterThan(3)
    expect(outcomes.some((one) => one.asked.length > 0)).toBe(true)
  })

  test('nothing of what is left runs or loads', async () => {
    for (const html of hostileHtml) expect([html, await shown(safe(html))]).toEqual([html, { ran: false, asked: [] }])
    expect(await shown(safe(hostileHtml.join('\n')))).toEqual({ ran: false, asked: [] })
  })
})

test('what is too much to be read still gives its words', () => {
  expect(isTooMuchHtml('<p>x</p>', 100)).toBe(false)
  expect(isTooMuchHtml('<p>x</p>', 5)).toBe(true)
  expect(isTooMuchHtml('<b>'.repeat(50_000), 1_000_000)).toBe(true)
  expect(roughText('<p class="x">The kettle</p><b>is</b> <i>broken', 1000)).toBe('The kettle is broken')
})

describe('the words of an HTML mail', () => {
  test.each([
    ['<p>Hello</p><p>there</p>', 'Hello\n\nthere'],
    ['<div>One</div><div>Two<br>Three</div>', 'One\nTwo\nThree'],
    ['<ul><li>One</li><li>Two</li></ul>', '• One\n• Two'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['<style>p{}</style><title>x</title>Hello &amp; &lt;you&gt;<script>y</script>', 'Hello & <you>'],
    ['Sure.<blockquote>Is it<br>red?</blockquote>', 'Sure.\n> Is it\n> red?'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['<p>水壶\n坏了</p>', '水壶 坏了'],
    ['', ''],
  ])('%j', (html, text) => expect(htmlToText(html)).toBe(text))
})
