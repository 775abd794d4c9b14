/** The reference for reads: nothing but node:http and pg, one prepared statement that reads the row of a customer by its key. Prints its address as one line of JSON. */
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 })
const server = createServer((request, response) => {
  pool.query({ name: 'one', text: 'select * from customers.customer where customer_id = $1', values: [request.url!.slice(1)] }).then(
    ({ rows }) => {
      const body = JSON.stringify(rows[0])
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      response.end(body)
    },
    (error: Error) => {
      response.writeHead(500)
      response.end(error.message)
    },
  )
})
server.listen(0, '127.0.0.1', () => {
  const bound = server.address()
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${typeof bound === 'object' ? bound!.port : 0}` })}\n`)
})
process.on('SIGTERM', () => process.exit(0))
