import { experienceOf } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import { mayUse } from '../domain/technique.ts'
import { techniqueUsed } from '../facts.ts'
import { insertUse, judgeUses, techniqueById } from '../store/techniques.ts'
import { missing } from './common.ts'

export interface NewUse {
  /** So that the same use noted twice counts once; a new one where it is left out. */
  readonly id?: string
  readonly techniqueId: string
  /** Whoever acts, where it is left out. */
  readonly userId?: string
  /** On which thing of which module; null for none, such as a conversation in passing. */
  readonly origin: { readonly module: string; readonly id: string } | null
  /** Null: not known yet. */
  readonly succeeded: boolean | null
}

/** Notes that a technique was used; refused where it takes more experience than its user has. */
export async function recordUse(context: Context, { techniqueId, userId, origin, succeeded, ...use }: NewUse): Promise<string> {
  const { db, now, newId, actor, publish } = context
  const technique = await techniqueById(db, techniqueId)
  if (!technique) throw missing('technique')
  const usedBy = userId ?? actor.id
  if (!mayUse(technique, await experienceOf(db, usedBy)))
    throw refuse(
      'conflict',
      'needs-experience',
      'This technique takes more experience; hand the conversation over to somebody experienced',
      {
        values: { level: technique.minimumExperience ?? 1 },
      },
    )
  const id = use.id ?? newId()
  const isNew = await insertUse(db, { id, techniqueId, origin, usedBy, usedAt: now, succeeded })
  if (isNew) await publish(techniqueUsed, { useId: id, techniqueId, userId: usedBy, succeeded, origin })
  return id
}

/** Says whether the techniques that were used on a thing helped: what a case ended with is what came of each. */
export async function recordOutcome(
  context: Context,
  origin: { readonly module: string; readonly id: string },
  succeeded: boolean,
): Promise<void> {
  const judged = await judgeUses(context.db, origin, succeeded, { now: context.now, by: context.actor.id })
  for (const { id, techniqueId, usedBy } of judged)
    await context.publish(techniqueUsed, { useId: id, techniqueId, userId: usedBy, succeeded, origin })
}
