import type { Context } from '#platform/context.ts'
import { listRuns, requestRun } from '#platform/runs/store.ts'
import type { ValuationInput } from './wishes.ts'

/** Asks for a valuation of the whole book. While one waits already that one will see everything that is there by then, so its id is returned. */
export async function requestValuation(context: Context, input: ValuationInput = {}): Promise<string> {
  const plain = Object.values(input).every((value) => value === undefined)
  const waiting = (await listRuns(context.db, ['value.revalue'], 20)).find((run) => run.state === 'waiting')
  if (waiting && plain) return waiting.id
  const run = await requestRun(context.db, {
    id: context.newId(),
    kind: 'value.revalue',
    group: 'value',
    input: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
    requestedBy: context.actor.id,
    now: context.now,
  })
  return run.id
}
