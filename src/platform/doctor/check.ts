import type { Db } from '../database/connection.ts'

/** What a check found, one sentence; where it is not good, `todo` says what to do. */
export interface Finding {
  readonly state: 'good' | 'look' | 'broken'
  readonly detail: string
  readonly todo?: string
}

/** One small question about the health of an installation, as a module contributes it. It only reads. */
export interface Check {
  /** `<module>.<what>`. */
  readonly name: string
  run(db: Db, now: Date): Promise<Finding>
}

export const good = (detail: string): Finding => ({ state: 'good', detail })
export const look = (detail: string, todo: string): Finding => ({ state: 'look', detail, todo })
export const broken = (detail: string, todo: string): Finding => ({ state: 'broken', detail, todo })

/** A check that nothing of a kind is there, such as orders without customers. `count` may stop counting at `most`. */
export const noneOf = (name: string, what: string, count: (db: Db, most: number) => Promise<number>): Check => ({
  name,
  async run(db) {
    const found = await count(db, mostCounted)
    if (found === 0) return good(`There are no ${what}.`)
    return broken(
      `There are ${found >= mostCounted ? `${mostCounted} or more` : found} ${what}.`,
      'Restore the last backup from before this, or report it with the log; nothing that Patron does should bring it about.',
    )
  },
})

const mostCounted = 1000
