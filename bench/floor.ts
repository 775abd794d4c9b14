/**
 * The reference for requests: nothing but node:http and pg. A GET reads the row of a customer by its key, a POST puts a row of a case into a table without indexes, each by one prepared statement. Prints its
 * address as one line of JSON.
 */
import { createServer, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 })
const server = createServer((request, response) => {
  answer(request).then(
    (found) => {
      const body = JSON.stringify(found)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      response.end(body)
    },
    (error: Error) => {
      response.writeHead(500)
      response.end(error.message)
    },
  )
})

async function answer(request: IncomingMessage): Promise<unknown> {
  if (request.method === 'GET') {
    const text = 'select * from customers.customer where customer_id = $1'
    return (await pool.query({ name: 'one', text, values: [request.url!.slice(1)] })).rows[0]
  }
  const text = 'insert into bare.case select * from jsonb_populate_record(null::bare.case, $1) returning id'
  return (await pool.query({ name: 'add', text, values: [await json(request)] })).rows[0]
}

server.listen(0, '127.0.0.1', () => {
  const bound = server.address()
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${typeof bound === 'object' ? bound!.port : 0}` })}\n`)
})
process.on('SIGTERM', () => process.exit(0))
