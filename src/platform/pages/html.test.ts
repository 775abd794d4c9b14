import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attributes, type Filling, Html, html, lines, safeAddress } from './html.ts'

const text = (made: Html) => made.toString()

/** What people have put into forms to run code elsewhere; from the OWASP and PortSwigger collections, by kind of place. */
const corpus = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "'><svg/onload=alert(1)>",
  '" onmouseover="alert(1)',
  "' autofocus onfocus='alert(1)",
  '` onerror=`alert(1)',
  '</title><script>alert(1)</script>',
  '</textarea><script>alert(1)</script>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  ']]><script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)',
  '<a href="javascript:alert(1)">x</a>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '{{constructor.constructor("alert(1)")()}}',
  `$${'{alert(1)}'}`,
  '\u0000<script\u0000>alert(1)</script>',
  '\ud800<script>alert(1)</script>',
  '\u2028<script>alert(1)</script>',
  '＜script＞alert(1)＜/script＞',
]

/** Addresses that run code, as browsers read them. */
const running = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  'java\r\nscript:alert(1)',
  '\tjavascript:alert(1)',
  'javascript://example.com/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'vbscript:msgbox(1)',
  'blob:https://example.com/1',
  'filesystem:https://example.com/temporary/x',
  'view-source:javascript:alert(1)',
  'feed:javascript:alert(1)',
  'jar:https://example.com!/x',
  'intent://x#Intent;scheme=javascript;end',
]

describe('whatever is filled in', () => {
  test.each(corpus)('%j stays text, in text and in values', (given) => {
    const made = text(html`<p title="${given}" ${attributes({ 'data-x': given })}>${given}</p>`)
    // Without what we wrote ourselves no sign is left that begins a tag or ends a value.
    const inside = made.slice('<p title="'.length, -'</p>'.length)
    expect(inside.replace('" data-x="', '').replace('">', '')).not.toMatch(/[<>"'`\0]/)
    expect(made.isWellFormed()).toBe(true)
  })
  test.each(running)('%j leads nowhere', (given) => {
    expect(safeAddress(given)).toBe('#')
    expect(text(html`<a href="${given}">x</a>`)).toBe('<a href="#">x</a>')
    expect(text(html`<form ${attributes({ action: given })}></form>`)).toBe('<form action="#"></form>')
    expect(text(html`<img src="${given}">`)).toBe('<img src="#">')
  })
  test.each([
    '/p/',
    '/p/a?b=c&d=e#f',
    '?x=javascript:1',
    '#javascript:1',
    './a:b',
    'https://example.com/',
    'mailto:a@example.com',
    'tel:+4930',
    '',
    'p/a:b',
  ])('%j is an address', (given) => expect(safeAddress(given)).toBe(given))
  test('any text at all comes out of a browser as it went in', () => {
    // The five escapes and NUL, which no page can hold, are all that is done to it.
    const read = (escaped: string) =>
      escaped.replace(
        /&(amp|lt|gt|quot|#39|#96);/g,
        (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`' })[name]!,
      )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (given) => {
        const made = text(html`<p title="${given}">${given}</p>`)
        const [, value, inside] = /^<p title="([^"]*)">([^<]*)<\/p>$/s.exec(made) ?? []
        const expected = given.toWellFormed().replaceAll('\0', '')
        expect([read(value!), read(inside!)]).toEqual([expected, expected])
      }),
    )
  })
  test('numbers, lists, markup, and nothing', () => {
    const items = [1, html`<b>${'<2>'}</b>`, ['x', null]]
    expect(text(html`<p>${items}${null}${undefined}${false}${0}</p>`)).toBe('<p>1<b>&lt;2&gt;</b>x0</p>')
    expect(text(lines('a\r\nb\n<c>'))).toBe('a<br>b<br>&lt;c&gt;')
    expect(text(html`<i ${attributes({ hidden: true, id: null, title: 'a"b', rows: 3, disabled: false })}></i>`)).toBe(
      '<i hidden title="a&quot;b" rows="3"></i>',
    )
  })
  test('nothing that came from outside can pass for markup', () => {
    for (const given of [{ toString: () => '<b>' }, { text: '<b>' }, true, Symbol('x'), () => '<b>'])
      expect(() => html`<p>${given as unknown as Filling}</p>`).toThrow('Nothing of this kind')
    expect(() => new Html(Symbol('made in this file') as never, '<b>')).toThrow('Only html')
  })
})

describe('templates that cannot be told are refused, whatever is filled in', () => {
  const refused: readonly (readonly [string, () => unknown])[] = [
    ['a script', () => html`<script>${'x'}</script>`],
    ['a style element', () => html`<style>${'x'}</style>`],
    ['a comment', () => html`<!-- ${'x'} -->`],
    ['a value without quotes', () => html`<p title=${'x'}></p>`],
    ['the name of a tag', () => html`<${'p'}>x`],
    ['a handler', () => html`<p onclick="${'x'}"></p>`],
    ['a style', () => html`<p style="${'x'}"></p>`],
    ['a document within', () => html`<iframe srcdoc="${'x'}"></iframe>`],
    ['several addresses in one', () => html`<img srcset="${'x'}">`],
    ['text between attributes', () => html`<p ${'x'}></p>`],
    ['markup in a value', () => html`<p title="${html`<b></b>`}"></p>`],
    ['attributes in text', () => html`<p>${attributes({ id: 'x' })}</p>`],
    ['two halves of a scheme', () => html`<a href="${'java'}${'script:alert(1)'}"></a>`],
    ['a scheme that is filled in', () => html`<a href="${'javascript'}:alert(1)"></a>`],
    ['a beginning of a scheme', () => html`<a href="java${'script:alert(1)'}"></a>`],
    ['a scheme that runs', () => html`<a href="javascript:${'x'}"></a>`],
    ['half a tag', () => html`<p title="x`],
    ['a handler by attributes', () => attributes({ onclick: 'x' })],
    ['a style by attributes', () => attributes({ style: 'x' })],
    ['a name of an attribute that is none', () => attributes({ 'x onclick=y': 'x' })],
  ]
  test.each(refused)('%s', (_, make) => expect(make).toThrow())
  test('and the usual ones are not', () => {
    expect(text(html`<script type="module" nonce="${'n'}" src="/a.js"></script><p>${'x'}</p>`)).toContain('</script><p>x</p>')
  })
})
