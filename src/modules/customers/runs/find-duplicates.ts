import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { type RunHandle, runKind } from '#platform/runs/run-kind.ts'
import { openRun, requestRun } from '#platform/runs/store.ts'
import { type Compared, compare, likelyFrom, shownFrom } from '../domain/duplicates.ts'
import { compared, comparedCustomers, hasMoreOfRun, nextCompared, nextOfRun, withSameKeys } from '../store/duplicate-lookup.ts'
import { addKeys, clearScan, dropStale, type Found, keepPairs, nextPairs, type Pair, pairUp, slices } from '../store/duplicate-scan.ts'

const input = z.object({
  /** Only those whom this import brought, against everybody; left out: everybody against everybody. */
  importRun: z.uuid().optional(),
})
type Input = z.output<typeof input>

export interface DuplicatesFound {
  readonly customers: number
  readonly pairs: number
  readonly found: number
  readonly likely: number
  /** Blocks that were too large to be compared, and the largest of them. */
  readonly cutBlocks: number
  readonly largestBlock: number
}

interface Position extends DuplicatesFound {
  readonly phase: Phase | 'done'
  readonly after: string | null
  readonly slice: number
  readonly pair: Pair | null
}
type Phase = 'keys' | 'pairs' | 'compare' | 'imported'
type Handle = RunHandle<Input, Position>

export const duplicatesRunKind = 'customers.find-duplicates'

/** Looks for customers who may be one and the same. Memory does not grow with the archive: keys and pairs lie in tables, and every step takes a few thousand. */
export const findDuplicates = runKind<typeof input, Position>({
  kind: duplicatesRunKind,
  permission: 'customers.merge',
  input,
  group: 'customers.duplicates',
  async work(run): Promise<DuplicatesFound> {
    let position = run.position ?? (await begin(run))
    while (position.phase !== 'done') {
      const from = position
      const step = phases[position.phase]
      const next: Partial<Position> = {}
      position = await run.step(next as Position, async (context) => Object.assign(next, await step(context, run, from)) as Position)
      await run.progress(progressOf(from.phase as Phase, position))
    }
    const { customers, pairs, found, likely, cutBlocks, largestBlock } = position
    return { customers, pairs, found, likely, cutBlocks, largestBlock }
  },
  undoable: () => false,
})

/** More than so many at once are compared by blocks, which costs less than a look per customer. */
const importedLimit = 20_000

async function begin(run: Handle): Promise<Position> {
  const { importRun } = run.input
  const some = importRun !== undefined && !(await hasMoreOfRun(run.database.db, importRun, importedLimit))
  const position = { ...nothing, phase: some ? ('imported' as const) : ('keys' as const) }
  await run.step(position, ({ db }) => clearScan(db))
  return position
}

const nothing = { after: null, slice: 0, pair: null, customers: 0, pairs: 0, found: 0, likely: 0, cutBlocks: 0, largestBlock: 0 }

const progressOf = (phase: Phase, { slice, customers, pairs }: Position) =>
  phase === 'pairs' ? { phase, done: slice, total: slices } : { phase, done: phase === 'compare' ? pairs : customers, total: null }

const phases: Readonly<Record<Phase, (context: Context, run: Handle, from: Position) => Promise<Position>>> = {
  async keys({ db }, _run, from) {
    const customers = await nextCompared(db, from.after, customersPerStep)
    await addKeys(db, customers)
    const last = customers.length < customersPerStep
    return { ...from, customers: from.customers + customers.length, phase: last ? 'pairs' : 'keys', after: customers.at(-1)?.id ?? null }
  },

  async pairs({ db }, _run, from) {
    const { blocks, largest } = await pairUp(db, from.slice)
    const slice = from.slice + 1
    const cut = { cutBlocks: from.cutBlocks + blocks, largestBlock: Math.max(from.largestBlock, largest) }
    return { ...from, ...cut, slice, phase: slice === slices ? 'compare' : 'pairs' }
  },

  async compare({ db, now }, run, from) {
    const pairs = await nextPairs(db, from.pair, pairsPerStep)
    const archives = await comparedCustomers(db, [...new Set(pairs.flatMap(({ id, otherId }) => [id, otherId]))])
    const found = foundAmong(pairs, archives)
    await keepPairs(db, found, run.id, now)
    if (pairs.length === pairsPerStep) return counted(from, pairs.length, found, { pair: pairs.at(-1)! })
    await dropStale(db, run.id)
    await clearScan(db)
    return counted(from, pairs.length, found, { phase: 'done' })
  },

  async imported({ db, now }, run, from) {
    const given = await nextOfRun(db, run.input.importRun!, from.after, importedPerStep)
    const met = await withSameKeys(db, given, 'all')
    const archives = new Map(await comparedCustomers(db, [...new Set(met.map(({ id }) => id))]))
    for (const one of given) archives.set(one.id, compared(one))
    const pairs = new Map<string, Pair>()
    for (const { one, id } of met) {
      const [first, second] = [given[one]!.id, id].sort() as [string, string]
      if (first !== second) pairs.set(first + second, { id: first, otherId: second })
    }
    const found = foundAmong([...pairs.values()], archives)
    await keepPairs(db, found, run.id, now)
    return counted(from, pairs.size, found, {
      customers: from.customers + given.length,
      after: given.at(-1)?.id ?? null,
      phase: given.length < importedPerStep ? 'done' : 'imported',
    })
  },
}

const customersPerStep = 10_000
const pairsPerStep = 5_000
const importedPerStep = 500

function foundAmong(pairs: readonly Pair[], archives: ReadonlyMap<string, Compared>): readonly Found[] {
  return pairs.flatMap(({ id, otherId }) => {
    const [one, other] = [archives.get(id), archives.get(otherId)]
    if (!one || !other) return []
    const scored = compare(one, other)
    return scored.score >= shownFrom ? [{ id, otherId, ...scored }] : []
  })
}

const counted = (from: Position, pairs: number, found: readonly Found[], more: Partial<Position>): Position => ({
  ...from,
  pairs: from.pairs + pairs,
  found: from.found + found.length,
  likely: from.likely + found.filter(({ score }) => score >= likelyFrom).length,
  ...more,
})

/** Asks for a search, unless one of everybody waits or works already. */
export async function requestDuplicateSearch(context: Context, wanted: Input = {}): Promise<string> {
  const open = await openRun(context.db, duplicatesRunKind)
  if (open && wanted.importRun === undefined && (open.input as Input).importRun === undefined) return open.id
  const asked = { id: context.newId(), kind: duplicatesRunKind, group: 'customers.duplicates', input: wanted }
  return (await requestRun(context.db, { ...asked, requestedBy: context.actor.id, now: context.now })).id
}
