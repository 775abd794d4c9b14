import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '#platform/database/connection.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { excerptOf, searchOf, wordsOf } from './archive-words.ts'

let scratch: Awaited<ReturnType<typeof testDatabase>>
let db: Db
beforeAll(async () => {
  scratch = await testDatabase()
  db = scratch.db
})
afterAll(() => scratch.close())

/** Whether PostgreSQL finds a search in a text. */
const finds = async (search: string, text: string): Promise<boolean> => {
  const query = searchOf(search)
  if (query === null) return false
  const { rows } = await sql<{ found: boolean }>`select ${wordsOf(text)}::tsvector @@ ${query}::tsquery as found`.execute(db)
  return rows[0]!.found
}

test('runs of Chinese characters are kept two by two, and the last alone', () => {
  expect(wordsOf('包装破损')).toBe(`'包装':1 '装破':2 '破损':3 '损':4`)
  expect(wordsOf('A4 纸')).toBe(`'a4':1 '纸':2`)
})

describe('a search finds', () => {
  test.each([
    ['破损', '外包装在运输途中破损了'],
    ['包装在运', '外包装在运输途中破损了'],
    ['损', '外包装在运输途中破损'],
    ['包', '外包装'],
    // Traditional and Simplified are the same.
    ['破損', '外包装破损'],
    ['客户', '客戶投訴'],
    ['broken', 'Two jars arrived BROKEN.'],
    ['brok jars', 'Two jars arrived broken'],
    ['"arrived broken"', 'Two jars arrived broken'],
    ['"jars arrived bro', 'Two jars arrived broken'],
    ['2026-000042', '2026-000042'],
    ['破损 运输', '外包装在运输途中破损了'],
    ['“运输途中”', '外包装在运输途中破损了'],
    ['A4纸', '要五包A4纸张'],
    ['"纸张A4"', '纸张 A4'],
    ['Crème', 'creme brulee'],
    ["it's", "It's late"],
  ])('%s in %s', async (search, text) => {
    expect(await finds(search, text)).toBe(true)
  })
  test.each([
    ['装包', '外包装在运输途中破损了'],
    ['包装破损', '包装好，破损'],
    ['"broken jars"', 'Two jars arrived broken'],
    ['jars missing', 'Two jars arrived broken'],
    ['roken', 'broken'],
    ['“途中运输”', '外包装在运输途中破损了'],
    ['???', 'anything'],
  ])('but not %s in %s', async (search, text) => {
    expect(await finds(search, text)).toBe(false)
  })
  test('and signs that mean something to the database are only signs', async () => {
    for (const search of [`a' | 'b`, `'`, '\\', 'a & !b', ':*', `"`, `""`, '“'])
      await expect(finds(search, 'some text')).resolves.toBeDefined()
    await expect(finds('x', `quote ' and \\ backslash : 1`)).resolves.toBe(false)
  })
  test('in texts however long', async () => {
    const text = '很长的文字'.repeat(4_000)
    expect(await finds('长的文字很', text)).toBe(true)
  })
})

test('the excerpt shows what stands around the place', () => {
  expect(excerptOf(['Nothing', 'Two of ten jars arrived broken on Monday'], 'broken')).toBe('Two of ten jars arrived broken on Monday')
  expect(excerptOf([`${'前'.repeat(60)}包装破损${'后'.repeat(60)}`], '破損')).toBe(`…${'前'.repeat(38)}包装破损${'后'.repeat(40)}…`)
  expect(excerptOf(['Nothing'], 'broken')).toBeNull()
})
