import type { Context } from '#platform/context.ts'
import type { CaseEvent } from '../domain/event.ts'
import { fold } from '../domain/fold.ts'
import { asOfAnybody } from '../domain/unproven.ts'
import { clocksOf } from './clocks.ts'
import type { Known } from './performing.ts'
import { policyFor } from './policy.ts'

/** Whom nobody knows is served by what holds for everybody. */
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * By when a case is answered and where it stands in the queue as if it were anybody’s: what is said to whoever has only typed who they are. Else two addresses that are typed one after the other tell which is known, what
 * its customer is worth, and that they complained before.
 */
export async function clocksForAnybody(context: Context, { process }: Pick<Known, 'process'>, events: readonly CaseEvent[]) {
  const plain = asOfAnybody(events, await policyFor(context, nobody))
  return clocksOf(context, process, fold(process, plain), plain)
}
