/** A product for crash tests: starts the private server of a folder and writes one row after the other, saying aloud which ones were confirmed. */
import { sql } from 'kysely'
import { connect, withTransaction } from '#platform/database/connection.ts'
import { startEmbedded } from '#platform/database/embedded.ts'

const [folder = '', mode = 'write'] = process.argv.slice(2)
try {
  const server = await startEmbedded(folder)
  await server.announce('http://127.0.0.1:3999')
  const database = connect(server.url)
  await sql`create table if not exists confirmed (id int primary key)`.execute(database.db)
  const { rows } = await sql<{ next: number }>`select coalesce(max(id), 0) + 1 as next from confirmed`.execute(database.db)
  console.log(JSON.stringify({ server: server.serverPid(), url: server.url }))
  for (let id = rows[0]!.next; mode === 'write'; id++) {
    await withTransaction(database, (db) => sql`insert into confirmed values (${id})`.execute(db))
    console.log(id)
  }
  process.once('SIGTERM', async () => {
    await database.close()
    await server.stop()
  })
  setInterval(() => {}, 1000)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
