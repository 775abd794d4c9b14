import { grantsOf, notify } from '#modules/organization/public.ts'
import { noteBeside } from '#platform/backup/beside.ts'
import { latestFact } from '#platform/facts.ts'
import { job } from '#platform/module.ts'
import { runEnded } from '#platform/runs/facts.ts'
import { runById } from '#platform/runs/store.ts'
import { namesOf, userById } from '#platform/sign-in/users.ts'
import { latestErasure } from '#platform/subject/erasure-log.ts'
import { eraseThoseFree } from './actions/erasing.ts'
import { everyNight } from './domain/kept.ts'
import { colleaguesMentioned, customerErased, customersImported, departureHandedOver } from './facts.ts'
import { eraseInput, eraseRunKind, tell } from './runs/erase.ts'
import { requestDuplicateSearch } from './runs/find-duplicates.ts'
import { successorsOf } from './store/aliases.ts'
import { reopenErasures } from './store/erasures.ts'
import { touchById } from './store/interactions.ts'
import { customersWithin } from './store/lookups.ts'

/** Whom an import brought may be there already under another key: candidates are offered once it is in, and the import waits for nobody. */
export const findDuplicatesAfterImport = job({
  name: 'customers.find-duplicates-after-import',
  on: runEnded,
  run: async (context, { runId, state, undoOf }) => {
    if (state !== 'done' || undoOf !== null) return
    const lastBatch = await latestFact(context.db, customersImported)
    if (lastBatch?.runId === runId) await requestDuplicateSearch(context, { importRun: runId })
  },
})

/** The proof also lies beside the database, where a restore of any older state finds it. */
export const noteErasure = job({
  name: 'customers.note-erasure-beside',
  on: customerErased,
  run: async ({ db, house }, { customerId }) => {
    const entry = await latestErasure(db, customerId)
    if (entry && house.dataFolder !== undefined) await noteBeside(house.dataFolder, 'customers', entry)
  },
})

/** An erasure that failed or was cancelled has erased nothing: the request is open as before, and can be confirmed or withdrawn. One that had waited is tried again in the next night, of which both who wanted it hear. */
export const reopenErasure = job({
  name: 'customers.reopen-erasure',
  on: runEnded,
  run: async (context, { runId, kind, state }) => {
    if (kind !== eraseRunKind || state === 'done') return
    const { waited = false } = eraseInput.parse((await runById(context.db, runId))?.input)
    const reopened = await reopenErasures(context.db, runId, waited)
    if (waited) for (const erasure of reopened) await tell(context, erasure, 'erasure-again')
  },
})

/** Who was to be erased and had to be kept until yesterday is erased today. */
export const eraseWhoWaited = job({ name: 'customers.erase-who-waited', every: everyNight, run: eraseThoseFree })

/** Whoever takes customers over hears of it once, however many there are. */
export const tellSuccessors = job({
  name: 'customers.tell-successors',
  on: departureHandedOver,
  run: async (context, { fromUserId, shares }) => {
    const name = (await userById(context.db, fromUserId))?.name ?? fromUserId
    for (const { userId, customers: count } of shares)
      if (count > 0)
        await notify(context, { to: [userId], kind: 'customers.taken-over', values: { count, name }, link: `/customers?owner=${userId}` })
  },
})

/** Colleagues hear of a touch that names them, where the customer is within their reach. The news name nobody but who noted it, so that they need no erasing. */
export const tellMentioned = job({
  name: 'customers.tell-mentioned',
  on: colleaguesMentioned,
  run: async (context, { customerId, interactionId, userIds, by }) => {
    const { db } = context
    const whose = (await successorsOf(db, [customerId])).get(customerId) ?? customerId
    const touch = await touchById(db, whose, interactionId)
    if (!touch || touch.withdrawnAt !== null) return
    const to: string[] = []
    for (const userId of userIds.filter((id) => id !== by)) {
      const reach = (await grantsOf(db, userId)).permissions.get('customers.read')
      if (reach && (await customersWithin(db, [whose], reach)).has(whose)) to.push(userId)
    }
    const name = (await namesOf(db, [by])).get(by) ?? by
    await notify(context, { to, kind: 'customers.mentioned', values: { name }, link: `/customers/${whose}` })
  },
})

export const customerJobs = [findDuplicatesAfterImport, noteErasure, reopenErasure, eraseWhoWaited, tellSuccessors, tellMentioned]
