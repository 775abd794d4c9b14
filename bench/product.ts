/**
 * The product in a process of its own, as `./patron start` runs it, without the browser part and without jobs, so that only what the bench asks for happens.
 * Prints one line of JSON when it listens; ends on SIGTERM. Started by the bench.
 */
import { readConfiguration } from '#platform/configuration.ts'
import { modules } from '../src/modules.ts'
import { startProduct } from '../src/product.ts'

const configuration = readConfiguration(process.env)
const product = await startProduct({
  configuration,
  databaseUrl: configuration.databaseUrl!,
  modules: modules.map((module) => ({ ...module, jobs: [] })),
  roles: ['web', 'worker'],
})
process.stdout.write(`${JSON.stringify({ address: product.address })}\n`)
process.on('SIGTERM', async () => {
  await product.stop()
  process.exit(0)
})
