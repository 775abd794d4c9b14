import { z } from 'zod'
import type { PageAnswer } from './pages/answer.ts'

/**
 * What an endpoint carries: JSON, a raw body streamed into the file store, a stream by key, a message of another system whose signature is its credential (the action gets its bytes as they
 * came, `body`, in base64, and the `headers` that the endpoint names, and says itself what happened), a page for customers (a GET shows it, a POST takes an ordinary form and leads on), or
 * events: the action says which topics somebody may hear, and the shell tells what happens there for as long as the connection and the permission last.
 */
export type EndpointKind = 'json' | 'upload' | 'download' | 'page' | 'signed' | 'events'
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A field of the input (path, query or body; one id or a list of them) that names a thing whose customer has to be in the caller's reach. */
export interface Named {
  /** 'customer', or `<module>.<thing>` as the module's manifest resolves it. */
  readonly thing: string
  readonly field: string
}

/**
 * Whom an endpoint lets one see; the shell holds the caller's reach against it before the action runs.
 * 'nobody': no customer (settings, users, the catalogue). 'everybody': figures over all customers, only for those who may see all. 'reach': a list, which the action narrows by
 * `context.reach`. Else the things that the input names: each has to be in reach, and one that is not is as missing as one that does not exist.
 */
export type About = 'nobody' | 'everybody' | 'reach' | readonly Named[]

export const customerIn = (field: string): readonly Named[] => thingIn('customer', field)
export const thingIn = (thing: string, field: string): readonly Named[] => [{ thing, field }]

/** One endpoint as data. The server, the browser, the tests, the permission table and OpenAPI are all made from it. */
export interface Endpoint<I extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly method: Method
  readonly path: string
  readonly kind: EndpointKind
  /** What it does, one English sentence for the API's documents. */
  readonly summary: string
  /** `<module>.<right>`, or 'public' for what anyone may call without signing in. */
  readonly permission: string
  readonly about: About
  /** Path placeholders, query and body as one object. In a GET and beside an upload every field arrives as text, so it must be a codec that reads text. */
  readonly input: I
  readonly result: R
  /** Whether a repeated write with the same `Idempotency-Key` answers with the first outcome: required, or honoured where given. */
  readonly idempotency: 'required' | 'honoured' | 'none'
  /** Milliseconds after which the database cancels a read, so that an open filter cannot occupy the server. */
  readonly timeLimit?: number
  readonly notes?: ReadNote
  readonly signed?: SignedMessage
  readonly page?: PageRules
  /** Of events: what each kind carries. What is not named here does not leave, neither a kind nor a field. */
  readonly events?: Readonly<Record<string, z.ZodType>>
  /** `<module>.<purpose>` of the private link whose token stands in the path as `:token`: the shell finds it before the action, which reads it as `context.link`. */
  readonly link?: string
}
/** Of a signed message: the headers that matter, in small letters, and how many may come to one address within a minute, right or wrong. */
export interface SignedMessage {
  readonly headers: readonly string[]
  readonly perMinute: number
}
/** Of a page for customers. */
export interface PageRules {
  /** Of a form: the name of the GET in the same contract that shows it, and shows it again with what was typed where something is wrong. */
  readonly form?: string
  /** Of a form: the field of its files, how many there may be, how many bytes each, and which endings of names, where not any. */
  readonly files?: { readonly field: string; readonly most: number; readonly bytes: number; readonly endings?: readonly string[] }
  /** Of a form: how often it may be sent within ten minutes, from one address and by all together. */
  readonly sends?: { readonly perAddress: number; readonly overall: number }
  /** Of a form: fewer seconds than this between showing and sending are a program's. Two where it is left out. */
  readonly leastSeconds?: number
  /** Whether the sites that the company allows may show it inside of theirs. */
  readonly framed?: boolean
  /** Whether search engines may list it. Never true of what stands behind a private link. */
  readonly listed?: boolean
}
/**
 * Whether an answer shows personal data, so that it is noted who looked: at the one customer whose id stands in this field of the input or of the result (`result.customer.id` within it), at all whom a file
 * holds (`file`), at whom the action says (`looked`), or at so many at once (`list`): as many as all its lists have entries, or one of them, which is named then.
 */
export type ReadNote = `input.${string}` | `result.${string}` | 'looked' | 'file' | 'list' | `list.${string}`
export type Api = Readonly<Record<string, Endpoint>>

export interface EndpointSpec<I extends z.ZodType, R extends z.ZodType> {
  readonly summary: string
  readonly permission: string
  readonly about: About
  readonly input: I
  readonly result: R
  readonly kind?: EndpointKind
  readonly idempotency?: Endpoint['idempotency']
  readonly timeLimit?: number
  readonly notes?: ReadNote
  readonly signed?: SignedMessage
  readonly page?: PageRules
  readonly events?: NonNullable<Endpoint['events']>
  readonly link?: string
}

