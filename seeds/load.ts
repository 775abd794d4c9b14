import { z } from 'zod'
import { archiveSize, insertInteractions } from '#modules/customers/public.ts'
import { organizationProfile, readSetting, writeSetting } from '#modules/organization/public.ts'
import { requestValuation, serviceCostSetting } from '#modules/value/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import { storeFile } from '#platform/files.ts'
import { derivedId } from '#platform/identifier.ts'
import { importersOf } from '#platform/imports/actions.ts'
import { importRunKind } from '#platform/imports/import-run.ts'
import { inspectFile } from '#platform/imports/inspect.ts'
import { storedSource } from '#platform/imports/store.ts'
import { Refusal, refuse } from '#platform/refusal.ts'
import { runKind } from '#platform/runs/run-kind.ts'
import { requestRun } from '#platform/runs/store.ts'
import { demoCare } from './commitments.ts'
import { demoCompany, type SeedTouch } from './company.ts'
import { demoDeliveries } from './deliveries.ts'
import { companyFiles, type SeedFile } from './files.ts'
import { loadCare } from './load-care.ts'
import { loadDeliveries } from './load-deliveries.ts'
import { tellCasesOf } from './tell-cases.ts'

/** Under which name the imports know where the company comes from. */
export const demoSource = 'demo'
const seed = 20_260

export const demoInput = z.object({ customers: z.int().min(1).max(100_000) })
export type DemoInput = z.output<typeof demoInput>
export const demoCustomers = 2_400

const touchesInput = demoInput.extend({ today: z.iso.date() })

/** What the loading asked for, kept as the result of the run: how far it is, is told by the runs themselves. */
export interface DemoRuns {
  readonly runs: readonly { readonly step: SeedFile['importer'] | 'touches' | 'deliveries' | 'valuation'; readonly id: string }[]
}

/**
 * Prepares the company's files and asks for their imports. It does not wait for them: they are runs like all others, of the same group, so they follow one after the
 * other, can be looked at, and can be undone.
 */
export const loadDemo = runKind<typeof demoInput, DemoRuns>({
  kind: 'demo.load',
  permission: 'demo.load',
  group: 'import',
  input: demoInput,
  async work(run) {
    if (run.position) return run.position
    const { db } = run.database
    await refuseFullBook(db)
    const { timeZone, currency } = await readSetting(db, organizationProfile)
    const today = dayIn(timeZone, run.now())
    await run.progress({ phase: 'prepare', done: 0, total: null })
    const company = demoCompany(seed, run.input.customers, today)
    const files = companyFiles(company, demoDeliveries(seed, company, today), decimalsOf(currency))
    // The position is made of ids, so they are drawn before the step that saves it.
    const runs: { step: DemoRuns['runs'][number]['step']; id: string }[] = []
    return run.step({ runs }, async (context) => {
      await setRates(context)
      const offered = importersOf(context)
      let after = 1
      const request = async (step: DemoRuns['runs'][number]['step'], kind: string, input: unknown) => {
        const id = context.newId()
        // One after the other: runs of a group are worked on in the order of their request.
        const now = new Date(context.now.getTime() + after++)
        await requestRun(context.db, { id, kind, group: 'import', input, requestedBy: run.requestedBy, now })
        runs.push({ step, id })
      }
      for (const file of files) {
        const importer = offered.find(({ kind }) => kind === file.importer)
        if (!importer) continue
        const stored = await store(context, file, run.requestedBy)
        const { suggested } = await inspectFile(await storedSource(context.db, stored), importer, [])
        const mapping = { ...suggested, source: demoSource }
        await request(file.importer, importRunKind, {
          importer: file.importer,
          file: { kind: 'stored', id: stored, name: file.name },
          mapping,
          dryRun: false,
        })
        // Before the orders: a valuation that sees these without what serving has cost would leave tiers behind that hysteresis then keeps.
        if (file.importer === 'customers') await request('touches', noteTouches.kind, { ...run.input, today })
        if (file.importer === 'orders') await request('deliveries', noteDeliveries.kind, { ...run.input, today })
      }
      await request('valuation', valueDemo.kind, { ...run.input, today })
      return { runs }
    })
  },
})

const batch = 500

