import type { Actor } from '#platform/context.ts'
import { connect } from '#platform/database/connection.ts'
import { httpServer } from '#platform/http/server.ts'
import { silentQueue } from '#platform/jobs.ts'
import { createLog } from '#platform/log.ts'
import { createMetrics } from '#platform/metrics.ts'
import { noteReads } from '#platform/trail/note-reads.ts'
import { modules } from '../src/modules.ts'
import type { Bench } from './bench.ts'
import { type Figure, percentile } from './figures.ts'
import { processorSeconds } from './processor.ts'

export const everybody: Actor = {
  kind: 'person',
  id: 'bench',
  name: 'Bench',
  roles: ['administrator'],
  can: () => true,
  reach: () => 'all',
}

/** Requests that are measured together. */
export interface Group {
  readonly name: string
  readonly requests: readonly { readonly path: string; readonly pages?: number }[]
  readonly goal?: false
}

export interface Asking {
  /** Asks for all of a group, one request at a time, in some rounds; nothing is left out, also not the first. */
  measure(group: Group, actor?: Actor): Promise<Omit<Figure, 'part'>>
  close(): Promise<void>
}

const rounds = 5

/** The HTTP application without a network, on the book of the bench. */
export function openAsking({ server }: Pick<Bench, 'server'>): Asking {
  const database = connect(server.url)
  const log = createLog('silent')
  let who = everybody
  const { app, stop } = httpServer(modules, {
    database,
    queue: silentQueue,
    log,
    reads: noteReads(database.db, log),
    metrics: createMetrics(),
    now: () => new Date(),
    actorOf: async () => who,
    sender: () => '127.0.0.1',
    customerLook: async () => ({ name: 'Bench', email: null, colour: null, logo: null, language: 'en', sites: [] }),
    origins: [],
    secure: false,
    uploadLimit: 1 << 20,
  })
  const get = async (path: string) => {
    const start = performance.now()
    const response = await app.request(`/api/v1${path}`)
    const body = (await response.json()) as { next?: string | null }
    return { milliseconds: performance.now() - start, status: response.status, next: body.next ?? null }
  }
  const processor = async () => (await processorSeconds(server.serverPid())) + seconds(process.cpuUsage())

  return {
    async measure(group, actor = everybody) {
      who = actor
      const took = new Map<string, number[]>()
      const worked = new Map<string, number>()
      const refused = new Set<string>()
      for (const { path, pages = 1 } of group.requests) {
        const before = await processor()
        const times: number[] = []
        for (let round = 0; round < rounds; round++) {
          let cursor: string | null = ''
          for (let page = 0; page < pages && cursor !== null; page++) {
            const answer = await get(cursor === '' ? path : `${path}&cursor=${encodeURIComponent(cursor)}`)
            times.push(answer.milliseconds)
            if (answer.status !== 200) refused.add(path)
            cursor = answer.next
          }
        }
        took.set(path, times)
        worked.set(path, ((await processor()) - before) / times.length)
      }
      const all = [...took.values()].flat()
      const worst = [...took].map(([path, times]) => ({ path, time: percentile(times, 0.5) })).toSorted((a, b) => b.time - a.time)[0]!
      const work = percentile([...worked.values()], 0.95) * 1000
      return {
        what: `${group.name}, 95th percentile`,
        value: percentile(all, 0.95),
        unit: 'ms',
        goal: group.goal === false ? null : { atMost: 150 },
        note: [
          `${all.length} requests, half ≤ ${ms(percentile(all, 0.5))}, all ≤ ${ms(percentile(all, 1))}`,
          ...(refused.size > 0 ? [`${refused.size} refused, such as ${decodeURIComponent([...refused][0]!)}`] : []),
          ...(Number.isFinite(work) ? [`processor time of server and Node for 95 % of them ≤ ${ms(work)}`] : []),
          `slowest ${decodeURIComponent(worst.path)} (${ms(worst.time)})`,
        ].join('; '),
      }
    },
    async close() {
      await stop()
      await database.close()
    },
  }
}

const ms = (value: number) => `${value.toFixed(1)} ms`
const seconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6
