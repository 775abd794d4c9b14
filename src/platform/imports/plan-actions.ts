import { clockOfHouse } from '../clock.ts'
import type { Context } from '../context.ts'
import { defaultPageSize } from '../contract.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { isForbiddenHost, isOutgoingUrl } from '../egress.ts'
import type { Actions } from '../module.ts'
import { changedMeanwhile, refuse } from '../refusal.ts'
import { permitted } from './actions.ts'
import type { PlanSource, PlanView, plansApi } from './api-plans.ts'
import { plansDue } from './facts.ts'
import { secretPurpose } from './plan-address.ts'
import { nextLook, type PlanSchedule } from './plan-schedule.ts'
import {
  addPlan,
  allPlans,
  askForLook,
  changePlan,
  type Plan,
  type PlanValues,
  pausePlan,
  planById,
  planEvents,
  reconsiderRefused,
  removePlan,
} from './plan-store.ts'
import { savedMappings } from './store.ts'

const mostPlans = 100

type Values = Omit<PlanValues, 'secret'> & { readonly secret?: string | undefined }

export const plansActions: Actions<typeof plansApi> = {
  plans: async (context) => ({
    items: (await allPlans(context.db)).map(viewOf),
    folders: [...(context.house.importFolders ?? [])],
  }),

  async addPlan(context, values) {
    const { db, now, actor } = context
    if ((await allPlans(db)).length >= mostPlans)
      throw refuse('conflict', 'too-many-plans', `There are ${mostPlans} plans already; remove one first`, { values: { most: mostPlans } })
    const id = context.newId()
    const checked = await checkedValues(context, id, values, null)
    await addPlan(db, id, checked, { by: actor.id, now, dueAt: await firstLook(context, values.schedule) })
    return view(context, id)
  },

  async changePlan(context, { id, version, ...values }) {
    const { db, now, actor } = context
    const plan = await existing(context, id)
    const checked = await checkedValues(context, id, values, plan)
    if (!(await changePlan(db, id, checked, version, { by: actor.id, now, dueAt: await firstLook(context, values.schedule) })))
      throw changedMeanwhile()
    await reconsiderRefused(db, id)
    return view(context, id)
  },

  async removePlan(context, { id, version }) {
    await existing(context, id)
    if (!(await removePlan(context.db, id, version))) throw changedMeanwhile()
    return {}
  },

  async pausePlan(context, { id, paused }) {
    const plan = await existing(context, id)
    if (paused !== (plan.pausedAt !== null))
      await pausePlan(context.db, id, paused ? context.now : null, await firstLook(context, plan.schedule))
    return view(context, id)
  },

  async lookNow(context, { id }) {
    await existing(context, id)
    await reconsiderRefused(context.db, id)
    await askForLook(context.db, id, context.now)
    await context.wake(plansDue, {})
    return view(context, id)
  },

  async planHistory(context, { id, cursor, limit = defaultPageSize }) {
    await existing(context, id)
    const rows = await planEvents(context.db, id, cursor === undefined ? null : placeOf(cursor, ['instant', 'uuid']), limit + 1)
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return { items: shown, next: rows.length > limit && last ? cursorOf([last.at.toISOString(), last.id]) : null }
  },
}

async function existing({ db }: Context, id: string): Promise<Plan> {
  const plan = await planById(db, id)
  if (!plan) throw refuse('missing', 'no-such-plan', 'There is no such plan')
  return plan
}

const view = async (context: Context, id: string) => viewOf(await existing(context, id))

const viewOf = ({ secret, changedBy: _, askedAt: __, tell, source, ...plan }: Plan): PlanView => ({
  ...plan,
  source: { ...source },
  tell: [...tell],
  hasSecret: secret !== null,
})

/** When a plan that was just written is looked at first. */
const firstLook = async (context: Context, schedule: PlanSchedule) => nextLook(schedule, context.now, await clockOfHouse(context))

/** What is stored of a plan; refuses an importer that the person may not use, a mapping that is not there, and a source that is not allowed. */
async function checkedValues(context: Context, id: string, { secret, ...values }: Values, before: Plan | null): Promise<PlanValues> {
  if (!context.actor.can('imports.write')) throw refuse('forbidden', 'permission-missing', 'This needs the permission imports.write')
  await permitted(context, values.importer)
  if (!(await savedMappings(context.db, values.importer)).some(({ name }) => name === values.mapping))
    throw wrong('mapping', 'no-such-mapping', 'There is no saved mapping of this name; save one in an import by hand first')
  checkSource(context, values.source)
  return { ...values, secret: await sealedSecret(context, id, values.source, secret, before) }
}

function checkSource({ house }: Context, source: PlanSource): void {
  if (source.kind === 'folder') {
    if (!(house.importFolders ?? []).includes(source.root))
      throw wrong('source', 'folder-not-allowed', 'This folder is none of those that PATRON_IMPORT_FOLDERS names')
    return
  }
  const encrypted = source.url.startsWith('https://')
  if (!isOutgoingUrl(source.url) || (!encrypted && !source.ownNetwork))
    throw wrong('source', 'not-a-web-address', 'It must be an address that begins with https://')
  if (isForbiddenHost(source.url, source.ownNetwork))
    throw wrong('source', 'address-not-allowed', 'This address lies in a network from which nothing is fetched')
  if (source.sign === 'basic' && source.user === '') throw wrong('source', 'user-missing', 'A password needs the name that goes with it')
}

/** A secret stays only with the host that it was given for: whoever may change a plan must not be able to send it elsewhere. */
async function sealedSecret({ house }: Context, id: string, source: PlanSource, secret: string | undefined, before: Plan | null) {
  if (source.kind === 'folder' || source.sign === 'none') return null
  if (secret !== undefined) {
    if (!house.sealing) throw new Error('Plans with a secret are made only where secrets can be sealed')
    return house.sealing.seal(secret, secretPurpose(id))
  }
  const same = before?.source.kind === 'address' && originOf(before.source.url) === originOf(source.url)
  if (!before?.secret || !same) throw wrong('secret', 'secret-missing', 'Give the key or password for this address')
  return before.secret
}

const originOf = (url: string): string => new URL(url).origin

const wrong = (field: string, reason: string, detail: string) => refuse('invalid', reason, detail, { fields: [{ field, reason, detail }] })
