import sanitizeHtml from 'sanitize-html'
import { safeStyle } from './safe-style.ts'

/** HTML that somebody sent, without anything that could run, load, lead astray or leave its place. */
export interface SafeHtml {
  readonly html: string
  /** How many pictures lie on other machines. They are not shown before somebody asks: whoever sent them would see who reads, and when. */
  readonly remoteImages: number
}

/**
 * Only elements and attributes of a list are left. A picture that came with the mail names its file (`data-attachment`), one on another machine its address (`data-remote`); neither has a source of its own. A link
 * says to which host it leads (`data-host`), whatever its words say, opens a window of its own and tells nobody where it was followed. `files` gives the file of a picture by its Content-ID.
 */
export function safeHtml(html: string, files: ReadonlyMap<string, string> = new Map()): SafeHtml {
  let remoteImages = 0
  const safe = sanitizeHtml(html, {
    allowedTags: [...allowedTags],
    allowedAttributes: { '*': ['*'] },
    nonTextTags: [...withoutContent],
    disallowedTagsMode: 'discard',
    nestingLimit: deepest,
    parseStyleAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    // Attributes are made anew, one by one: what no line below names is not there.
    transformTags: {
      '*': (tagName, given) => ({ tagName, attribs: attributesOf(tagName, given) }),
      a: (tagName, { href = '' }) => ({ tagName, attribs: linkTo(href) }),
      img: (tagName, given) => {
        const attribs = pictureOf(given, files)
        if (attribs['data-remote'] !== undefined) remoteImages++
        return { tagName, attribs }
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !pictureNames.some((name) => attribs[name] !== undefined),
  })
  return { html: safe.trim(), remoteImages }
}

const allowedTags = new Set(
  `a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure font footer
  h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q s samp section small span strike strong sub sup table tbody td tfoot th
  thead tr tt u ul var wbr`.split(/\s+/),
)

/** What stands in them is no text of the mail, or is read by browsers in ways of its own. */
const withoutContent = new Set(
  'script style textarea option select xmp noscript noembed noframes template title math svg plaintext'.split(' '),
)

/** Tables in tables are how mails are laid out; nobody lays one out so deep. */
const deepest = 120

const pictureNames = ['src', 'data-attachment', 'data-remote']

/** What the value of each attribute must be. */
const number = /^\d{1,4}%?$/
const word = /^[a-z-]{1,20}$/i
const plain: Readonly<Record<string, RegExp>> = {
  align: word,
  valign: word,
  dir: /^(?:ltr|rtl|auto)$/i,
  lang: /^[a-z0-9-]{1,35}$/i,
  width: number,
  height: number,
  border: number,
  cellpadding: number,
  cellspacing: number,
  colspan: /^\d{1,3}$/,
  rowspan: /^\d{1,3}$/,
  span: /^\d{1,3}$/,
  start: /^-?\d{1,6}$/,
  value: /^-?\d{1,6}$/,
  type: /^[1aAiI]$|^(?:disc|circle|square)$/,
  size: /^[+-]?\d{1,2}$/,
  face: /^[\p{L}\p{N} ,'"_-]{1,200}$/u,
  color: /^#?[a-z0-9]{1,30}$/i,
  bgcolor: /^#?[a-z0-9]{1,30}$/i,
  title: /^.{1,500}$/s,
  nowrap: /^(?:nowrap)?$/i,
  noshade: /^(?:noshade)?$/i,
}
/** Attributes of the list that stand everywhere; the others only where they mean something. */
const everywhere = ['align', 'dir', 'lang', 'title', 'width', 'height', 'bgcolor', 'valign']
const atTags: Readonly<Record<string, readonly string[]>> = {
  table: ['border', 'cellpadding', 'cellspacing'],
  td: ['colspan', 'rowspan', 'nowrap'],
  th: ['colspan', 'rowspan', 'nowrap'],
  col: ['span'],
  colgroup: ['span'],
  ol: ['start', 'type'],
  ul: ['type'],
  li: ['value', 'type'],
  font: ['color', 'size', 'face'],
  hr: ['size', 'color', 'noshade'],
}
/** Set by the lines above for links and pictures; whatever else carries these names lost them before. */
const ofLinks = ['href', 'data-host', 'target', 'rel']
const ofPictures = ['src', 'alt', 'data-attachment', 'data-remote']

type Attributes = Record<string, string>

function attributesOf(tagName: string, given: Readonly<Attributes>): Attributes {
  const left: Attributes = {}
  for (const name of [...everywhere, ...(Object.hasOwn(atTags, tagName) ? atTags[tagName]! : [])]) {
    const value = Object.hasOwn(given, name) ? given[name]!.trim() : undefined
    if (value !== undefined && plain[name]!.test(value)) left[name] = value
  }
  const style = Object.hasOwn(given, 'style') ? safeStyle(given.style!) : ''
  if (style !== '') left.style = style
  // These went through their own line already, which set nothing else.
  for (const name of tagName === 'a' ? ofLinks : tagName === 'img' ? ofPictures : [])
    if (made.has(given) && Object.hasOwn(given, name)) left[name] = given[name]!
  return left
}

/** Attributes that were made here and not by whoever sent the mail. */
const made = new WeakSet<object>()

function linkTo(href: string): Attributes {
  const attributes: Attributes = {}
  made.add(attributes)
  const written = withoutControls(href)
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(written) || !URL.canParse(written)) return attributes
  const url = new URL(written)
  // What stands before an @ is no part of where a link leads, and only serves to look like it.
  url.username = ''
  url.password = ''
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  if (isWeb && url.hostname === '') return attributes
  attributes.href = url.href
  attributes['data-host'] = isWeb ? url.host : url.pathname.slice(0, 200)
  attributes.target = '_blank'
  attributes.rel = 'noopener noreferrer nofollow'
  return attributes
}

function pictureOf(given: Readonly<Attributes>, files: ReadonlyMap<string, string>): Attributes {
  const attributes: Attributes = {}
  made.add(attributes)
  for (const name of ['width', 'height', 'title', 'style']) if (Object.hasOwn(given, name)) attributes[name] = given[name]!
  attributes.alt = (Object.hasOwn(given, 'alt') ? given.alt! : '').slice(0, 500)
  const src = withoutControls(Object.hasOwn(given, 'src') ? given.src! : '')
  if (/^cid:/i.test(src)) {
    const file = files.get(contentIdOf(src.slice(4)))
    if (file !== undefined) attributes['data-attachment'] = file
  } else if (/^data:image\/(?:png|gif|jpeg|jpg|webp|bmp);base64,[a-z0-9+/=\s]+$/i.test(src) && src.length <= longestData)
    attributes.src = src
  else if (/^https?:\/\//i.test(src) && URL.canParse(src) && !isSpy(given)) {
    const url = new URL(src)
    if (url.username === '' && url.password === '' && url.href.length <= 2000) attributes['data-remote'] = url.href
  }
  return attributes
}

const longestData = 300_000

/** A picture of one point is there to be fetched, not to be seen. */
const isSpy = ({ width, height }: Readonly<Attributes>) => [width, height].some((value) => /^\s*[01](?:px)?\s*$/i.test(value ?? ''))

/** Browsers leave out control characters of addresses, so that `java\tscript:` is one; nobody sees signs without width. */
const withoutControls = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').trim()

/** A Content-ID as both sides write it: without its brackets, as it was before it became part of an address. */
export function contentIdOf(text: string): string {
  const bare = text.trim().replace(/^<|>$/g, '')
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}
