import { buildListIndexes } from '#modules/customers/public.ts'
import type { Command } from '#platform/command.ts'
import { withTransaction } from '#platform/database/connection.ts'
import { refuse } from '#platform/refusal.ts'
import { buildBulkIndexes, refuseDuringBulk } from './store/bulk-indexes.ts'
import { rebuildDayLists } from './store/day-lists.ts'
import { lockForLoad } from './store/write-purchases.ts'

/** What the doctor looks at among the orders. */
const checkOrders: Command = {
  name: 'orders check',
  usage: 'orders check [--repair] [--json]',
  summary:
    'Compares every customer’s purchase days with their orders; --repair writes those that differ and builds indexes that are missing.',
  async run(shell, args) {
    const repair = args.includes('--repair')
    if (args.some((word) => word !== '--repair')) throw refuse('invalid', 'bad-arguments', 'orders check takes --repair and nothing else')
    const found = await rebuildDayLists(
      (work) =>
        withTransaction(shell.database, async (db) => {
          if (repair) await refuseDuringBulk(db)
          await lockForLoad(db)
          return work(db)
        }),
      { repair },
    )
    if (repair)
      await withTransaction(shell.database, async (db) => {
        // A first load has dropped them on purpose, and one of its parts would wait for us while we wait for another.
        await refuseDuringBulk(db)
        await buildBulkIndexes(db)
        await buildListIndexes(db)
      })
    shell.result(found)
    shell.say(
      `${found.customers.toLocaleString('en')} customers, ${found.wrong.toLocaleString('en')} day lists ${repair ? 'written anew' : 'differ from the orders'}.`,
    )
    if (!repair && found.wrong > 0)
      throw refuse('conflict', 'day-lists-differ', 'Some day lists differ from the orders; run: orders check --repair')
  },
}

export const ordersCommands: readonly Command[] = [checkOrders]
