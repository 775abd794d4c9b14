import type { Case } from './case.ts'
import type { Process } from './process.ts'

const hour = 3_600_000

/** Until when somebody is there where nobody says it: as long as it was to last before, else an hour. */
export function appointmentEnd(startsAt: Date, before: Case['appointed']): Date {
  const lasts = before?.endsAt ? before.endsAt.getTime() - before.startsAt.getTime() : hour
  return new Date(startsAt.getTime() + lasts)
}

/** The step to which a case goes back to agree on another time, as its process lets it from where it is; null where it does not go back there. */
export function backToAppointment({ steps }: Pick<Process, 'steps'>, step: string): string | null {
  const back = steps.find(({ key }) => key === step)?.back ?? []
  return steps.find(({ key, needs }) => back.includes(key) && needs.some(({ need }) => need === 'appointment'))?.key ?? null
}
