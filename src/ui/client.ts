/**
 * Calls an endpoint by its contract; the only place in the browser that speaks HTTP.
 *
 *   const page = await call(customersApi.list, { search: 'li', limit: 50 }, { signal })
 *   const file = await upload(importsApi.upload, { fileName: 'orders.csv' }, blob, { onProgress: (share) => … })
 *   await download(customersApi.export, { format: 'csv' })
 *
 * Inputs and results are the decoded side of the contract: dates are `Date`, lists are arrays, flags are booleans.
 * Whatever goes wrong is thrown as a `Problem`.
 */
import { z } from 'zod'
import { type Endpoint, placeholders } from '#platform/contract.ts'
import type { FieldProblem } from '#platform/refusal.ts'
import { fetchWords } from './words.ts'

// The content security policy forbids making code from text; without this zod would try, and the browser would report it.
z.config({ jitless: true })

export type InputOf<E extends Endpoint> = z.output<E['input']>
export type ResultOf<E extends Endpoint> = z.output<E['result']>

export interface CallOptions {
  readonly signal?: AbortSignal
  /** The same key for a repetition of the same write: it then happens once. */
  readonly idempotencyKey?: string
}

/** Why a request was not carried out, as the server said it, or `status` 0 with reason `network-away` where no answer came. */
export class Problem extends Error {
  readonly status: number
  readonly reason: string
  readonly fields: readonly FieldProblem[]
  readonly values: Readonly<Record<string, string | number>>
  /** The module whose endpoint refused; its texts translate the reason. */
  readonly module: string
  /** Names the request in the server's log, for failures on our side. */
  readonly request: string | undefined
  constructor(
    about: { status: number; reason: string; detail: string; module: string },
    more: { fields?: readonly FieldProblem[]; values?: Readonly<Record<string, string | number>>; request?: string | undefined } = {},
  ) {
    super(about.detail)
    this.name = 'Problem'
    this.status = about.status
    this.reason = about.reason
    this.module = about.module
    this.fields = more.fields ?? []
    this.values = more.values ?? {}
    this.request = more.request
  }
}

/** Somebody else has saved since this was read. */
export const isMeanwhile = (problem: Problem | null | undefined): boolean => problem?.reason.endsWith('changed-meanwhile') ?? false

export async function call<E extends Endpoint>(endpoint: E, input: InputOf<E>, options: CallOptions = {}): Promise<ResultOf<E>> {
  const { url, body } = requestOf(endpoint, input)
  const response = await send(endpoint, url, {
    method: endpoint.method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(options.idempotencyKey ? { 'idempotency-key': options.idempotencyKey } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  })
  return decoded(endpoint, await response.json().catch(() => undefined))
}

/** Sends a file as the raw body. `onProgress` gets the share that has left, 0 to 1. */
export function upload<E extends Endpoint>(
  endpoint: E,
  input: Omit<InputOf<E>, 'fileId'>,
  file: Blob,
  options: CallOptions & { readonly onProgress?: (share: number) => void } = {},
): Promise<ResultOf<E>> {
  const { url } = requestOf(endpoint, input as InputOf<E>, true)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(endpoint.method, url)
    request.setRequestHeader('content-type', 'application/octet-stream')
    if (options.idempotencyKey) request.setRequestHeader('idempotency-key', options.idempotencyKey)
    request.upload.onprogress = (event) => options.onProgress?.(event.lengthComputable ? event.loaded / event.total : 0)
    request.onerror = () => reject(networkAway(endpoint))
    request.onabort = () => reject(new DOMException('The upload was stopped', 'AbortError'))
    request.onload = () => {
      const answer = jsonOf(request.responseText)
      if (request.status >= 400) return reject(problemFrom(endpoint, request.status, answer))
      try {
        resolve(decoded(endpoint, answer))
      } catch (problem) {
        reject(problem)
      }
    }
    options.signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

/** Fetches a file and hands it to the browser's downloads under the name that the server gave it. */
export async function download<E extends Endpoint>(endpoint: E, input: InputOf<E>, options: CallOptions = {}): Promise<void> {
  const { url, body } = requestOf(endpoint, input)
  const response = await send(endpoint, url, {
    method: endpoint.method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  })
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  saveAs(await response.blob(), named ? decodeURIComponent(named) : 'download')
}

/** Offers content that the browser already holds as a file. */
export function saveAs(content: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The module that an endpoint belongs to: the first word of its permission, or of its path where it is public. */
export const moduleOf = (endpoint: Endpoint): string =>
  (endpoint.permission === 'public' ? endpoint.path.split('/')[1] : endpoint.permission.split('.')[0]) ?? 'ui'

/** As it stands in a request. What the contract does not take goes as it is: the server says which field is wrong, and why. */
function wireOf<E extends Endpoint>(endpoint: E, input: InputOf<E>): unknown {
  const encoded = z.safeEncode(endpoint.input, input)
  return encoded.success ? encoded.data : input
}

/** Where a request goes and what it carries. Fields of the path go there; the rest into the query of a GET or an upload, else into the body. */
export function requestOf<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  partial = false,
): { url: string; body: Record<string, unknown> | null } {
  const wire = (partial ? input : wireOf(endpoint, input)) as Record<string, unknown>
  const rest = Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== undefined))
  let path = endpoint.path
  for (const field of placeholders(endpoint.path)) {
    path = path.replace(`:${field}`, encodeURIComponent(String(rest[field])))
    delete rest[field]
  }
  if (endpoint.method !== 'GET' && endpoint.kind !== 'upload')
    return { url: `/api/v1${path}`, body: Object.keys(rest).length > 0 ? rest : null }
  const query = new URLSearchParams(Object.entries(rest).map(([field, value]) => [field, String(value)])).toString()
  return { url: `/api/v1${path}${query && `?${query}`}`, body: null }
}

async function send(endpoint: Endpoint, url: string, request: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { credentials: 'same-origin', ...request })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw networkAway(endpoint)
  }
  if (!response.ok) {
    const problem = problemFrom(endpoint, response.status, jsonOf(await response.text()))
    // Who refuses may be another module than the one whose page this is: its words for the reason come before the refusal is shown.
    await fetchWords(problem.module).catch(() => {})
    throw problem
  }
  return response
}

function decoded<E extends Endpoint>(endpoint: E, answer: unknown): ResultOf<E> {
  const result = endpoint.result.safeParse(answer)
  if (result.success) return result.data as ResultOf<E>
  throw new Problem({
    status: 0,
    reason: 'unexpected-answer',
    detail: `The answer of ${endpoint.path} is not what was agreed`,
    module: moduleOf(endpoint),
  })
}

function problemFrom(endpoint: Endpoint, status: number, answer: unknown): Problem {
  const said = wireProblem.safeParse(answer)
  const about = said.success ? said.data : { reason: 'no-answer', detail: `The server answered ${status}` }
  return new Problem({ status, reason: about.reason, detail: about.detail, module: moduleOf(endpoint) }, said.success ? said.data : {})
}
const wireProblem = z.object({
  reason: z.string(),
  detail: z.string(),
  fields: z.array(z.object({ field: z.string(), reason: z.string(), detail: z.string() })).default([]),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  request: z.string().optional(),
})

const networkAway = (endpoint: Endpoint) =>
  new Problem({ status: 0, reason: 'network-away', detail: 'The server cannot be reached', module: moduleOf(endpoint) })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
