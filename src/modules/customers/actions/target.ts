import type { z } from 'zod'
import { readSetting, settingBroughtAlong } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { TargetRule } from '../domain/qualification.ts'
import { targetSetting } from '../settings.ts'
import { hidesPersonal, isPersonal } from './personal.ts'

/** The rule of who is a target customer, as far as whoever asks may see what it asks for: who does not meet a condition on contact data would tell what is hidden. */
export async function targetRuleSeen(context: Pick<Context, 'db' | 'actor'>): Promise<TargetRule> {
  return seenOf(context, await readSetting(context.db, targetSetting))
}

/** The same of what a statement brought along (`storedSettingText`). */
export const storedTargetRuleSeen = (context: Pick<Context, 'actor'>, stored: unknown): TargetRule =>
  seenOf(context, settingBroughtAlong(targetSetting, stored))

const seenOf = (context: Pick<Context, 'actor'>, { conditions }: TargetSetting): TargetRule =>
  conditions.filter(({ field }) => !hidesPersonal(context) || !isPersonal(field))

type TargetSetting = z.output<typeof targetSetting.schema>
