/** Days since 1970-01-01 of a day of the proleptic Gregorian calendar (the civil-from-days algorithm with March as the first month). */
export function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Year, month and day of a number of days since 1970-01-01; the inverse of `daysSinceEpoch`. */
export function dayOfDays(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 }
}

/** Days since 1970-01-01 of serial 0 of the two date systems of spreadsheets. */
const serialZero = { 1900: -25_569, 1904: -24_107 } as const
export type DateSystem = keyof typeof serialZero

/** The last serial that spreadsheets know: 9999-12-31 in the 1900 system. */
export const lastSerial = 2_958_465

/**
 * The wall clock, in milliseconds since 1970-01-01T00:00, that a spreadsheet shows for a serial number, to the second; NaN where there is none: below 0, after the year
 * 9999, and serial 60 of the 1900 system, which is the 29 February 1900 that never was (serials below it are one day off, as spreadsheets keep them).
 */
export function wallClockOfSerial(serial: number, system: DateSystem): number {
  if (!(serial >= 0 && serial < lastSerial + 1) || (system === 1900 && Math.floor(serial) === 60)) return Number.NaN
  const days = serial + serialZero[system] + (system === 1900 && serial < 60 ? 1 : 0)
  return Math.round(days * 86_400) * 1000
}

/** The serial number of the 1900 system for a wall clock, or NaN before 1 March 1900, where spreadsheets disagree about days. */
export function serialOfWallClock(milliseconds: number): number {
  const serial = milliseconds / 86_400_000 - serialZero[1900]
  return serial >= 61 && serial < lastSerial + 1 ? serial : Number.NaN
}

/** `YYYY-MM-DD`, followed by ` HH:MM:SS` where the time is not midnight. */
export function wallClockText(milliseconds: number): string {
  const days = Math.floor(milliseconds / 86_400_000)
  const { year, month, day } = dayOfDays(days)
  const date = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
  const seconds = Math.floor((milliseconds - days * 86_400_000) / 1000)
  return seconds === 0 ? date : `${date} ${timeText(seconds)}`
}

/** `HH:MM:SS` of a number of seconds. */
export function timeText(seconds: number): string {
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