/** `endpoint('POST /orders/:id/refund', …)`. Refuses at start what could never work, such as a placeholder that the input does not have. */
export function endpoint<I extends z.ZodType, R extends z.ZodType>(
  route: `${Method} /${string}`,
  spec: EndpointSpec<I, R>,
): Endpoint<I, R> {
  const [method, path] = route.split(' ') as [Method, string]
  // Whether two uploads are the same only their whole content would say.
  const idempotency = method === 'GET' || spec.kind === 'upload' ? 'none' : 'honoured'
  const made: Endpoint<I, R> = { kind: 'json', idempotency, ...spec, method, path }
  const mistake = mistakeIn(made)
  if (mistake) throw new Error(`${route}: ${mistake}`)
  return made
}

function mistakeIn({ kind, method, path, permission, page, events, link }: Endpoint): string | null {
  if ((kind === 'page') !== /^\/p(\/|$)/.test(path)) return 'pages for customers lie under /p/, and nothing else does'
  if (kind === 'page' && permission !== 'public') return 'a page for customers is public; what it shows is opened by a private link'
  if (kind === 'page' && method !== 'GET' && (method !== 'POST' || !page?.form))
    return 'a form is a POST that names the page which shows it'
  if ((kind === 'events') !== (events !== undefined) || (kind === 'events' && method !== 'GET'))
    return 'events are a GET that names what they carry'
  if (link !== undefined && (permission !== 'public' || !placeholders(path).includes('token')))
    return 'a private link opens what is public, by :token in its path'
  return null
}

/** Where an endpoint is found: pages for customers at their own path, everything else below the address of the API. */
export const servedAt = ({ kind }: Pick<Endpoint, 'kind'>, path: string): string => (kind === 'page' ? path : `/api/v1${path}`)

/** The names behind the colons of a path, in order. */
export const placeholders = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')

export type InputOf<E extends Endpoint> = z.output<E['input']>
export type ResultOf<E extends Endpoint> = z.output<E['result']>

/**
 * Where a call goes and what it carries: fields of the path go there, the rest into the query of a GET or an upload, else into the body. `partial` leaves the input as it is, for an upload whose file id the server adds.
 */
export function requestOf<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  partial = false,
): { url: string; body: Record<string, unknown> | null } {
  const wire = (partial ? input : z.encode(endpoint.input, input)) as Record<string, unknown>
  const rest = Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== undefined))
  let path = endpoint.path
  for (const field of placeholders(endpoint.path)) {
    path = path.replace(`:${field}`, encodeURIComponent(String(rest[field])))
    delete rest[field]
  }
  if (endpoint.method !== 'GET' && endpoint.kind !== 'upload')
    return { url: servedAt(endpoint, path), body: Object.keys(rest).length > 0 ? rest : null }
  const query = new URLSearchParams(Object.entries(rest).map(([field, value]): [string, string] => [field, String(value)])).toString()
  return { url: `${servedAt(endpoint, path)}${query && `?${query}`}`, body: null }
}

// Codecs: what travels as text or JSON on the left, what the program works with on the right. They survive the making of OpenAPI; coercion does not.

/** A moment, as ISO 8601 with offset on the wire. */
export const instant = z
  .codec(z.iso.datetime({ offset: true }), z.date().min(new Date('0001-01-02')).max(new Date('9998-12-30')), {
    decode: (text) => new Date(text),
    encode: (date) => date.toISOString(),
  })
  .meta({ description: 'A moment, ISO 8601 with offset' })

/** A calendar day of the organization, `YYYY-MM-DD`. */
export const day = z.iso
  .date()
  .refine((text) => text >= '0001-01-01' && text <= '9998-12-31', 'must lie in the years 1 to 9998')
  .meta({ description: 'A calendar day in the organization’s time zone' })

/** An amount in minor units (cents, 分) of the currency that stands beside it. */
export const money = z.int().meta({ description: 'An amount in minor units' })

/** A number in a query. */
export const number = (low = -Number.MAX_SAFE_INTEGER, high = Number.MAX_SAFE_INTEGER) =>
  z.codec(z.string().regex(/^-?\d+(\.\d+)?$/), z.number().min(low).max(high), { decode: Number, encode: String })

/** A whole number in a query. */
export const wholeNumber = (low = 0, high = Number.MAX_SAFE_INTEGER) =>
  z.codec(z.string().regex(/^-?\d{1,15}$/), z.int().min(low).max(high), { decode: Number, encode: String })

/** Yes or no in a query: the words true and false, nothing else. */
export const flag = z.codec(z.enum(['true', 'false']), z.boolean(), {
  decode: (text) => text === 'true',
  encode: (yes) => (yes ? 'true' : 'false'),
})

/** Several values in a query, separated by commas. */
export const list = <T extends string>(of: z.ZodType<T, T>) =>
  z.codec(z.string().max(4000), z.array(of).max(200), {
    decode: (text) => (text === '' ? [] : (text.split(',') as T[])),
    encode: (values) => values.join(','),
  })

/** One page of a list: `next` is the cursor of the page after it, null at the end. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/** What every paged list takes. */
export const paging = { cursor: z.string().max(500).optional(), limit: wholeNumber(1, 200).optional() }
export const defaultPageSize = 50

export const nothing = z.object({})

/** What the action of a page for customers answers: the page, or where it leads. */
export const pageAnswer = z.custom<PageAnswer>()

/** What the action of events answers: the topics that the caller may hear, each `<module>.<what>/<id>`. */
export const topics = z.object({ topics: z.array(z.string().min(1).max(200)).max(50) })
