import { readSetting } from '#modules/organization/public.ts'
import type { Db } from '#platform/database/connection.ts'
import { remembered } from '#platform/database/remembered.ts'
import { allVersions, isOwn, rulesFor } from '../domain/clocks/own-regimes.ts'
import { type Regime, regimes } from '../domain/clocks/regimes.ts'
import type { CaseEvent } from '../domain/event.ts'
import type { Kind } from '../domain/taxonomy.ts'
import { ownRegimesSetting, regimesSetting } from '../settings.ts'

/** The rules with which a case of a kind begins now. */
export async function rulesInForce(db: Db, kind: Kind): Promise<readonly Regime[]> {
  const { inForce } = await readSetting(db, regimesSetting)
  return rulesFor(kind, inForce, (await readSetting(db, ownRegimesSetting)).regimes)
}

/** Every set of rules under which a case may stand: what ships, and each version of those that the company wrote. */
export const everyRule = (db: Db): Promise<readonly Regime[]> =>
  remembered(db, 'every rule', async () => [...regimes, ...allVersions((await readSetting(db, ownRegimesSetting)).regimes)])

/** The rules with which a case began. */
export async function rulesOf(db: Db, events: readonly CaseEvent[]): Promise<readonly Regime[]> {
  const named = new Set(events.flatMap((event) => (event.kind === 'opened' ? event.data.regimes : [])))
  // Mostly nobody has rules of their own, and nothing is read for them.
  const known = [...named].some(isOwn) ? await everyRule(db) : regimes
  return known.filter(({ key }) => named.has(key))
}
