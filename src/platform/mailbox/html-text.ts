import { Parser } from 'htmlparser2'

/** The words of an HTML mail, as somebody would read them: paragraphs on lines of their own, quoted parts behind '>'. For mails that bring no text of their own, for searching, and for what is new in an answer. */
export function htmlToText(html: string): string {
  const lines: string[] = []
  let line = ''
  let quoted = 0
  let hidden = 0
  let exact = 0
  const end = () => {
    lines.push(`${'> '.repeat(quoted)}${exact > 0 ? line : line.trim()}`)
    line = ''
  }
  const endIfBegun = () => {
    if (line.trim() !== '') end()
    else line = ''
  }
  const parser = new Parser(
    {
      onopentag(name, { alt = '' }) {
        if (hiddenTags.has(name)) hidden++
        if (hidden > 0) return
        if (name === 'br') end()
        else if (name === 'img') line += alt
        else if (blocks.has(name)) endIfBegun()
        if (name === 'blockquote') quoted = Math.min(quoted + 1, deepest)
        if (name === 'pre') exact++
        if (name === 'li') line = '• '
        if (name === 'hr') lines.push('---')
      },
      ontext(text) {
        if (hidden > 0) return
        if (exact === 0) {
          const words = text.replace(/[\t\n\f\r ]+/g, ' ')
          line += line === '' ? words.trimStart() : words
          return
        }
        for (const [at, part] of text.split('\n').entries()) {
          if (at > 0) end()
          line += part
        }
      },
      onclosetag(name) {
        if (hiddenTags.has(name)) hidden = Math.max(0, hidden - 1)
        if (hidden > 0) return
        if (name === 'td' || name === 'th') line += ' '
        else if (blocks.has(name)) endIfBegun()
        if (name === 'p' && lines.at(-1) !== '') lines.push('')
        if (name === 'blockquote') quoted = Math.max(0, quoted - 1)
        if (name === 'pre') exact = Math.max(0, exact - 1)
      },
    },
    { decodeEntities: true },
  )
  parser.write(html)
  parser.end()
  endIfBegun()
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Whether HTML is more than anybody writes: reading it takes longer the deeper its elements lie in each other. */
export const isTooMuchHtml = (html: string, mostLength: number): boolean =>
  html.length > mostLength || html.split('<', mostTags + 1).length > mostTags
const mostTags = 40_000

/** The words of HTML that is too much to be read: whatever stands outside of what looks like an element. */
export const roughText = (html: string, mostLength: number): string =>
  html
    .slice(0, mostLength)
    .split('<')
    .map((part) => part.slice(part.indexOf('>') + 1))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()

const deepest = 5
const hiddenTags = new Set(['script', 'style', 'title', 'template', 'noscript', 'svg', 'math', 'textarea', 'select'])
const blocks = new Set(
  `address article aside blockquote caption center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead
  tr ul`.split(/\s+/),
)
