import { BlockList, isIPv4, isIPv6 } from 'node:net'

export type SenderOf = (request: { readonly socket: string | undefined; readonly forwarded: string | null }) => string

/**
 * Who sent a request: the other end of the socket. Only where that is a trusted proxy, the nearest address of X-Forwarded-For that is not one itself;
 * what stands further left was written by the sender and is not believed. Networks of the new address form count as one sender (/64).
 */
export function senderBehind(trustedProxies: readonly string[]): SenderOf {
  const trusted = new BlockList()
  for (const entry of trustedProxies) {
    const [address = '', bits] = entry.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    if (bits === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(bits), family)
  }
  const isTrusted = (address: string) => trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
  return ({ socket, forwarded }) => {
    let sender = plain(socket ?? '') ?? 'unknown'
    const chain = (forwarded ?? '').split(',').map((part) => plain(part.trim()))
    while (sender !== 'unknown' && isTrusted(sender)) {
      const before = chain.pop()
      if (!before) break
      sender = before
    }
    return isIPv6(sender) ? network(sender) : sender
  }
}

/** An address without zone, port or brackets, IPv4 out of its IPv6 dress; null for anything else. */
function plain(text: string): string | null {
  const bare = (/^\[([^\]]+)\](:\d+)?$/.exec(text)?.[1] ?? text).replace(/%.*$/, '')
  const dressed = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  const address = dressed ?? (/^\d+\.\d+\.\d+\.\d+:\d+$/.test(bare) ? bare.replace(/:\d+$/, '') : bare)
  return isIPv4(address) || isIPv6(address) ? address : null
}

/** The first four groups of an IPv6 address, written out. */
function network(address: string): string {
  const [left = '', right] = address.toLowerCase().split('::')
  const head = left === '' ? [] : left.split(':')
  const tail = right === undefined || right === '' ? [] : right.split(':')
  const written = right === undefined ? head : [...head, ...Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail]
  return `${written
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
