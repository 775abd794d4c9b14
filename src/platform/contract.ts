import { z } from 'zod'

/**
 * What an endpoint carries: JSON, a raw body streamed into the file store, a stream by key, a page for people, or a message of another system whose signature is its credential: the action
 * gets its bytes as they came (`body`, in base64) and the `headers` that the endpoint names, and says itself what happened.
 */
export type EndpointKind = 'json' | 'upload' | 'download' | 'page' | 'signed'
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
}
/** Of a signed message: the headers that matter, in small letters, and how many may come to one address within a minute, right or wrong. */
export interface SignedMessage {
  readonly headers: readonly string[]
  readonly perMinute: number
}
/**
 * Whether an answer shows personal data, so that it is noted who looked: at the one customer whose id stands in this field of the input or of the result, at all whom a file
 * holds (`file`), or at so many at once (`list`): as many as all its lists have entries, or one of them, which is named then.
 */
export type ReadNote = `input.${string}` | `result.${string}` | 'file' | 'list' | `list.${string}`
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
}

/** `endpoint('POST /orders/:id/refund', …)`. Refuses at start what could never work, such as a placeholder that the input does not have. */
export function endpoint<I extends z.ZodType, R extends z.ZodType>(
  route: `${Method} /${string}`,
  spec: EndpointSpec<I, R>,
): Endpoint<I, R> {
  const [method, path] = route.split(' ') as [Method, string]
  // Whether two uploads are the same only their whole content would say.
  const idempotency = method === 'GET' || spec.kind === 'upload' ? 'none' : 'honoured'
  return { kind: 'json', idempotency, ...spec, method, path }
}

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
    return { url: `/api/v1${path}`, body: Object.keys(rest).length > 0 ? rest : null }
  const query = new URLSearchParams(Object.entries(rest).map(([field, value]): [string, string] => [field, String(value)])).toString()
  return { url: `/api/v1${path}${query && `?${query}`}`, body: null }
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
