const dayMs = 86_400_000

/** The next `days` days from `today` on ('YYYY-MM-DD'), today among them. */
export const comingDays = (today: string, days: number): readonly string[] =>
  Array.from({ length: days }, (_, i) => new Date(Date.parse(today) + i * dayMs).toISOString().slice(0, 10))

/** Month and day as one number: 2026-05-21 is 521. */
export const monthDay = (day: string): number => Number(day.slice(5, 7)) * 100 + Number(day.slice(8, 10))

/** On which of the coming days a birthday is kept; who was born on 29 February has it on the 28th in other years. Null: on none of them. */
export function keptOn(birthday: string, coming: readonly string[]): string | null {
  const born = monthDay(birthday)
  return coming.find((day) => monthDay(day) === born || (born === 229 && monthDay(day) === 228 && !isLeap(Number(day.slice(0, 4))))) ?? null
}

/** The month-days to look for, so that every birthday of the coming days is found. */
export const lookedFor = (coming: readonly string[]): readonly number[] => [
  ...new Set(coming.flatMap((day) => (monthDay(day) === 228 && !isLeap(Number(day.slice(0, 4))) ? [228, 229] : [monthDay(day)]))),
]

/** The day on which somebody who is born on `birthday` or later is younger than `years`: the latest birthday of those who are `years` old on `today`. */
export const bornUntil = (today: string, years: number): string => {
  const year = String(Number(today.slice(0, 4)) - years).padStart(4, '0')
  // Without a 29 February in that year the day before counts.
  return today.endsWith('-02-29') && !isLeap(Number(year)) ? `${year}-02-28` : `${year}${today.slice(4)}`
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
