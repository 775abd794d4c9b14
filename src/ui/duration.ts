/** Units in which people say how long something takes. */
export const minutesOf = { minutes: 1, hours: 60, days: 1440 } as const
export type Unit = keyof typeof minutesOf

/** The largest unit in which a length is a whole number; hours where there is none yet. */
export function unitThatSuits(minutes: number | null, units: readonly Unit[] = ['minutes', 'hours', 'days']): Unit {
  if (minutes === null || minutes === 0) return 'hours'
  return units.findLast((unit) => minutes % minutesOf[unit] === 0) ?? 'minutes'
}
