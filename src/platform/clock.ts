import type { Context } from './context.ts'

/** How far the clock on the wall is ahead of UTC, in milliseconds. */
export interface Clock {
  /** At a moment, milliseconds since 1970 UTC. */
  ofUtc(milliseconds: number): number
  /** When the wall shows a time, milliseconds since 1970-01-01T00:00 on the wall. */
  ofWall(milliseconds: number): number
}

/** The clock that the house goes by. */
export async function clockOfHouse({ db, house }: Pick<Context, 'db' | 'house'>): Promise<Clock> {
  const clock = house.modules.find((module) => module.clock)?.clock
  if (!clock) throw new Error('No module of the house has a clock')
  return clock(db)
}
