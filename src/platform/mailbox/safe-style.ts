/** What of a style somebody else wrote may be shown: colours, type, and sizes of one's own. Nothing that loads, covers, moves out of its place, or is no plain value. Pure. */
export function safeStyle(style: string): string {
  const kept: string[] = []
  for (const declaration of style.slice(0, longest).split(';').slice(0, most)) {
    const colon = declaration.indexOf(':')
    if (colon < 0) continue
    const property = declaration.slice(0, colon).trim().toLowerCase()
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s*important\s*$/i, '')
      .trim()
    if (property === 'background' && colour.test(value)) kept.push(`background-color:${value}`)
    else if (allowed.get(property)?.test(value)) kept.push(`${property}:${value}`)
  }
  return kept.join(';')
}

const longest = 4000
const most = 60

const colour = /^(?:#[0-9a-f]{3,8}|[a-z]{3,30}|(?:rgb|hsl)a?\([\d.,%\s/]{1,60}\))$/i
const size = '(?:0|auto|\\d{1,4}(?:\\.\\d{1,6})?(?:px|pt|em|rem|ex|ch|cm|mm|in|%))'
const oneSize = new RegExp(`^${size}$`, 'i')
const sizes = new RegExp(`^${size}(?:\\s+${size}){0,3}$`, 'i')
const words = (...list: readonly string[]) => new RegExp(`^(?:${list.join('|')})$`, 'i')
const line = 'none|hidden|solid|dashed|dotted|double|groove|ridge|inset|outset'
const border = new RegExp(
  `^(?:(?:${size}|thin|medium|thick|${line}|#[0-9a-f]{3,8}|[a-z]{3,30}|rgba?\\([\\d.,%\\s/]{1,60}\\))\\s*){1,3}$`,
  'i',
)
const sides = ['top', 'right', 'bottom', 'left']

const allowed: ReadonlyMap<string, RegExp> = new Map<string, RegExp>([
  ['color', colour],
  ['background-color', colour],
  ['font-family', /^[\p{L}\p{N} ,'"_-]{1,300}$/u],
  ['font-size', new RegExp(`^(?:${size}|(?:xx?-)?(?:small|large)|medium|smaller|larger)$`, 'i')],
  ['font-weight', /^(?:normal|bold|bolder|lighter|[1-9]00)$/i],
  ['font-style', words('normal', 'italic', 'oblique')],
  ['font-variant', words('normal', 'small-caps')],
  ['line-height', /^(?:normal|\d{1,3}(?:\.\d{1,6})?(?:px|pt|em|rem|%)?)$/i],
  ['letter-spacing', oneSize],
  ['text-align', words('left', 'right', 'center', 'justify', 'start', 'end')],
  ['text-decoration', words('none', 'underline', 'line-through', 'overline')],
  ['text-transform', words('none', 'uppercase', 'lowercase', 'capitalize')],
  ['text-indent', oneSize],
  ['vertical-align', words('top', 'middle', 'bottom', 'baseline', 'sub', 'super', 'text-top', 'text-bottom')],
  ['white-space', words('normal', 'nowrap', 'pre', 'pre-wrap', 'pre-line')],
  ['word-break', words('normal', 'break-all', 'keep-all', 'break-word')],
  ['word-wrap', words('normal', 'break-word')],
  ['overflow-wrap', words('normal', 'break-word', 'anywhere')],
  ['direction', words('ltr', 'rtl')],
  ['display', words('block', 'inline', 'inline-block', 'none', 'table', 'table-row', 'table-cell', 'list-item')],
  ['list-style-type', /^[a-z-]{3,30}$/i],
  ['table-layout', words('auto', 'fixed')],
  ['border-collapse', words('collapse', 'separate')],
  ['border-spacing', sizes],
  ['border-radius', sizes],
  ['border-color', colour],
  ['border-style', words(...line.split('|'))],
  ['border-width', sizes],
  ['border', border],
  ...sides.map((side): [string, RegExp] => [`border-${side}`, border]),
  ['padding', sizes],
  ...sides.map((side): [string, RegExp] => [`padding-${side}`, oneSize]),
  ['margin', sizes],
  ...sides.map((side): [string, RegExp] => [`margin-${side}`, oneSize]),
  ...['width', 'max-width', 'min-width', 'height', 'max-height', 'min-height'].map((name): [string, RegExp] => [name, oneSize]),
])
