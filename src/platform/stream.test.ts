import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { seededRandom } from '#numerics/seeded-random.ts'
import { withTransaction } from './database/connection.ts'
import { type TestDatabase, testDatabase } from './database/testing.ts'
import { forgetStream, type Place, placeIn, placeText, readStream, tellStream, toldSince } from './stream.ts'

let scratch: TestDatabase
beforeAll(async () => {
  scratch = await testDatabase({ poolSize: 20 })
})
afterAll(() => scratch.close())
beforeEach(() => sql`delete from platform.stream_event`.execute(scratch.db))

const now = new Date('2026-01-01T12:00:00Z')
const tell = (topic: string, ...numbers: number[]) =>
  withTransaction(scratch.database, (db) =>
    tellStream(
      { db, now },
      numbers.map((n) => ({ topic, kind: 'said', payload: { n } })),
    ),
  )
const here = async () => (await readStream(scratch.db, [], null, now)).place

/** Everything that can be read from a place on, one read after the other, each going on with what the one before said in words. */
async function readOn(topics: readonly string[], from: Place): Promise<{ numbers: number[]; place: Place; isLost: boolean }> {
  const numbers: number[] = []
  for (let place = from; ; ) {
    const heard = await readStream(scratch.db, topics, placeIn(placeText(place)), now)
    numbers.push(...heard.events.map(({ payload }) => Number(payload?.n)))
    place = heard.place
    if (!heard.isMore) return { numbers, place, isLost: heard.isLost }
  }
}

describe('a reader', () => {
  test('hears what is told on its topics from where it is, in order, and nothing twice', async () => {
    await tell('a', 0)
    const start = await here()
    await tell('a', 1, 2)
    await tell('b', 3)
    const first = await readOn(['a'], start)
    expect(first.numbers).toEqual([1, 2])
    await tell('a', 4)
    expect((await readOn(['a'], first.place)).numbers).toEqual([4])
    expect((await readOn(['a', 'b'], start)).numbers).toEqual([1, 2, 3, 4])
    expect((await readOn(['a'], (await readOn(['a'], first.place)).place)).numbers).toEqual([])
  })

  test('hears of a transaction that began first and ended last, once, and waits for none', async () => {
    const start = await here()
    const slow = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const long = withTransaction(scratch.database, async (db) => {
      await tellStream({ db, now }, [{ topic: 'a', kind: 'said', payload: { n: 1 } }])
      begun.resolve()
      await slow.promise
    })
    await begun.promise
    await tell('a', 2)
    const before = await readOn(['a'], start)
    expect(before.numbers).toEqual([2])
    await tell('a', 3)
    slow.resolve()
    await long
    expect((await readOn(['a'], before.place)).numbers.toSorted()).toEqual([1, 3])
    expect((await readOn(['a'], start)).numbers.toSorted()).toEqual([1, 2, 3])
  })

  test('hears nothing of what was taken back', async () => {
    const start = await here()
    await withTransaction(scratch.database, async (db) => {
      await tellStream({ db, now }, [{ topic: 'a', kind: 'said', payload: { n: 1 } }])
      throw new Error('no')
    }).catch(() => {})
    await tell('a', 2)
    expect((await readOn(['a'], start)).numbers).toEqual([2])
  })

  test('gets many in parts, and goes on in the middle where it was cut off', async () => {
    const start = await here()
    await tell('a', ...Array.from({ length: 450 }, (_, i) => i))
    const one = await readStream(scratch.db, ['a'], start, now)
    expect([one.events.length, one.isMore]).toEqual([200, true])
    // What comes meanwhile waits until the rest was read, and is not lost behind it.
    await tell('a', 450)
    const rest = await readOn(['a'], one.place)
    expect([...one.events.map(({ payload }) => Number(payload?.n)), ...rest.numbers]).toEqual(Array.from({ length: 451 }, (_, i) => i))
  })

  test('loses and repeats nothing while many write, however they overlap', { timeout: 60_000 }, async () => {
    const random = seededRandom(20_260_101)
    const start = await here()
    let next = 0
    const writer = async () => {
      for (let i = 0; i < 40; i++) {
        await withTransaction(scratch.database, async (db) => {
          for (let k = Math.floor(random() * 3); k >= 0; k--) {
            await tellStream({ db, now }, [{ topic: `t${Math.floor(random() * 3)}`, kind: 'said', payload: { n: next++ } }])
            await sleep(random() * 4)
          }
        })
      }
    }
    let isOver = false
    const heard: number[] = []
    const reader = async () => {
      let place = start
      for (let isLast = false; ; isLast = isOver) {
        const read = await readOn(['t0', 't1', 't2'], place)
        heard.push(...read.numbers)
        place = read.place
        if (isLast) return
        await sleep(random() * 5)
      }
    }
    const reading = reader()
    await Promise.all(Array.from({ length: 8 }, writer))
    isOver = true
    await reading
    expect(heard.toSorted((a, b) => a - b)).toEqual(Array.from({ length: next }, (_, i) => i))
  })
})

