import { sql } from 'kysely'
import { connect, type Database, type Db, refuseUnsafeServer } from '../database/connection.ts'
import { appliedMigrations, readMigrations, refuseOrPlan } from '../database/migrate.ts'
import { broken, type Finding, good, look } from './check.ts'

/** The checks of the server and of the version of what is in it. Each may fail without stopping the others. */
export const databaseChecks: readonly { readonly name: string; run(db: Db, now: Date): Promise<Finding> }[] = [
  {
    name: 'database.server',
    async run(db) {
      try {
        await refuseUnsafeServer(db)
      } catch (error) {
        return broken(error instanceof Error ? error.message : String(error), 'Change the server’s settings or use a newer server.')
      }
      const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db)
      return good(`PostgreSQL ${rows[0]!.version}; what it confirms is on the disk.`)
    },
  },
  {
    name: 'database.version',
    async run(db) {
      try {
        const waiting = refuseOrPlan(await readMigrations(), await appliedMigrations(db))
        if (waiting.length > 0)
          return look(`${waiting.length} migrations have not been applied yet.`, 'Start the product, or run ./patron migrate.')
        return good('The database is at the version of this program.')
      } catch (error) {
        return broken(error instanceof Error ? error.message : String(error), 'Start the program that fits, or restore a backup.')
      }
    },
  },
  {
    name: 'database.clock',
    async run(db) {
      const before = Date.now()
      const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
      const middle = (before + Date.now()) / 2
      const seconds = Math.abs(rows[0]!.now.getTime() - middle) / 1000
      const detail = `The clocks of this machine and of the database differ by ${seconds.toFixed(1)} seconds.`
      if (seconds > 60) return broken(detail, 'Set both clocks by NTP: sessions, due work and the trail go by them.')
      return seconds > 5 ? look(detail, 'Set both clocks by NTP.') : good(detail)
    },
  },
]

/** A connection for looking only: nothing is migrated, nothing refused. */
export const connectToLook = (url: string): Database => connect(url, { applicationName: 'patron-doctor', poolSize: 2 })
