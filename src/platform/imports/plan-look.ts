import { createHash } from 'node:crypto'
import { clockOfHouse } from '../clock.ts'
import type { Context } from '../context.ts'
import { plainFileName, removeFile, storeFile, uploadMediaType } from '../files.ts'
import { Refusal } from '../refusal.ts'
import { requestRun } from '../runs/store.ts'
import { planFailing, planFileRefused } from './facts.ts'
import { type ImportInput, importerOf, importersIn, importRunKind, readable, withFurtherFields } from './import-run.ts'
import { inspectFile } from './inspect.ts'
import { checkMapping } from './mapping.ts'
import { type FetchedFile, fetchAddress } from './plan-address.ts'
import { forgetFiles, isKnownContent, isLastContent, noteEvent, noteSeen, type SeenFile, seenFiles } from './plan-events.ts'
import { type FolderFile, filesIn, isSame, openFolder, readSteady, SourceProblem } from './plan-folder.ts'
import { nextLook } from './plan-schedule.ts'
import { noteLook, type Plan, takeDuePlan } from './plan-store.ts'
import { savedMappings, storedSource } from './store.ts'

/** A source that failed so often in a row is spoken of. */
const failuresUntilTold = 3
/** A file that may still be growing is looked at again after so long; two looks closer together prove nothing. */
const secondLook = 60_000
const apart = 10_000
/** One look takes in files for so long; what is left comes with the next. */
const longestLook = 30_000
const largestFile = 2 * 2 ** 30

/** Looks at the source of the plan that has waited longest; false where none waits. */
export async function lookAtDuePlan(context: Context): Promise<boolean> {
  const { db, now } = context
  const plan = await takeDuePlan(db, now)
  if (!plan) return false
  const { problem, again } = await lookAt(context, plan)
  const next = nextLook(plan.schedule, now, await clockOfHouse(context))
  const soon = new Date(now.getTime() + secondLook)
  const failures = problem === null ? 0 : plan.failures + 1
  await noteLook(db, plan.id, {
    at: now,
    dueAt: again && soon < next ? soon : next,
    askedAt: again ? plan.askedAt : null,
    failures,
    problem,
  })
  if (problem === null) return true
  await noteEvent(db, { id: context.newId(), planId: plan.id }, { ...nothingOf, outcome: 'unreadable', problem }, now)
  if (failures === failuresUntilTold) await context.publish(planFailing, { planId: plan.id, problem })
  return true
}

/** `again`: something is there that the next look may take. */
async function lookAt(context: Context, plan: Plan): Promise<{ problem: string | null; again: boolean }> {
  try {
    await refuseUnusable(context, plan)
    return {
      problem: null,
      again: plan.source.kind === 'folder' ? await lookIntoFolder(context, plan) : await lookAtAddress(context, plan),
    }
  } catch (error) {
    if (error instanceof SourceProblem) return { problem: error.reason, again: false }
    throw error
  }
}

/** A plan whose importer or mapping is gone can do nothing with any file. */
async function refuseUnusable({ db, house }: Context, plan: Plan): Promise<void> {
  if (!importersIn(house).some(({ kind }) => kind === plan.importer)) throw new SourceProblem('no-such-import')
  if (!(await savedMappings(db, plan.importer)).some(({ name }) => name === plan.mapping)) throw new SourceProblem('no-such-mapping')
}

async function lookIntoFolder(context: Context, plan: Plan): Promise<boolean> {
  const { db, now, house } = context
  if (plan.source.kind !== 'folder') return false
  const folder = await openFolder(plan.source, house.importFolders ?? [])
  const files = await filesIn(folder, plan.source.pattern)
  const seen = await seenFiles(db, plan.id)
  const there = new Set(files.map(({ name }) => name))
  await forgetFiles(
    db,
    plan.id,
    [...seen.keys()].filter((name) => !there.has(name)),
  )
  const until = performance.now() + longestLook
  let again = false
  for (const file of files) {
    const before = seen.get(file.name)
    const same = before !== undefined && isSame(before, file)
    if (same && before.settled) continue
    if (file.link || isComplete(file, before, now)) {
      if (performance.now() > until) return true
      if (await takeFromFolder(context, plan, folder, file)) {
        await noteSeen(db, plan.id, file, { seenAt: now, settled: true })
        continue
      }
    }
    if (!same) await noteSeen(db, plan.id, file, { seenAt: now, settled: false })
    again = true
  }
  return again
}

