/** The actions at the desk are ticked in their order (G-19): what one does first opens the way for the next. Their keys are those of the published guide; two of them lead on. */
export const askAction = 'ask'
export const rootAction = 'root'

export type GuideRefusal = 'no-such-action' | 'ticked-already' | 'not-its-turn'

/** The action that comes next, or null where all are done. What was done once but is no longer in the guide does not count. */
export const nextAction = (actions: readonly string[], done: readonly string[]): string | null =>
  actions.find((action) => !done.includes(action)) ?? null

/** Why an action cannot be ticked now; null where it can. */
export function guideRefusal(actions: readonly string[], done: readonly string[], action: string): GuideRefusal | null {
  if (!actions.includes(action)) return 'no-such-action'
  if (done.includes(action)) return 'ticked-already'
  return nextAction(actions, done) === action ? null : 'not-its-turn'
}
