import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { besideThread, buffersIn, inThread } from './thread.ts'

let folder: string
const home = pathToFileURL(join(import.meta.dirname, 'thread.ts'))
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patron-thread-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function threadOf(name: string, work: string): Promise<URL> {
  const path = join(folder, `${name}.ts`)
  await writeFile(
    path,
    `import { answerFromThread } from '${home}'\nanswerFromThread((ask: { values: Float64Array }, note: (n: string) => void) => ${work})\n`,
  )
  return pathToFileURL(path)
}
const never = new AbortController().signal

test('arrays are handed over and come back, with notes on the way', async () => {
  const file = await threadOf('doubles', `{ note('begun'); ask.values.forEach((v, i) => { ask.values[i] = 2 * v }); return ask }`)
  const values = Float64Array.of(1, 2, 3)
  const notes: string[] = []
  const answer = await inThread<unknown, { values: Float64Array }, string>(
    file,
    { values },
    { stopping: never, onNote: (n) => notes.push(n) },
  )
  expect([...answer.values]).toEqual([2, 4, 6])
  expect(values.length).toBe(0)
  expect(notes).toEqual(['begun'])
})

test('what the thread throws is thrown here', async () => {
  const file = await threadOf('throws', `{ throw new RangeError('too much') }`)
  await expect(inThread(file, { values: new Float64Array(1) }, { stopping: never, onNote: () => {} })).rejects.toThrow('too much')
})

test('a thread that computes for ever ends when it is told to', async () => {
  const file = await threadOf('forever', `{ note('begun'); for (;;) if (Math.sqrt(2) > 3) return ask }`)
  const stopping = new AbortController()
  const running = inThread(file, { values: new Float64Array(1) }, { stopping: stopping.signal, onNote: () => stopping.abort() })
  await expect(running).rejects.toThrow('stopped')
})

test('a thread ends when the work beside it fails, and that failure is told', async () => {
  const file = await threadOf('beside', `{ for (;;) { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10); note('on') } }`)
  let notes = 0
  const begun = Promise.withResolvers<void>()
  const onNote = () => {
    notes++
    begun.resolve()
  }
  const other = begun.promise.then(() => Promise.reject(new Error('no database')))
  const both = besideThread(never, (stopping) => inThread(file, { values: new Float64Array(1) }, { stopping, onNote }), other)
  await expect(both).rejects.toThrow('no database')
  await sleep(200)
  const before = notes
  await sleep(200)
  expect(notes).toBe(before)
})

test('a buffer that several arrays share is handed over once', () => {
  const shared = new ArrayBuffer(16)
  expect(buffersIn({ a: new Uint8Array(shared), b: [new Int32Array(shared), { c: null, d: 'text' }] })).toEqual([shared])
})
