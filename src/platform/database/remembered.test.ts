import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, startApp } from '#test/app.ts'
import { inSavepoint } from './connection.ts'
import { forget, remembered } from './remembered.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ now: new Date('2026-03-10T02:00:00Z') })
})
afterAll(() => app.close())

/** Answers how often it was asked. */
function counter() {
  let asked = 0
  return async () => ++asked
}

test('within one transaction something is read once, until somebody writes', async () => {
  const read = counter()
  await app.transaction(async ({ db }) => {
    expect([await remembered(db, 'a', read), await remembered(db, 'a', read), await remembered(db, 'b', read)]).toEqual([1, 1, 2])
    forget(db)
    expect(await remembered(db, 'a', read)).toBe(3)
  })
  await app.transaction(async ({ db }) => expect(await remembered(db, 'a', read)).toBe(4))
})

test('outside of transactions everything is read anew', async () => {
  const read = counter()
  expect([await remembered(app.db, 'a', read), await remembered(app.db, 'a', read)]).toEqual([1, 2])
})

test('what failed is tried again, and what was undone is forgotten', async () => {
  const read = counter()
  await app.transaction(async ({ db }) => {
    await expect(remembered(db, 'a', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
    expect(await remembered(db, 'a', read)).toBe(1)
    await expect(
      inSavepoint(db, async () => {
        forget(db)
        expect(await remembered(db, 'a', read)).toBe(2)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await remembered(db, 'a', read)).toBe(3)
  })
})
