import { lookup } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP } from 'node:net'

/**
 * The one way to an address that somebody typed in. The name is resolved once, every address that it has is checked, and the connection goes to the
 * checked address and nowhere else; redirects are answers, not orders.
 */
export interface Outgoing {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether addresses of the company's own network and of this machine are allowed. */
  readonly ownNetwork: boolean
  readonly milliseconds: number
  /** How names are resolved; the system's way unless a test has another. */
  readonly resolve?: (name: string) => Promise<readonly Address[]>
}
interface Address {
  readonly address: string
  readonly family: number
}

/** Why no answer came, as one word that texts translate. */
export type NoAnswer = 'address-not-allowed' | 'name-unknown' | 'no-answer-in-time' | 'not-reachable'
export class Unreachable extends Error {
  readonly reason: NoAnswer
  constructor(reason: NoAnswer) {
    super(reason)
    this.name = 'Unreachable'
    this.reason = reason
  }
}

/** How much of an answer is read before the line is cut. */
const mostBytes = 64 << 10

/** Posts, and answers the status of whatever answered; of what comes back only the length is looked at. */
export async function postOut(outgoing: Outgoing): Promise<number> {
  const { response } = await ask('POST', outgoing, outgoing.body)
  return new Promise((answer) => {
    let bytes = 0
    const finish = () => answer(response.statusCode ?? 0)
    response.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes > mostBytes) response.destroy()
    })
    response.on('close', finish)
    response.on('error', finish)
  })
}

/** What an address answered to being read. The body has to be read to its end or given up; one that breaks off fails. */
export interface Answer {
  readonly status: number
  readonly body: AsyncIterable<Uint8Array>
  giveUp(): void
}

/** Reads an address. */
export async function getOut(outgoing: Omit<Outgoing, 'body'>): Promise<Answer> {
  const { response, deadline } = await ask('GET', outgoing, null)
  return { status: response.statusCode ?? 0, body: bodyOf(response, deadline), giveUp: () => response.destroy() }
}

/** How much a library is given of an answer; more than that is no answer. */
const mostForLibraries = 1 << 20

/**
 * A `fetch` for libraries that make requests of their own, such as those of sign-in: each goes this way, also to addresses that an answer named. What it answers has been read to its end.
 */
export const fetchThrough =
  (rules: Pick<Outgoing, 'ownNetwork' | 'milliseconds' | 'resolve'>) =>
  async (url: string, { method = 'GET', headers = {}, body = null }: Fetched = {}): Promise<Response> => {
    if (method !== 'GET' && method !== 'POST') throw new Error(`Nothing here sends ${method} to other systems`)
    const { response, deadline } = await ask(method, { ...rules, url, headers }, method === 'POST' ? String(body ?? '') : null)
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const part of bodyOf(response, deadline)) {
      bytes += part.length
      if (bytes > mostForLibraries) throw new Unreachable('not-reachable')
      parts.push(part)
    }
    const status = response.statusCode ?? 0
    if (status < 200 || status > 599) throw new Unreachable('not-reachable')
    const heads = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    )
    return new Response([204, 205, 304].includes(status) ? null : Buffer.concat(parts), { status, headers: heads })
  }
interface Fetched {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A form or a text. */
  readonly body?: URLSearchParams | string | null
}

async function* bodyOf(response: IncomingMessage, deadline: AbortSignal): AsyncGenerator<Uint8Array> {
  // The stream's own failures only: what the reader does with a part is not the other side's fault.
  const parts = response[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await parts.next().catch(() => {
        throw new Unreachable(deadline.aborted ? 'no-answer-in-time' : 'not-reachable')
      })
      if (done) return
      yield value as Uint8Array
    }
  } finally {
    response.destroy()
  }
}

