import type { Db } from '#platform/database/connection.ts'
import { dayText } from '#platform/imports/mapped-rows.ts'
import { allRates } from '../store/rates.ts'

/** The day rates as they stood when an import began: decimal text by currency and day (days since 1970-01-01). */
export async function knownRates(
  db: Db,
  currency: string,
): Promise<{ has(currency: string, day: number): boolean; on(currency: string, day: number): string | undefined }> {
  const rates = await allRates(db)
  const on = (of: string, day: number) => (of === currency ? '1' : rates.get(of)?.get(dayText(day)))
  return { on, has: (of, day) => on(of, day) !== undefined }
}
