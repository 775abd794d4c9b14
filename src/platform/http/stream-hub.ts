import type pg from 'pg'
import { type Database, withConnection } from '../database/connection.ts'
import type { Log } from '../log.ts'
import { type Place, readStream, streamChannel, toldSince } from '../stream.ts'

/** Wakes those who wait for something to be told: one listening connection and one look every few seconds for the whole process, however many wait. */
export interface StreamHub {
  /** `wake` is called when something may have been told on one of the topics. Answers how to leave. */
  join(topics: readonly string[], wake: () => void): () => void
  stop(): Promise<void>
}

/** Where nothing is called out, as behind a pooler of connections, everything is still heard this soon. */
const lookMilliseconds = 2500
const again = 1000

export function openStreamHub(database: Database, log: Log, now: () => Date): StreamHub {
  const waiting = new Map<string, Set<() => void>>()
  const stopping = Promise.withResolvers<void>()
  let isStopped = false
  let working: Promise<unknown> | null = null

  const wakeAll = () => {
    for (const wake of new Set([...waiting.values()].flatMap((all) => [...all]))) wake()
  }
  const wakeAt = (topic: string) => {
    if (topic === '') return wakeAll()
    for (const wake of waiting.get(topic) ?? []) wake()
  }
  const pause = (milliseconds: number) => {
    const passed = Promise.withResolvers<void>()
    const timer = setTimeout(passed.resolve, milliseconds)
    timer.unref()
    return Promise.race([passed.promise, stopping.promise]).finally(() => clearTimeout(timer))
  }

  async function listen(): Promise<void> {
    while (!isStopped) {
      await withConnection(database, listenOn).catch((error) =>
        log.warn({ err: error }, 'The connection that listens was lost; it is opened again'),
      )
      await pause(again)
    }
  }

  async function listenOn(client: pg.ClientBase): Promise<void> {
    const lost = Promise.withResolvers<void>()
    const heard = ({ payload = '' }: pg.Notification) => wakeAt(payload)
    const onError = (error: Error) => lost.reject(error)
    const onEnd = () => lost.resolve()
    lost.promise.catch(() => {})
    client.on('notification', heard)
    client.on('error', onError)
    client.on('end', onEnd)
    try {
      await client.query(`listen ${streamChannel}`)
      // What was told while nobody listened.
      wakeAll()
      await Promise.race([lost.promise, stopping.promise])
      if (isStopped) await client.query('unlisten *')
    } finally {
      client.off('notification', heard)
      client.off('error', onError)
      client.off('end', onEnd)
    }
  }

  async function look(): Promise<void> {
    let place: Place | null = null
    while (!isStopped) {
      try {
        if (place === null) place = (await readStream(database.db, [], null, now())).place
        else {
          const told = await toldSince(database.db, place, now())
          place = told.place
          if (told.topics === null) wakeAll()
          else for (const topic of told.topics) wakeAt(topic)
        }
      } catch (error) {
        log.warn({ err: error }, 'The stream could not be looked at; it is tried again')
        place = null
        wakeAll()
      }
      await pause(lookMilliseconds)
    }
  }

  return {
    join(topics, wake) {
      for (const topic of topics) waiting.set(topic, (waiting.get(topic) ?? new Set()).add(wake))
      if (!isStopped) working ??= Promise.all([listen(), look()])
      return () => {
        for (const topic of topics) {
          const all = waiting.get(topic)
          all?.delete(wake)
          if (all?.size === 0) waiting.delete(topic)
        }
      }
    },
    async stop() {
      isStopped = true
      stopping.resolve()
      await working
    },
  }
}
