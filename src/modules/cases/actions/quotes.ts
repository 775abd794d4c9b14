import type { Context } from '#platform/context.ts'
import { refuse } from '#platform/refusal.ts'
import type { Case } from '../domain/case.ts'
import { hasRunOut } from '../domain/quote.ts'
import { today } from './people.ts'

/** Whether what the case offers holds no more today. */
export const offerRanOut = async (context: Context, { quoted }: Case): Promise<boolean> =>
  quoted !== null && hasRunOut(quoted, await today(context))

export const ranOut = (fields: Parameters<typeof refuse>[3] = {}) => refuse('conflict', 'offer-ran-out', 'The offer has run out', fields)

/** Whoever notes that an offer is taken that has run out says why it is still honoured; a customer alone cannot take it. */
export async function mustStillHold(
  context: Context,
  { state }: { readonly state: Case },
  { accepted, note }: { readonly accepted: boolean; readonly note: string | null },
): Promise<void> {
  if (accepted && !note?.trim() && (await offerRanOut(context, state)))
    throw ranOut({ fields: [{ field: 'note', reason: 'offer-ran-out', detail: 'Say why it is still honoured' }] })
}