describe('a place', () => {
  test('that cannot be reached any more is said to be lost, and listening begins anew', async () => {
    const place = await here()
    await tell('a', 1)
    const lost = async (from: Place) => (await readStream(scratch.db, ['a'], from, now)).isLost
    expect(await lost(place)).toBe(false)
    expect(await lost({ ...place, epoch: '00000000-0000-4000-8000-000000000000' })).toBe(true)
    expect(await lost({ ...place, at: now.getTime() - 25 * 3_600_000 })).toBe(true)
    // Of a later time than the database itself, as after it was put back.
    expect(await lost({ ...place, snapshot: '9000000000:9000000001:' })).toBe(true)
    const again = await readStream(scratch.db, ['a'], { ...place, epoch: '00000000-0000-4000-8000-000000000000' }, now)
    expect(again.events).toEqual([])
    await tell('a', 2)
    expect((await readOn(['a'], again.place)).numbers).toEqual([2])
  })
  test('of a database that was emptied is lost as well', async () => {
    const place = await here()
    await sql`truncate platform.stream_epoch`.execute(scratch.db)
    expect((await readStream(scratch.db, ['a'], place, now)).isLost).toBe(true)
    expect((await here()).epoch).not.toBe(place.epoch)
  })
  test('comes out of its words as it went in, and no words are a failure', () => {
    const snapshot = fc.tuple(fc.integer({ min: 1, max: 2 ** 50 }), fc.array(fc.nat(50), { maxLength: 5 })).map(([low, steps]) => {
      const running = steps.map((_, i) => low + steps.slice(0, i + 1).reduce((sum, step) => sum + step, 0))
      return `${low}:${(running.at(-1) ?? low) + 1}:${running}`
    })
    const place = fc.record({
      epoch: fc.uuid(),
      at: fc.nat(2 ** 42),
      snapshot,
      rest: fc.option(fc.record({ until: snapshot, seq: fc.nat(2 ** 40) })),
    })
    fc.assert(fc.property(place, (one) => void expect(placeIn(placeText(one))).toEqual(one)))
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f-]{36}~\w+~[\d:,]*(~[\d:,]*~\w*)?$/)), (text) => void placeIn(text)),
    )
    for (const text of ['', 'x', `${crypto.randomUUID()}~1~1:2:'; drop table x--`, 'x'.repeat(5000)]) expect(placeIn(text)).toBe(null)
  })
})

test('what is read as a place is one that the database can read, too', async () => {
  const number = fc.constantFrom('0', '1', '7', '12', '999999999999999999', '9999999999999999999', '007')
  const words = fc.tuple(number, number, fc.array(number, { maxLength: 3 })).map(([low, high, all]) => `${low}:${high}:${all}`)
  const { epoch } = await here()
  await fc.assert(
    fc.asyncProperty(words, fc.option(words, { nil: undefined }), async (snapshot, until) => {
      const place = placeIn([epoch, now.getTime().toString(36), snapshot, ...(until === undefined ? [] : [until, '1'])].join('~'))
      if (place) await readStream(scratch.db, ['a'], place, now)
    }),
    { numRuns: 300 },
  )
})

test('topics on which something was told are named, whoever listens', async () => {
  const place = await here()
  await tell('a', 1, 2)
  await tell('b', 3)
  const told = await toldSince(scratch.db, place, now)
  expect([...told.topics!].toSorted()).toEqual(['a', 'b'])
  expect((await toldSince(scratch.db, told.place, now)).topics!.size).toBe(0)
})

test('what nobody can ask for any more goes', async () => {
  await tell('a', 1)
  await forgetStream(scratch.db, new Date(now.getTime() + 47 * 3_600_000))
  const left = () => sql`select from platform.stream_event`.execute(scratch.db).then(({ rows }) => rows.length)
  expect(await left()).toBe(1)
  await forgetStream(scratch.db, new Date(now.getTime() + 49 * 3_600_000))
  expect(await left()).toBe(0)
})

test('what is told is small', async () => {
  const large = { topic: 'a', kind: 'said', payload: { text: 'x'.repeat(3000) } }
  await expect(withTransaction(scratch.database, (db) => tellStream({ db, now }, [large]))).rejects.toThrow('stream_event_small')
})
