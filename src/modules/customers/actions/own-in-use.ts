import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { type FieldProblem, refuse } from '#platform/refusal.ts'
import { cellsOf, type OwnProblem, ownColumn, ownLimits } from '../domain/own-fields.ts'
import { type OwnFieldSetting, ownFieldSetting } from '../settings.ts'
import type { OwnValues, OwnWrite } from '../store/own-values.ts'
import { hidesPersonal } from './personal.ts'

/** The fields that somebody may see, removed ones too, in their order. */
export const ownFieldsSeen = async (context: Pick<Context, 'db' | 'actor'>): Promise<OwnFieldSetting[]> =>
  (await readSetting(context.db, ownFieldSetting)).fields.filter(({ personal }) => !personal || !hidesPersonal(context))

/** Those of them that are in use: to whoever may not see a field it is as if there were none. */
export const ownFieldsInUse = async (context: Pick<Context, 'db' | 'actor'>): Promise<readonly OwnFieldSetting[]> =>
  (await ownFieldsSeen(context)).filter(({ removed }) => !removed)

/** What is to be written of a new customer's own fields, as far as whoever enters them may see these; refused where a value is none that its field may hold, and where one is missing that has to be filled in. */
export async function ownOfNew(context: Context, customerId: string, given: OwnValues): Promise<readonly OwnWrite[]> {
  const fields = await ownFieldsInUse(context)
  const problems = Object.keys(given)
    .filter((id) => !fields.some((field) => field.id === id))
    .map((id) => problemOf(`own.${id}`, 'no-such-field'))
  const writes = fields.flatMap((field): OwnWrite[] => {
    const value = given[field.id] ?? null
    const cells = cellsOf(field, value)
    if (typeof cells === 'string') problems.push(problemOf(`own.${field.id}`, cells))
    else if (cells.length > 0)
      return [
        { customerId, fieldId: field.id, cells, change: { id: context.newId(), field: ownColumn(field.id), before: null, after: value } },
      ]
    return []
  })
  refuseWrong(problems)
  return writes
}

export function refuseWrong(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw refuse('invalid', 'own-field-wrong', 'A field does not hold what it may hold', { fields: [...problems] })
}

export const problemOf = (field: string, reason: OwnProblem | 'no-such-field'): FieldProblem => ({
  field,
  reason,
  detail: sentences[reason],
})

const sentences: Readonly<Record<OwnProblem | 'no-such-field', string>> = {
  'not-a-text': `must be a text of at most ${ownLimits.text} characters`,
  'not-a-long-text': `must be a text of at most ${ownLimits.long} characters`,
  'not-a-link': 'must be an address of a page that begins with http:// or https://, without spaces, name and password',
  'not-a-number': 'must be a number',
  'not-a-day': 'must be a day such as 2026-01-31',
  'not-yes-or-no': 'must be yes or no',
  'no-such-choice': 'is none of the choices',
  required: 'must be filled in',
  'no-such-field': 'There is no such field',
}
