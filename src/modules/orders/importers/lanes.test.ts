import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inLanes, turns } from './lanes.ts'

/** Parts that take so long, each then waits for its turn and is done; `failing` fails in its turn. */
async function work(milliseconds: readonly number[], failing = -1) {
  const begun: number[] = []
  const done: number[] = []
  const inTurn = turns()
  const all = inLanes(2, milliseconds.length, (part) =>
    inTurn(async (come) => {
      begun.push(part)
      await sleep(milliseconds[part])
      await come()
      if (part === failing) throw new Error(`part ${part}`)
      done.push(part)
    }),
  )
  const problem = await all.then(
    () => null,
    (error: Error) => error.message,
  )
  return { begun, done, problem }
}

test('two parts are worked on side by side and are done one after the other, in their order', async () => {
  expect(await work([40, 5, 20, 5])).toEqual({ begun: [0, 1, 2, 3], done: [0, 1, 2, 3], problem: null })
})

test('nobody comes after a turn that failed, however early its own work was done; no other part is begun', async () => {
  expect(await work([40, 5, 5, 5], 0)).toEqual({ begun: [0, 1], done: [], problem: 'part 0' })
  expect(await work([5, 40, 5, 5], 1)).toMatchObject({ done: [0], problem: 'part 1' })
})
