import { sql } from 'kysely'
import { expect } from 'vitest'
import { api as customersApi } from '#modules/customers/api.ts'
import { type App, everybody, type RefusedCall } from './app.ts'
import { waitForRun } from './wait-for-run.ts'

/** Who confirms what another has asked for. */
export const second = { ...everybody, id: 'second' }

/** Erases a person as two people do it, and waits until it is done. */
export async function eraseByTwo(app: App, id: string): Promise<void> {
  const { id: erasureId, version } = await app.as(customersApi).requestErasure({ id, reason: 'Asks for it' })
  const { runId } = await app.as(customersApi, second).confirmErasure({ erasureId, version })
  expect(await waitForRun(app, runId!)).toMatchObject({ state: 'done', problem: null })
}

/** What was refused; a failure where it was not. */
export const refused = (work: Promise<unknown>): Promise<RefusedCall> =>
  work.then(
    () => Promise.reject(new Error('was not refused')),
    (problem) => problem as RefusedCall,
  )

/** Net money of some customers' orders, minor units. */
export const netOf = async (app: App, ids: readonly string[]): Promise<number> =>
  (
    await sql<{
      net: number
    }>`select coalesce(sum(revenue_minor - discount_minor - refund_minor), 0)::bigint as net from orders.purchase where customer_id = any(${ids}::uuid[])`.execute(
      app.db,
    )
  ).rows[0]!.net
