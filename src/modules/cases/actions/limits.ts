import { productsByCode } from '#modules/orders/public.ts'
import { allTeams, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { SettingGuard } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { type Counted, type InHand, isFull, isHeldBack, type Limit, type Limits, limitsOn, withOneMore } from '../domain/figures/limits.ts'
import { atOnceBecause } from '../domain/standing.ts'
import { limitsSetting } from '../settings.ts'
import { countedAs, holdLimits, inHandOf } from '../store/limits.ts'
import type { Waiting } from '../store/queue.ts'
import { wrong } from './named.ts'

/**
 * What may be taken on now. Where there are limits, nobody else takes on anything until the end of the transaction, so it is asked for before any case is held: whoever waits for it then holds nothing
 * that others wait for. What is in hand is counted once for all cases that are looked at together.
 */
export async function intakeOf({ db }: Context) {
  const limits = await readSetting(db, limitsSetting)
  const isLimited = areLimits(limits)
  if (isLimited) await holdLimits(db)
  let inHand: InHand = { teams: new Map(), products: new Map() }
  const on = (one: Counted) => limitsOn(one, limits, inHand)
  return {
    isLimited,
    /** Counts what is in hand where it matters for some cases; before anything is asked of them. */
    async look(cases: readonly Counted[]): Promise<void> {
      const all = cases.flatMap(on)
      const more = await inHandOf(db, fresh(all, 'team', inHand.teams), fresh(all, 'product', inHand.products))
      inHand = { teams: new Map([...inHand.teams, ...more.teams]), products: new Map([...inHand.products, ...more.products]) }
    },
    on,
    holdsBack: (one: Waiting): boolean => isHeldBack(on(one), atOnceBecause({ record: one, assessed: one })),
    /** Somebody was given one: it counts for whatever is looked at next. */
    note(one: Counted): void {
      inHand = withOneMore(inHand, one)
    },
  }
}
export type Intake = Awaited<ReturnType<typeof intakeOf>>

const areLimits = ({ teams, products }: Limits): boolean => teams.length + products.length > 0

/** What is not counted yet. */
const fresh = (all: readonly Limit[], kind: Limit['of'], counted: ReadonlyMap<string, number>): readonly string[] => [
  ...new Set(all.flatMap(({ of, id }) => (of === kind && !counted.has(id) ? [id] : []))),
]

/** The limits that apply to a case, as they stand; for whoever reads it. */
export async function limitsOnCase({ db }: Context, caseId: string): Promise<readonly Limit[]> {
  const limits = await readSetting(db, limitsSetting)
  return areLimits(limits) ? counted(db, limits, await countedAs(db, caseId)) : []
}

async function counted(db: Context['db'], limits: Limits, one: Counted): Promise<readonly Limit[]> {
  const all = limitsOn(one, limits, { teams: new Map(), products: new Map() })
  return limitsOn(one, limits, await inHandOf(db, fresh(all, 'team', new Map()), fresh(all, 'product', new Map())))
}

/** Whether a case that nobody has waits because as many are in hand as may be. */
export async function isQueued(context: Context, caseId: string, { ownerId, state, record, assessed }: Queued): Promise<boolean> {
  if (state !== 'open' || ownerId !== null) return false
  return isHeldBack(await limitsOnCase(context, caseId), atOnceBecause({ record, assessed }))
}
interface Queued {
  readonly ownerId: string | null
  readonly state: string
  readonly record: { readonly severity: number }
  readonly assessed: { readonly immediate: boolean } | null
}

/** Refuses to give a waiting case to somebody while as many are in hand as may be; whoever manages cases is not asked. */
export async function mustHaveRoom({ db }: Context, intake: Intake, caseId: string, state: Queued): Promise<void> {
  const one = await countedAs(db, caseId)
  await intake.look([one])
  const limits = intake.on(one)
  if (!isHeldBack(limits, atOnceBecause(state))) return
  const { inHand, most } = limits.find(isFull)!
  throw refuse('conflict', 'at-limit', `${inHand} such cases are in hand and ${most} is the most; it waits until one of them ends`, {
    values: { inHand, most },
  })
}

/** A limit is about a team that there is, or a product of the catalogue. */
export const mustBeKnown: SettingGuard = async ({ db }, { after }) => {
  const { teams, products } = after as Limits
  const known = new Set((await allTeams(db)).map(({ id }) => id))
  const strange = teams.findIndex(({ teamId }) => !known.has(teamId))
  if (strange >= 0) throw wrong(`value.teams.${strange}.teamId`, 'no-such-team', 'There is no such team')
  const catalogue = await productsByCode(
    db,
    products.map(({ productCode }) => productCode),
  )
  const missing = products.findIndex(({ productCode }) => !catalogue.has(productCode))
  if (missing >= 0) throw wrong(`value.products.${missing}.productCode`, 'no-such-product', 'The catalogue has no such product')
}
