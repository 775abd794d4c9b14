/**
 * HTML for customers, made of templates that escape whatever is filled in:
 *
 *   html`<p class="${kind}">${text}</p>`
 *   html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
 *   html`<input ${attributes({ name, value, required: true })}>`
 *
 * A template is a whole piece of markup, and where something is filled in decides how: text and quoted values are escaped, an address must be one that cannot run code, and nothing at all
 * may be filled into scripts, styles, comments, names of tags, handlers of events or values without quotes. Such a template fails the first time it is used, whatever is filled in.
 */
export class Html {
  readonly #text: string
  constructor(by: typeof here, text: string) {
    if (by !== here) throw new Error('Only html`…` makes HTML')
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}
const here = Symbol('made in this file')

/** Attributes of one element; only `attributes` makes them. */
export class Attributes extends Html {}

type One = Html | string | number | bigint | null | undefined | false
export type Filling = One | readonly Filling[]

export function html(strings: TemplateStringsArray, ...fillings: readonly Filling[]): Html {
  const places = placesOf(strings)
  let text = strings[0]!
  for (const [i, place] of places.entries()) text += filled(fillings[i], place) + strings[i + 1]!
  return new Html(here, text)
}

/** What is true stands there by its name alone; what is false, null or missing does not stand there. */
export function attributes(values: Readonly<Record<string, string | number | boolean | null | undefined>>): Attributes {
  const written = Object.entries(values).flatMap(([name, value]) => {
    if (value === false || value === null || value === undefined) return []
    refuseAttribute(name)
    return value === true ? [name] : [`${name}="${escaped(isAddress(name) ? safeAddress(String(value)) : String(value))}"`]
  })
  return new Attributes(here, written.join(' '))
}

/** Text whose line breaks are kept. */
export const lines = (text: string): Html =>
  new Html(
    here,
    text
      .split(/\r\n|\r|\n/)
      .map(escaped)
      .join('<br>'),
  )

/** The colours of a page, as variables: the only way into a style element. */
export function colourSheet(nonce: string, colours: Readonly<Record<'light' | 'dark', Readonly<Record<string, string>>>>): Html {
  const rule = (values: Readonly<Record<string, string>>) => {
    const pairs = Object.entries(values).map(([name, value]) => {
      if (!/^--[a-z-]+$/.test(name) || !/^#[0-9a-f]{6}$/.test(value)) throw new Error(`${name}: ${value} is no colour`)
      return `${name}:${value}`
    })
    return `:root{${pairs.join(';')}}`
  }
  const text = `${rule(colours.light)}@media (prefers-color-scheme:dark){${rule(colours.dark)}}`
  return new Html(here, `<style nonce="${escaped(nonce)}">${text}</style>`)
}

function filled(filling: Filling, place: Place): string {
  if (Array.isArray(filling)) return (filling as readonly Filling[]).map((one) => filled(one, place)).join('')
  const one = filling as One
  if (one === null || one === undefined || one === false) return ''
  if (place.in === 'attributes') {
    if (one instanceof Attributes) return one.toString()
    throw new Error('Between attributes only attributes({ … }) may be filled in')
  }
  if (one instanceof Html) {
    if (place.in === 'value' || one instanceof Attributes) throw new Error('Markup may only be filled in where text stands')
    return one.toString()
  }
  if (typeof one !== 'string' && typeof one !== 'number' && typeof one !== 'bigint')
    throw new Error(`Nothing of this kind may be filled in: ${typeof one}`)
  return escaped(place.in === 'value' && place.address ? safeAddress(String(one)) : String(one))
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '\0': '',
}
const escaped = (text: string): string => text.toWellFormed().replace(/[&<>"'`\0]/g, (sign) => signs[sign]!)

/** The address, or one that leads nowhere where it could run code. Browsers leave out blanks at its ends and breaks within it before they read the scheme. */
export function safeAddress(address: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what browsers leave out
  const read = address.replace(/[\t\r\n]/g, '').replace(/^[\x00-\x20]+/, '')
  const scheme = /^([^/?#:]*):/.exec(read)?.[1]?.toLowerCase()
  return scheme === undefined || schemes.includes(scheme) ? address : '#'
}
const schemes = ['http', 'https', 'mailto', 'tel']

/** Where something is filled in. `address`: it begins the value of an attribute that names an address. */
type Place = { readonly in: 'text' | 'attributes' } | { readonly in: 'value'; readonly address: boolean }

const known = new WeakMap<TemplateStringsArray, readonly Place[]>()
function placesOf(strings: TemplateStringsArray): readonly Place[] {
  const before = known.get(strings)
  if (before) return before
  const places = readPlaces(strings)
  known.set(strings, places)
  return places
}

type State = 'text' | 'tag-name' | 'tag' | 'name' | 'equals' | 'value' | 'comment' | 'raw'

/** Reads a template as a browser does, as far as is needed to know what its gaps mean; refuses what cannot be told. */
function readPlaces(strings: readonly string[]): readonly Place[] {
  let state = 'text' as State
  let tag = ''
  let name = ''
  let quote = ''
  let value = ''
  /** Whether a filling began the value and nothing since has ended what could be a scheme. */
  let open = false
  const places: Place[] = []
  const wrong = (why: string): never => {
    throw new Error(`This template of HTML is refused: ${why} (${strings.join('…').replace(/\s+/g, ' ').slice(0, 120)})`)
  }
  const endOfTag = () => {
    state = ['script', 'style'].includes(tag) ? 'raw' : 'text'
  }
  const read = (text: string) => {
    for (let i = 0; i < text.length; i++) {
      const sign = text[i]!
      switch (state) {
        case 'text':
          if (text.startsWith('<!--', i)) state = 'comment'
          else if (sign === '<' && /[a-z/!]/i.test(text[i + 1] ?? '')) [state, tag] = ['tag-name', '']
          else if (sign === '<') wrong('a < that begins nothing')
          break
        case 'tag-name':
          if (sign === '>') endOfTag()
          else if (/\s/.test(sign)) state = 'tag'
          else tag += sign.toLowerCase()
          break
        case 'tag':
          if (sign === '>') endOfTag()
          else if (/[^\s/]/.test(sign)) [state, name] = ['name', sign.toLowerCase()]
          break
        case 'name':
          if (sign === '>') endOfTag()
          else if (sign === '=') state = 'equals'
          else if (/\s/.test(sign)) state = 'tag'
          else name += sign.toLowerCase()
          break
        case 'equals':
          if (sign !== '"' && sign !== "'") wrong(`the value of ${name} has no quotes`)
          ;[state, quote, value, open] = ['value', sign, '', false]
          break
        case 'value':
          if (sign === quote) state = 'tag'
          else {
            value += sign
            if (open && sign === ':' && isAddress(name)) wrong(`what is filled into ${name} would be a scheme`)
            if (/[/?#]/.test(sign)) open = false
          }
          break
        case 'comment':
          if (text.startsWith('-->', i)) [state, i] = ['text', i + 2]
          break
        case 'raw':
          if (text.slice(i, i + tag.length + 2).toLowerCase() === `</${tag}`) [state, tag, i] = ['tag-name', '/', i + 1]
          break
      }
    }
  }
  const placeHere = (): Place => {
    if (state === 'text') return { in: 'text' }
    if (state === 'tag') return { in: 'attributes' }
    if (state !== 'value') return wrong(`nothing may be filled into a ${state}`)
    refuseAttribute(name)
    if (!isAddress(name)) return { in: 'value', address: false }
    if (open) return wrong(`two fillings side by side in ${name} could make a scheme together`)
    const scheme = /^([^/?#:]*):/.exec(value)?.[1]
    if (scheme !== undefined && !schemes.includes(scheme)) return wrong(`${name} begins with ${scheme}:`)
    const first = scheme === undefined && !/[/?#]/.test(value)
    if (first && value !== '') return wrong(`what stands before the filling in ${name} must end what could be a scheme`)
    open = first
    return { in: 'value', address: first }
  }
  for (const [i, text] of strings.entries()) {
    read(text)
    if (i < strings.length - 1) places.push(placeHere())
  }
  if (state !== 'text') wrong('it ends within a tag, a comment or a script')
  return places
}

const addresses = new Set(['href', 'src', 'action', 'formaction', 'cite', 'poster', 'data', 'background', 'ping', 'manifest', 'xlink:href'])
const isAddress = (name: string): boolean => addresses.has(name)

function refuseAttribute(name: string): void {
  if (!/^[a-z][a-z0-9:-]*$/.test(name) || /^on/.test(name) || ['style', 'srcdoc', 'srcset'].includes(name))
    throw new Error(`Nothing may be filled into the attribute ${name}`)
}
