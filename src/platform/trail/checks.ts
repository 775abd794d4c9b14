import { sql } from 'kysely'
import { broken, type Check, good, look } from '../doctor/check.ts'

/** Facts are sealed within seconds where a worker runs. */
export const trailChecks: readonly Check[] = [
  {
    name: 'trail.sealing',
    async run(db, now) {
      const { rows } = await sql<{ waiting: number; oldest: Date | null }>`
        select count(*) as waiting, min(occurred_at) as oldest
        from (select occurred_at from platform.fact where block is null order by id limit 10000) unsealed`.execute(db)
      const { waiting, oldest } = rows[0]!
      if (oldest === null || now.getTime() - oldest.getTime() < 600_000) return good('The audit trail is sealed.')
      return look(
        `${waiting} facts wait to be sealed, the oldest since ${oldest.toISOString()}.`,
        'A worker seals them: start the product, or look into its log if it runs.',
      )
    },
  },
  {
    name: 'trail.blocks',
    async run(db) {
      const { rows } = await sql<{ blocks: number; last: number | null }>`
        select count(*) as blocks, max(number) as last from platform.trail_block where trail = 'fact'`.execute(db)
      const { blocks, last } = rows[0]!
      if (blocks === (last ?? 0)) return good(`The chain has ${blocks} blocks without a gap; ./patron audit verify looks into each.`)
      return broken(
        `${(last ?? 0) - blocks} blocks of the audit trail are missing.`,
        'Run ./patron audit verify; compare with the last backup.',
      )
    },
  },
]
