import type { Actor, Context } from '#platform/context.ts'

/** The same transaction at an earlier moment and in somebody's name, for what the demo's people did before it was loaded. What is announced of it is announced now. */
export const atThatTime = (context: Context, now: Date, actor: Actor): Context => ({
  ...context.actingAs(actor),
  now,
  actingAs: (other) => atThatTime(context, now, other),
})
