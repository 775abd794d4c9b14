import pg from 'pg'

/**
 * How values arrive: int8 as number (refused beyond 2^53), days as 'YYYY-MM-DD', instants as Date, numeric as text; everything else as the
 * driver does it. Arrays of these follow their elements.
 */
export function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  return (format === 'binary' ? undefined : own.get(oid)) ?? pg.types.getTypeParser(oid, format as 'text')
}

const INT8_ARRAY = 1016
const DATE_ARRAY = 1182
const NUMERIC_ARRAY = 1231
const TEXT_ARRAY = 1009

const textArray: (text: string) => (string | null)[] = pg.types.getTypeParser(TEXT_ARRAY as number, 'text')

const own = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, safeInteger],
  [INT8_ARRAY, (text) => textArray(text).map((item) => (item === null ? null : safeInteger(item)))],
  [pg.types.builtins.DATE, (text) => text],
  [DATE_ARRAY, textArray],
  [NUMERIC_ARRAY, textArray],
])

function safeInteger(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number))
    throw new Error(`The database returned the integer ${text}, which is beyond 2^53 and cannot be kept exactly.`)
  return number
}
