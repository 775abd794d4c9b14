import { productsByCode } from '#modules/orders/public.ts'
import { allTeams, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { SettingGuard } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import {
  type Counted,
  type InHand,
  isFull,
  isHeldBack,
  type Limit,
  type Limits,
  limitKey,
  limitsOn,
  withOneMore,
} from '../domain/figures/limits.ts'
import { atOnceBecause } from '../domain/standing.ts'
import { limitsSetting } from '../settings.ts'
import { countedAs, holdFreeLimits, holdLimits, inHandOf } from '../store/limits.ts'
import type { Waiting } from '../store/queue.ts'
import { wrong } from './named.ts'

/**
 * What may be taken on now. Of what a limit applies to that has room, nobody else takes on anything until the end of the transaction; where none applies, or it is reached, nobody waits for anybody. What is in hand is
 * counted once for all cases that are looked at together.
 */
export async function intakeOf({ db }: Context) {
  const limits = await readSetting(db, limitsSetting)
  let inHand = nothing
  let isFirst = true
  const looked = new Set<string>()
  const on = (one: Counted) => limitsOn(one, limits, inHand)
  const unseen = (limit: Limit): boolean => !looked.has(limitKey(limit))
  const unseenOn = (cases: readonly Counted[]) => distinct(cases.flatMap(on)).filter(unseen)
  const count = async (some: readonly Limit[]) => {
    const more = await inHandOf(db, idsOf(some, 'team'), idsOf(some, 'product'))
    inHand = { teams: new Map([...inHand.teams, ...more.teams]), products: new Map([...inHand.products, ...more.products]) }
  }
  return {
    /**
     * Holds and counts what applies to some cases; before anything is asked of them. The first time before any case is held: whoever waits then holds nothing that others wait for. Later it waits for nobody, and
     * what others take on of at that moment stays in the queue for now.
     */
    async look(cases: readonly Counted[]): Promise<void> {
      const mayWait = isFirst
      isFirst = false
      await count(unseenOn(cases))
      const counted = unseenOn(cases)
      const withRoom = counted.filter((one) => !isFull(one))
      if (mayWait) await holdLimits(db, withRoom)
      const held = mayWait ? withRoom : await holdFreeLimits(db, withRoom)
      // Whoever was before has taken on more meanwhile.
      await count(held)
      for (const one of [...counted.filter(isFull), ...held]) looked.add(limitKey(one))
    },
    on,
    /** Whether all that applies to a case was looked at. */
    sees: (one: Counted): boolean => !on(one).some(unseen),
    holdsBack(one: Waiting): boolean {
      const atOnce = atOnceBecause({ record: one, assessed: one })
      return isHeldBack(on(one), atOnce) || (atOnce === null && on(one).some(unseen))
    },
    /** Somebody was given one: it counts for whatever is looked at next. */
    note(one: Counted): void {
      inHand = withOneMore(inHand, one)
    },
  }
}
export type Intake = Awaited<ReturnType<typeof intakeOf>>

export const areLimits = ({ teams, products }: Limits): boolean => teams.length + products.length > 0

const nothing: InHand = { teams: new Map(), products: new Map() }

const distinct = (all: readonly Limit[]): readonly Limit[] => [...new Map(all.map((one) => [limitKey(one), one])).values()]

const idsOf = (all: readonly Limit[], kind: Limit['of']): readonly string[] => [
  ...new Set(all.flatMap(({ of, id }) => (of === kind ? [id] : []))),
]

/** The limits that apply to a case, as they stand; for whoever reads it. */
export async function limitsOnCase({ db }: Context, caseId: string): Promise<readonly Limit[]> {
  const limits = await readSetting(db, limitsSetting)
  return areLimits(limits) ? counted(db, limits, await countedAs(db, caseId)) : []
}

async function counted(db: Context['db'], limits: Limits, one: Counted): Promise<readonly Limit[]> {
  const all = limitsOn(one, limits, nothing)
  return limitsOn(one, limits, await inHandOf(db, idsOf(all, 'team'), idsOf(all, 'product')))
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

/** What may be taken on where a waiting case is given to somebody; before the case is held. What somebody handles already changes hands without it. */
export async function intakeFor(context: Context, caseId: string): Promise<Intake> {
  const intake = await intakeOf(context)
  const one = await countedAs(context.db, caseId)
  if (one.waits) await intake.look([one])
  return intake
}

/** Refuses to give a waiting case to somebody while as many are in hand as may be; whoever manages cases is not asked. What has ended waits for nobody. */
export async function mustHaveRoom({ db, actor }: Context, intake: Intake, caseId: string, state: Queued): Promise<void> {
  if (state.state !== 'open' || state.ownerId !== null) return
  const one = await countedAs(db, caseId)
  const atOnce = atOnceBecause(state)
  if (atOnce === null && !intake.sees(one)) throw changedMeanwhile('this case')
  const limits = intake.on(one)
  if (!isHeldBack(limits, atOnce)) return
  // How a team stands says whom it serves, which only some may know.
  const told = limits.find((limit) => isFull(limit) && (limit.of === 'product' || actor.can('value.read')))
  if (!told) throw refuse('conflict', 'at-limit-untold', 'As many such cases are in hand as may be; it waits until one of them ends')
  const { inHand, most } = told
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
