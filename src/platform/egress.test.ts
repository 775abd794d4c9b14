import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchThrough, isForbiddenHost, isOutgoingUrl, mayReach, postOut, Unreachable } from './egress.ts'

let server: Server
let port = 0
const seen: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.headers.host} ${request.url}`)
    if (request.url === '/elsewhere') response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end()
    else if (request.url === '/slow') setTimeout(() => response.end('late'), 3000)
    else if (request.url === '/endless') {
      response.writeHead(200)
      const pour = setInterval(() => response.write('x'.repeat(65_536)), 1)
      response.on('close', () => clearInterval(pour))
    } else if (request.url === '/form') {
      let body = ''
      request.on('data', (part) => {
        body += part
      })
      request.on('end', () => {
        response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] })
        response.end(JSON.stringify({ method: request.method, type: request.headers['content-type'] ?? null, body }))
      })
    } else response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as { port: number }).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const post = (url: string, more: Partial<Parameters<typeof postOut>[0]> = {}) =>
  postOut({ url, headers: {}, body: '{}', ownNetwork: false, milliseconds: 2000, ...more })
const reasonOf = (work: Promise<unknown>) =>
  work.then(
    (answer) => `answered ${answer}`,
    (error: unknown) => (error instanceof Unreachable ? error.reason : String(error)),
  )

describe('addresses that somebody typed in', () => {
  // Every way to write an address of this machine, of the own network or of a cloud's keys that was ever used to get past a check.
  const inside = [
    'http://127.0.0.1',
    'http://127.1',
    'http://0',
    'http://0.0.0.0',
    'http://2130706433',
    'http://0x7f000001',
    'http://0x7f.0.0.1',
    'http://0177.0.0.1',
    'http://127.0.0.1.',
    'http://127。0。0。1',
    'http://①②⑦.⓪.⓪.①',
    'http://10.0.0.1',
    'http://172.16.0.1',
    'http://172.31.255.255',
    'http://192.168.1.1',
    'http://100.64.0.1',
    'http://169.254.169.254/latest/meta-data',
    'http://[::]',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[::ffff:a9fe:a9fe]',
    'http://[::127.0.0.1]',
    'http://[64:ff9b::7f00:1]',
    'http://[2002:7f00:1::]',
    'http://[fe80::1]',
    'http://[fd00:ec2::254]',
    'http://[fc00::1]',
    'http://[ff02::1]',
    'http://224.0.0.1',
    'http://255.255.255.255',
    'http://localhost',
    // Some systems know it with the dot, others do not know it.
    'http://LOCALHOST.',
  ]
  test.each(inside)('%s is not reached', async (url) => {
    seen.length = 0
    expect(await reasonOf(post(`${new URL(url).origin}:${port}/x`.replace(/(:\d+):\d+/, '$1')))).toMatch(
      /^(address-not-allowed|name-unknown)$/,
    )
    expect(seen).toEqual([])
  })

  test.each([
    'ftp://example.com',
    'file:///etc/passwd',
    'gopher://example.com',
    'javascript:alert(1)',
    'http://user:password@example.com',
    'https://user@example.com',
    'http://',
    'example.com',
    '//example.com',
    '',
  ])('"%s" is no address to post to', async (url) => {
    expect(isOutgoingUrl(url)).toBe(false)
    expect(await reasonOf(post(url))).toBe('address-not-allowed')
  })

  test('what is written as a number is refused when it is typed in, a name only when it is used', () => {
    expect(isForbiddenHost('http://0x7f.1/x', false)).toBe(true)
    expect(isForbiddenHost('http://[::1]/x', false)).toBe(true)
    expect(isForbiddenHost('http://[::1]/x', true)).toBe(false)
    expect(isForbiddenHost('http://localhost/x', false)).toBe(false)
  })

  test('the own network only where an administrator said so, the keys of a cloud never', () => {
    for (const address of ['127.0.0.1', '10.1.2.3', '192.168.0.9', '::1', 'fd12::1']) {
      expect(mayReach(address, false), address).toBe(false)
      expect(mayReach(address, true), address).toBe(true)
    }
    for (const address of ['169.254.169.254', '::ffff:169.254.169.254', '0.0.0.0', 'fe80::1', '224.0.0.1', 'no address', ''])
      expect(mayReach(address, true), address).toBe(false)
    for (const address of ['1.1.1.1', '2606:4700:4700::1111']) expect(mayReach(address, false), address).toBe(true)
  })
})

describe('names', () => {
  const named = (...addresses: string[]) => ({
    resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  })
  test('a name that stands for the own network is not reached, also where only one of its addresses does', async () => {
    expect(await reasonOf(post(`http://rebind.example:${port}/`, named('127.0.0.1')))).toBe('address-not-allowed')
    expect(await reasonOf(post(`http://rebind.example:${port}/`, named('1.1.1.1', '127.0.0.1')))).toBe('address-not-allowed')
    expect(await reasonOf(post(`http://rebind.example:${port}/`, named('::ffff:10.0.0.1')))).toBe('address-not-allowed')
    expect(await reasonOf(post(`http://nothing.example:${port}/`, named()))).toBe('address-not-allowed')
  })
  test('the connection goes to the address that was checked, and the name is asked once', async () => {
    seen.length = 0
    let asked = 0
    const resolve = async () => {
      asked++
      return [{ address: asked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]
    }
    expect(await post(`http://receiver.example:${port}/hook`, { ownNetwork: true, resolve })).toBe(204)
    expect(asked).toBe(1)
    expect(seen).toEqual([`receiver.example:${port} /hook`])
  })
  test('a name that nobody knows, a port where nobody listens', async () => {
    const unknown = { resolve: () => Promise.reject(new Error('ENOTFOUND')) }
    expect(await reasonOf(post('http://nobody.example/', unknown))).toBe('name-unknown')
    expect(await reasonOf(post('http://127.0.0.1:1/', { ownNetwork: true }))).toBe('not-reachable')
  })
})

