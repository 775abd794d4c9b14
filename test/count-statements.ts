import { clientOf, type Db } from '#platform/database/connection.ts'

/** How many statements something sends to the server, in a transaction of `withTransaction`. */
export async function countStatements(db: Db, work: () => Promise<unknown>): Promise<number> {
  const client = clientOf(db)
  const { query } = client
  let statements = 0
  client.query = function (this: typeof client, ...args: unknown[]) {
    statements++
    return Reflect.apply(query, client, args)
  } as typeof query
  try {
    await work()
    return statements
  } finally {
    client.query = query
  }
}
