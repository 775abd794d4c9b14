/**
 * Sends requests over so many connections at once, each one at a time, for so many seconds: `load.ts origin cookie requests.json connections seconds`. A request is its path, and a body where it
 * writes. Plain sockets, because it shares the processors with what it measures. Prints one line of JSON.
 */
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { answerEnd } from './answers.ts'
import { percentile } from './figures.ts'

export interface LoadRequest {
  readonly path: string
  readonly body?: object
}

const [origin, cookie, file, connections, seconds] = process.argv.slice(2)
const { hostname, port, host } = new URL(origin!)
const requests = (JSON.parse(readFileSync(file!, 'utf8')) as readonly LoadRequest[]).map(bytesOf)
const until = performance.now() + Number(seconds) * 1000
const times: number[] = []
const ok = Buffer.from('HTTP/1.1 20')
let refused = 0
let next = 0

const started = performance.now()
await Promise.all(Array.from({ length: Number(connections) }, () => askUntilOver()))
const took = (performance.now() - started) / 1000
process.stdout.write(
  `${JSON.stringify({ requests: times.length, perSecond: times.length / took, p99: percentile(times, 0.99), refused })}\n`,
)

function askUntilOver(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true })
    let received = Buffer.alloc(0)
    let sentAt = 0
    const ask = () => {
      sentAt = performance.now()
      if (sentAt > until) {
        socket.destroy()
        resolve()
        return
      }
      socket.write(requests[next++ % requests.length]!)
    }
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      if (answerEnd(received) < 0) return
      if (!received.subarray(0, 11).equals(ok)) refused++
      received = Buffer.alloc(0)
      times.push(performance.now() - sentAt)
      ask()
    })
  })
}

function bytesOf({ path, body }: LoadRequest): Buffer {
  const lines = [`${body ? 'POST' : 'GET'} ${path} HTTP/1.1`, `host: ${host}`]
  if (cookie) lines.push(`cookie: ${cookie}`)
  const content = body ? JSON.stringify(body) : ''
  if (body) lines.push(`origin: ${origin}`, 'content-type: application/json', `content-length: ${Buffer.byteLength(content)}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${content}`)
}
