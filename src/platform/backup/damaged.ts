import { type Refusal, refuse } from '../refusal.ts'

/** An archive that does not hold what was written; `part` is what people know it by. */
export const damaged = (part: string, what: string): Refusal =>
  refuse('conflict', 'archive-damaged', `This backup is damaged: ${part} ${what}. Use another backup.`, { values: { part } })