/** Notes the touches of the customers who are there by then and what is promised to them. */
export const noteTouches = runKind<typeof touchesInput, { readonly done: number }>({
  kind: 'demo.touches',
  permission: 'demo.load',
  group: 'import',
  input: touchesInput,
  async work(run) {
    const { customers, today } = run.input
    const company = demoCompany(seed, customers, today)
    const { touches } = company
    for (let done = run.position?.done ?? 0; done < touches.length; done += batch) {
      await run.progress({ phase: 'touches', done, total: touches.length })
      await run.step({ done: done + batch }, ({ db, now }) =>
        insertInteractions(
          db,
          touches.slice(done, done + batch).map((touch, i) => interactionOf(touch, done + i, run.requestedBy)),
          now,
        ),
      )
    }
    await run.step({ done: touches.length }, (context) =>
      loadCare(context, demoCare(seed, company.customers, today), demoSource, run.requestedBy),
    )
    return { touches: touches.length }
  },
})

/** Notes what happened to goods on their way, and which bills are disputed. */
export const noteDeliveries = runKind({
  kind: 'demo.deliveries',
  permission: 'demo.load',
  group: 'import',
  input: touchesInput,
  async work(run) {
    const { customers, today } = run.input
    const deliveries = demoDeliveries(seed, demoCompany(seed, customers, today), today)
    await run.step({}, (context) => loadDeliveries(context, deliveries, demoSource, run.requestedBy))
    return { freight: deliveries.freight.length, disputes: deliveries.disputes.length }
  },
})

/** Tells the cases of the company. */
export const tellCases = tellCasesOf(touchesInput, demoSource, seed)

/** Has everything valued that is in by then, and what customers wanted told behind that: by their tier they are served. */
export const valueDemo = runKind({
  kind: 'demo.valuation',
  permission: 'demo.load',
  group: 'import',
  input: touchesInput,
  work: (run) =>
    run.step(null, async (context) => {
      const valuation = await requestValuation(context)
      const { newId, now } = context
      const cases = newId()
      // Runs of a group follow one another.
      const after = { group: 'value', now: new Date(now.getTime() + 1), requestedBy: run.requestedBy }
      await requestRun(context.db, { id: cases, kind: tellCases.kind, input: { ...run.input, now: now.toISOString() }, ...after })
      return { valuation, cases }
    }),
})

/** Loading goes into an empty book only: nobody's customers are ever mixed with invented ones. */
export async function refuseFullBook(db: Db): Promise<void> {
  if ((await archiveSize(db, 'all')).customers > 0)
    throw refuse('conflict', 'book-not-empty', 'There are customers already; the demo company is only loaded into an empty book')
}

const channelOf = { phone: 'call', mail: 'email', chat: 'chat', visit: 'visit' } as const

const interactionOf = (touch: SeedTouch, number: number, by: string) => ({
  id: derivedId('interaction', demoSource, String(number)),
  customerId: derivedId('customer', demoSource, touch.customer),
  // During the working day, spread over it.
  occurredAt: new Date(`${touch.day}T${String(8 + (number % 9)).padStart(2, '0')}:${String((number * 7) % 60).padStart(2, '0')}:00Z`),
  channel: channelOf[touch.channel],
  direction: 'in' as const,
  stage: touch.stage,
  summary: touch.summary,
  minutes: touch.minutes,
  costMinor: null,
  recordedBy: by,
})

/** What serving costs, so that customers who demand much show it. An administrator's own rates stay. */
async function setRates(context: Context): Promise<void> {
  const rates = { minorPerMinute: 60, minorPerContact: { visit: 3_000, call: 150, email: 100, chat: 100 } }
  await writeSetting(context, serviceCostSetting, rates, 0).catch((error) => {
    if (!(error instanceof Refusal && error.reason === 'setting-changed-meanwhile')) throw error
  })
}

async function store({ db, newId, now }: Context, file: SeedFile, by: string): Promise<string> {
  const id = newId()
  const whole = { id, name: file.name, mediaType: 'text/csv', createdBy: by, now, limit: 1 << 30 }
  await storeFile(db, whole, chunks(file.content))
  return id
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

const dayIn = (timeZone: string, now: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)
const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
