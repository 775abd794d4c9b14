/** SQL as text: enough of its form to check rules, no more. */

/** The statements of a script, without comments; what stands in quotes or dollar quotes is kept as '…'. Case and spaces are evened out. */
export function statementsOf(script: string): readonly string[] {
  const plain = script
    .replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, `'…'`)
    .replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (text) =>
      text.startsWith(`'`) ? (/^'[\w ."]*'$/.test(text) ? text : `'…'`) : ' ',
    )
  return plain
    .replaceAll('"', '')
    .split(';')
    .map((statement) => statement.replace(/\s+/g, ' ').trim().toLowerCase())
    .filter((statement) => statement !== '')
}

/** The parts of a list, split at commas that are not inside brackets. */
export function listItems(text: string): readonly string[] {
  const items: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at <= text.length; at++) {
    const letter = text[at]
    if (letter === '(') depth++
    else if (letter === ')') depth--
    else if (at === text.length || (letter === ',' && depth === 0)) {
      items.push(text.slice(from, at).trim())
      from = at + 1
    }
  }
  return items.filter((item) => item !== '')
}

/** What stands between the bracket at `open` and its partner. */
export function bracketed(text: string, open: number): string {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return text.slice(open + 1, at)
  }
  return text.slice(open + 1)
}

/** The texts in quotes of a TypeScript source, each evened out, with `$` for what is filled in; those inside a filling come as texts of their own. */
export function textsOf(source: string): readonly string[] {
  const texts: string[] = []
  readCode(source, 0, texts)
  return texts.map((text) =>
    text
      .replace(/--[^\n]*/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}

function readCode(source: string, from: number, texts: string[]): number {
  let depth = 0
  let at = from
  while (at < source.length) {
    const letter = source[at]!
    if (source.startsWith('//', at)) at = indexAfter(source, '\n', at)
    else if (source.startsWith('/*', at)) at = indexAfter(source, '*/', at + 2)
    else if (letter === '/' && /[(,=:[!&|?{};]\s*$|\breturn\s*$/.test(source.slice(Math.max(0, at - 20), at))) at = afterRegExp(source, at)
    else if (letter === `'` || letter === '"') at = readString(source, at, texts)
    else if (letter === '`') at = readTemplate(source, at, texts)
    else {
      if (letter === '{') depth++
      if (letter === '}' && depth-- === 0) return at + 1
      at++
    }
  }
  return at
}

function readString(source: string, from: number, texts: string[]): number {
  let at = from + 1
  while (at < source.length && source[at] !== source[from] && source[at] !== '\n') at += source[at] === '\\' ? 2 : 1
  texts.push(source.slice(from + 1, at))
  return at + 1
}

function readTemplate(source: string, from: number, texts: string[]): number {
  let text = ''
  let at = from + 1
  while (at < source.length && source[at] !== '`') {
    if (source.startsWith('${', at)) {
      text += '$'
      at = readCode(source, at + 2, texts)
    } else if (source[at] === '\\') {
      text += source[at + 1] ?? ''
      at += 2
    } else text += source[at++]
  }
  texts.push(text)
  return at + 1
}

function afterRegExp(source: string, from: number): number {
  let inClass = false
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === '[') inClass = true
    else if (source[at] === ']') inClass = false
    else if (source[at] === '\n') return from + 1
    else if (source[at] === '/' && !inClass) return at + 1
  }
  return source.length
}

function indexAfter(source: string, text: string, from: number): number {
  const found = source.indexOf(text, from)
  return found < 0 ? source.length : found + text.length
}