/** Whether a file has stopped growing: a marker says so, or it was the same a while ago. */
const isComplete = (file: FolderFile, before: SeenFile | undefined, now: Date): boolean =>
  file.marked || (before !== undefined && isSame(before, file) && now.getTime() - before.seenAt.getTime() >= apart)

/** False where the file changed under the reading. */
async function takeFromFolder(context: Context, plan: Plan, folder: string, file: FolderFile): Promise<boolean> {
  const { name, bytes, modifiedAt } = file
  const known = { fileName: name, bytes, modifiedAt, stays: plan.afterwards === 'left' || file.link }
  if (file.link) {
    await refuseFile(context, plan, { ...known, sha256: null, problem: 'link' })
    return true
  }
  try {
    await takeIn(context, plan, { ...known, content: readSteady(folder, file) })
  } catch (error) {
    if (error instanceof SourceProblem && error.reason === 'changed-meanwhile') return false
    throw error
  }
  return true
}

async function lookAtAddress(context: Context, plan: Plan): Promise<boolean> {
  const file = await fetchAddress(context, plan)
  await takeIn(context, plan, { ...file, modifiedAt: null, stays: true })
  return false
}

type Incoming = FetchedFile & { readonly modifiedAt: Date | null; readonly stays: boolean }

/** Stores a file, and begins an import of it unless its content is known or cannot be read. */
async function takeIn(context: Context, plan: Plan, { content, ...file }: Incoming): Promise<void> {
  const { db, now } = context
  const id = context.newId()
  const hash = createHash('sha256')
  const hashed = async function* () {
    for await (const part of content) {
      hash.update(part)
      yield part
    }
  }
  const stored = { id, name: file.fileName, mediaType: uploadMediaType, createdBy: plan.changedBy, now, limit: largestFile }
  let sha256: Buffer | null = null
  try {
    const { bytes } = await storeFile(db, stored, hashed())
    sha256 = hash.digest()
    const about = { ...file, bytes, sha256, problem: null }
    const known =
      (await isKnownContent(db, plan.id, sha256)) ||
      (plan.source.kind === 'address' && plan.askedAt === null && (await isLastContent(db, plan.id, file.fileName, sha256)))
    if (known) {
      await removeFile(db, id)
      await noteEvent(db, { id: context.newId(), planId: plan.id }, { ...about, outcome: 'unchanged', runId: null }, now)
      return
    }
    const input = await inputFor(context, plan, id, plainFileName(file.fileName))
    const runId = context.newId()
    await requestRun(db, { id: runId, kind: importRunKind, group: 'import', input, requestedBy: plan.changedBy, now })
    await noteEvent(db, { id: context.newId(), planId: plan.id }, { ...about, outcome: 'taken', runId }, now)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await removeFile(db, id)
    await refuseFile(context, plan, { ...file, sha256, problem: error.reason })
  }
}

async function inputFor({ db, house }: Context, plan: Plan, fileId: string, name: string): Promise<ImportInput> {
  const importer = await withFurtherFields(db, importerOf(importersIn(house), plan.importer))
  const source = await storedSource(db, fileId)
  const saved = await savedMappings(db, plan.importer)
  const { suggested, headers } = await readable(() => inspectFile(source, importer, saved, { saved: plan.mapping }))
  checkMapping(importer, suggested, headers.length)
  const told = { id: plan.id, name: plan.name, tell: [...plan.tell] }
  return { importer: plan.importer, file: { kind: 'stored', id: fileId, name }, mapping: suggested, dryRun: false, plan: told }
}

type Refused = Pick<Incoming, 'fileName' | 'bytes' | 'modifiedAt' | 'stays'> & { readonly sha256: Buffer | null; readonly problem: string }

async function refuseFile(context: Context, plan: Plan, file: Refused): Promise<void> {
  const id = context.newId()
  const news = await noteEvent(context.db, { id, planId: plan.id }, { ...file, outcome: 'refused', runId: null }, context.now)
  if (news) await context.publish(planFileRefused, { planId: plan.id, eventId: id, problem: file.problem })
}

const nothingOf = { fileName: null, bytes: null, modifiedAt: null, sha256: null, runId: null, stays: true }