/** The one connection to an address that was checked, as far as the head of the answer. */
async function ask(
  method: 'GET' | 'POST',
  { url: text, headers, ownNetwork, milliseconds, resolve = systemResolve }: Omit<Outgoing, 'body'>,
  body: string | null,
): Promise<{ response: IncomingMessage; deadline: AbortSignal }> {
  if (!isOutgoingUrl(text)) throw new Unreachable('address-not-allowed')
  const url = new URL(text)
  const deadline = AbortSignal.timeout(milliseconds)
  const first = await checkedAddress(url, ownNetwork, deadline, resolve)
  return new Promise((answer, fail) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const request = send(url, {
      method,
      headers: { ...headers, ...(body === null ? {} : { 'content-length': Buffer.byteLength(body) }) },
      // A line of its own, so that none is used again that was opened to another address under the same name.
      agent: false,
      maxHeaderSize: 16 << 10,
      signal: deadline,
      lookup: (_, options, tell) => (options.all ? tell(null, [{ ...first }]) : tell(null, first.address, first.family)),
    })
    request.on('error', () => fail(new Unreachable(deadline.aborted ? 'no-answer-in-time' : 'not-reachable')))
    request.on('response', (response) => answer({ response, deadline }))
    request.end(body ?? undefined)
  })
}

/** Whether a text is an address that could be posted to at all: http or https, a host, nobody's password. */
export function isOutgoingUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && hostname !== '' && username === '' && password === ''
}

/** Whether the host of an address is written as a number that may not be reached. What a name stands for is only known when it is used. */
export function isForbiddenHost(text: string, ownNetwork: boolean): boolean {
  const host = bareHost(new URL(text))
  return isIP(host) !== 0 && !mayReach(host, ownNetwork)
}

export function mayReach(address: string, ownNetwork: boolean): boolean {
  const family = isIP(address)
  if (family === 0) return false
  const type = family === 4 ? 'ipv4' : 'ipv6'
  return !never.check(address, type) && (ownNetwork || !own.check(address, type))
}

/**
 * The address of a machine that is no web server, such as one for mail, checked like all others: whoever connects to it goes there and resolves the name no second time.
 */
export async function addressOut(host: string, rules: Pick<Outgoing, 'ownNetwork' | 'milliseconds' | 'resolve'>): Promise<string> {
  const { ownNetwork, milliseconds, resolve = systemResolve } = rules
  const bare = isIP(host) === 6 ? `[${host}]` : host
  // The parser of web addresses knows every spelling of a number.
  if (!URL.canParse(`http://${bare}/`) || /[/?#@\s]/.test(host)) throw new Unreachable('address-not-allowed')
  return (await checkedAddress(new URL(`http://${bare}/`), ownNetwork, AbortSignal.timeout(milliseconds), resolve)).address
}

/** Every address that a name has must be allowed, or none is used. */
async function checkedAddress(
  url: URL,
  ownNetwork: boolean,
  deadline: AbortSignal,
  resolve: NonNullable<Outgoing['resolve']>,
): Promise<Address> {
  const found = await within(deadline, addressesOf(url, resolve))
  const first = found[0]
  if (!first || !found.every(({ address }) => mayReach(address, ownNetwork))) throw new Unreachable('address-not-allowed')
  return first
}

const systemResolve = (name: string) => lookup(name, { all: true, verbatim: true })

async function addressesOf(url: URL, resolve: NonNullable<Outgoing['resolve']>): Promise<readonly Address[]> {
  const host = bareHost(url)
  const family = isIP(host)
  if (family !== 0) return [{ address: host, family }]
  return resolve(host).catch(() => {
    throw new Unreachable('name-unknown')
  })
}

/** The parser has already turned 0x7f.1, 2130706433 and 0177.0.0.1 into 127.0.0.1. */
const bareHost = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

const within = <T>(deadline: AbortSignal, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, fail) => deadline.addEventListener('abort', () => fail(new Unreachable('no-answer-in-time')), { once: true })),
  ])

function networks(...list: readonly string[]): BlockList {
  const block = new BlockList()
  for (const entry of list) {
    const [address = '', bits = ''] = entry.split('/')
    block.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4')
  }
  return block
}

/** Nobody's webhook: unspecified, link-local (where clouds keep the keys of their machines), broadcast, documentation, and IPv6 forms that carry an IPv4 address. */
const never = networks(
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32',
  '2001:db8::/32',
  '2002::/16',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
)

/** This machine and the company's own network. */
const own = networks('10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '198.18.0.0/15', '::/96', 'fc00::/7')