describe('answers', () => {
  const here = (path: string, milliseconds = 2000) => post(`http://127.0.0.1:${port}${path}`, { ownNetwork: true, milliseconds })
  test('a redirect is an answer and is not followed', async () => {
    seen.length = 0
    expect(await here('/elsewhere')).toBe(302)
    expect(seen).toEqual([`127.0.0.1:${port} /elsewhere`])
  })
  test('nobody waits longer than said, neither for an answer nor for a name', async () => {
    const start = performance.now()
    expect(await reasonOf(here('/slow', 300))).toBe('no-answer-in-time')
    const never = { milliseconds: 300, resolve: () => new Promise<never>(() => {}) }
    expect(await reasonOf(post('http://slow.example/', never))).toBe('no-answer-in-time')
    expect(performance.now() - start).toBeLessThan(2500)
  })
  test('an answer without end is cut off', async () => expect(await here('/endless')).toBe(200))
})

describe('a fetch for libraries', () => {
  const at = (path: string) => `http://127.0.0.1:${port}${path}`
  const fetched = fetchThrough({ ownNetwork: true, milliseconds: 2000 })
  test('sends a form and gives the whole answer back', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await fetched(at('/form'), { method: 'POST', headers, body: new URLSearchParams({ code: 'ä b' }) })
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([201, ['a=1', 'b=2']])
    expect(await answer.json()).toEqual({ method: 'POST', type: headers['content-type'], body: 'code=%C3%A4+b' })
    expect(await (await fetched(at('/form'))).json()).toEqual({ method: 'GET', type: null, body: '' })
    expect((await fetched(at('/nothing'))).status).toBe(204)
  })
  test('goes the same way as everything else', async () => {
    seen.length = 0
    expect((await fetched(at('/elsewhere'))).status).toBe(302)
    expect(await reasonOf(fetchThrough({ ownNetwork: false, milliseconds: 2000 })(at('/form')))).toBe('address-not-allowed')
    expect(await reasonOf(fetched('http://169.254.169.254/latest'))).toBe('address-not-allowed')
    expect(await reasonOf(fetched('file:///etc/passwd'))).toBe('address-not-allowed')
    expect(seen).toEqual([`127.0.0.1:${port} /elsewhere`])
    expect(await reasonOf(fetchThrough({ ownNetwork: true, milliseconds: 300 })(at('/slow')))).toBe('no-answer-in-time')
    expect(await reasonOf(fetched(at('/endless')))).toBe('not-reachable')
  })
})
