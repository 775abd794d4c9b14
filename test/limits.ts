import { intakeOf } from '#modules/cases/actions/limits.ts'
import type { Counted } from '#modules/cases/domain/figures/limits.ts'
import type { App } from './app.ts'

/** What is done while somebody else takes on what counts against limits, and has not finished. */
export async function whileHeld<T>(app: Pick<App, 'transaction'>, one: Counted, run: () => Promise<T>): Promise<T> {
  const [holds, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holder = app.transaction(async (context) => {
    await (await intakeOf(context)).look([one])
    holds.resolve()
    await finish.promise
  })
  await holds.promise
  try {
    return await run()
  } finally {
    finish.resolve()
    await holder
  }
}
