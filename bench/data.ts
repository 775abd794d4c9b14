import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulate, type Truth, writeBareOrders, writeCustomers, writeOrders } from './simulate.ts'

/** The files of a simulated company. */
export interface Data {
  readonly orders: string
  /** The same orders with numbers for keys. */
  readonly bare: string
  readonly customers: string
  readonly orderCount: number
  readonly truth: Truth
  remove(): Promise<void>
}

export async function makeData(options: {
  readonly customers: number
  readonly ordersPerCustomer: number
  readonly seed: number
  say(line: string): void
}): Promise<Data> {
  const start = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'patron-bench-data-'))
  const paths = { orders: join(folder, 'orders.csv'), bare: join(folder, 'bare.csv'), customers: join(folder, 'customers.csv') }
  const purchases = simulate(options.customers, options.ordersPerCustomer, options.seed)
  await writeOrders(paths.orders, purchases)
  await writeBareOrders(paths.bare, purchases)
  await writeCustomers(paths.customers, options.customers, options.seed)
  const megabytes = Math.round((await stat(paths.orders)).size / 1e6)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  options.say(
    `${purchases.count.toLocaleString('en')} orders of ${options.customers.toLocaleString('en')} customers (${megabytes} MB) made in ${seconds} s`,
  )
  return {
    ...paths,
    orderCount: purchases.count,
    truth: purchases.truth,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
