import type { Context as HttpContext } from 'hono'

/** The other end of the socket, as the server for Node hands it down. */
export function socketOf(c: HttpContext): string | undefined {
  const bindings = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return bindings?.incoming?.socket?.remoteAddress
}

/** Whether the request comes from a program on this machine: over the loopback, and not handed on by a proxy that runs here. */
export function isLocal(c: HttpContext): boolean {
  const address = (socketOf(c) ?? '').replace(/^::ffff:/i, '')
  const handedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip'].some((name) => c.req.header(name) !== undefined)
  return (address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address)) && !handedOn
}
