import { expect, test } from 'vitest'
import { mailDocument } from './mail-document.ts'

const parts = { fileUrl: (id: string) => `/files/${id}?a=1&b=2`, elsewhere: (host: string) => `Picture on ${host}` }
const bodyOf = (html: string) => /<body>(.*)<\/body>/s.exec(mailDocument(html, parts))![1]

test('a file of the mail is shown, a picture elsewhere is named', () => {
  expect(bodyOf('<p><img width="10" alt="Logo" data-attachment="f1" /></p>')).toBe(
    '<p><img width="10" alt="Logo" src="/files/f1?a=1&amp;b=2" /></p>',
  )
  expect(
    bodyOf(
      '<img height="20" alt="" data-remote="https://shop.example/a?x=1&amp;y=2" /> and <img alt="x" src="data:image/png;base64,AA==" />',
    ),
  ).toBe('<span class="elsewhere">Picture on shop.example</span> and <img alt="x" src="data:image/png;base64,AA==" />')
})

test('words that look like a picture stay words', () => {
  const words =
    '<p title="&lt;img data-remote=&quot;https://x.example/&quot;&gt;">&lt;img data-remote="https://x.example/"&gt; data-attachment="x"</p>'
  expect(bodyOf(words)).toBe(words)
})

test('nothing may be loaded but the files of the mail, and nobody is told where a link was followed', () => {
  const document = mailDocument('<p>x</p>', parts)
  expect(document).toContain(`content="default-src 'none'; img-src 'self' data: blob:; style-src 'unsafe-inline'; form-action 'none'"`)
  expect(document).toContain('<meta name="referrer" content="no-referrer">')
  expect(document).not.toContain('<script')
})
