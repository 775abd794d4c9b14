import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { TargetRule } from '../domain/qualification.ts'
import { targetSetting } from '../settings.ts'
import { hidesPersonal, isPersonal } from './personal.ts'

/** The rule of who is a target customer, as far as whoever asks may see what it asks for: who does not meet a condition on contact data would tell what is hidden. */
export async function targetRuleSeen(context: Pick<Context, 'db' | 'actor'>): Promise<TargetRule> {
  const { conditions } = await readSetting(context.db, targetSetting)
  return conditions.filter(({ field }) => !hidesPersonal(context) || !isPersonal(field))
}
