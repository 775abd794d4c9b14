import { dayIn, organizationProfile, readSetting, wallClockOffset } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { requestRun } from '#platform/runs/store.ts'
import { dueOn, freeOn, type KeptByLaw } from '../domain/kept.ts'
import { eraseRunKind } from '../runs/erase.ts'
import { type Erasure, isOpenErasure, updateErasure, waitingErasures } from '../store/erasures.ts'
import { keptByLaw } from '../store/kept.ts'

export async function todayOf({ db, now }: Pick<Context, 'db' | 'now'>): Promise<string> {
  const { timeZone } = await readSetting(db, organizationProfile)
  return dayIn(timeZone, now)
}

/** A request as people see it. `dueOn`: on which day it is carried out by itself, of one that waits; null while nobody knows. */
export type SeenErasure = Erasure & { readonly keptByLaw: KeptByLaw | null; readonly dueOn: string | null }

/** Requests with what the law wants kept about those who are not erased yet. */
export async function seenErasures(context: Context, erasures: readonly Erasure[]): Promise<readonly SeenErasure[]> {
  const { timeZone } = await readSetting(context.db, organizationProfile)
  const at = context.now.getTime()
  const wall = new Date(at + wallClockOffset(timeZone).ofUtc(at)).toISOString()
  const today = dayIn(timeZone, context.now)
  const ids = [...new Set(erasures.filter(({ state }) => isOpenErasure(state)).map(({ customerId }) => customerId))]
  const kept = await keptByLaw(context, ids, today)
  return erasures.map((erasure) => {
    const law = isOpenErasure(erasure.state) ? (kept.get(erasure.customerId) ?? null) : null
    return { ...erasure, keptByLaw: law, dueOn: erasure.state === 'waiting' ? dueOn(wall, law, erasure) : null }
  })
}

/** Has a run carry out what two people want. Says which. */
export async function beginErasure(
  { db, now, newId }: Context,
  erasure: Erasure,
  confirmed: { readonly by: string; readonly at: Date },
): Promise<string> {
  const { id: erasureId, customerId, state } = erasure
  const run = await requestRun(db, {
    ...{ id: newId(), kind: eraseRunKind, group: eraseRunKind },
    ...{ input: { erasureId, customerId, waited: state === 'waiting' }, requestedBy: confirmed.by, now },
  })
  await updateErasure(db, erasure, { state: 'confirmed', confirmedBy: confirmed.by, confirmedAt: confirmed.at, runId: run.id })
  return run.id
}

/** Begins the erasures that waited and against which neither the law nor a hold by hand stands any more. */
export async function eraseThoseFree(context: Context): Promise<void> {
  const today = await todayOf(context)
  for (let after: string | null = null; ; ) {
    const waiting: readonly Erasure[] = await waitingErasures(context.db, after, atOnce)
    const kept = await keptByLaw(
      context,
      waiting.map(({ customerId }) => customerId),
      today,
    )
    for (const erasure of waiting) {
      const free = freeOn(today, kept.get(erasure.customerId) ?? null, erasure)
      if (free !== null && free <= today) await beginErasure(context, erasure, { by: erasure.confirmedBy!, at: erasure.confirmedAt! })
    }
    if (waiting.length < atOnce) return
    after = waiting.at(-1)!.id
  }
}

const atOnce = 500
