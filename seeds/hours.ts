const minute = 60_000
export const dayLength = 86_400_000

/** When the shop is open: on six days, with a pause on weekdays. Monday is 0; minutes of the day, in UTC as the demo company's time zone. */
export const demoHours = {
  name: 'Tea house',
  standard: true,
  hours: {
    timeZone: 'UTC',
    week: [0, 1, 2, 3, 4, 5, 6].map((weekday) =>
      weekday < 5
        ? [
            { from: 9 * 60, to: 12 * 60 },
            { from: 13 * 60, to: 18 * 60 },
          ]
        : weekday === 5
          ? [{ from: 10 * 60, to: 16 * 60 }]
          : [],
    ),
    specialDays: [],
  },
}

interface Stretch {
  readonly from: number
  readonly to: number
}

/** The open stretches of the day in which a moment lies, as moments. */
function stretchesOf(at: number): readonly Stretch[] {
  const midnight = Math.floor(at / dayLength) * dayLength
  const weekday = (new Date(midnight).getUTCDay() + 6) % 7
  return demoHours.hours.week[weekday]!.map(({ from, to }) => ({ from: midnight + from * minute, to: midnight + to * minute }))
}

/** So many open minutes after a moment; 0: the moment itself, or when the shop opens next. */
export function later(at: Date, minutes: number): Date {
  let left = minutes * minute
  for (let from = at.getTime(); ; from = Math.floor(from / dayLength + 1) * dayLength)
    for (const stretch of stretchesOf(from)) {
      const begins = Math.max(from, stretch.from)
      if (begins > stretch.to) continue
      if (begins + left <= stretch.to) return new Date(begins + left)
      left -= stretch.to - begins
    }
}

/** So many open minutes before a moment. */
export function earlier(at: Date, minutes: number): Date {
  let left = minutes * minute
  for (let to = at.getTime(); ; to = Math.floor(to / dayLength) * dayLength - 1)
    for (const stretch of stretchesOf(to).toReversed()) {
      const ends = Math.min(to, stretch.to)
      if (ends < stretch.from) continue
      if (ends - left >= stretch.from) return new Date(ends - left)
      left -= ends - stretch.from
    }
}
