import { dayIn, organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize, type InputOf, type ResultOf } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import { fileById, keepFile, removeFile } from '#platform/files.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { touchEndpoints } from '../api/touches.ts'
import { colleaguesMentioned, interactionChanged, interactionLogged } from '../facts.ts'
import {
  type Interaction,
  insertTouch,
  listInteractions,
  type Touch,
  touchById,
  touchesByChannel,
  touchHistory,
  updateTouch,
} from '../store/interactions.ts'
import {
  deleteAttachment,
  deleteTemplate,
  hasAttachment,
  insertAttachments,
  listMentions,
  listTemplates,
  noParts,
  partsOf,
  type TouchParts,
  templateVersion,
  touchOfAttachment,
  writeMentions,
  writeTemplate,
} from '../store/touch-parts.ts'
import { archiveOf } from './archive.ts'
import { noteNeeds } from './needs.ts'
import { cursorAt, momentOf } from './timeline.ts'

const attachmentLimit = 25 << 20

export const touchActions: Actions<typeof touchEndpoints> = {
  async interactions(context, { id, cursor, limit = defaultPageSize }) {
    await archiveOf(context, id)
    const rows = await listInteractions(context.db, id, momentOf(cursor), limit + 1)
    const shown = rows.slice(0, limit)
    const parts = await partsOf(
      context.db,
      id,
      shown.map((touch) => touch.id),
    )
    const last = shown.at(-1)
    return {
      items: shown.map((touch) => whole(touch, parts.get(touch.id) ?? noParts)),
      next: rows.length > limit && last ? cursorAt(last.occurredAt, last.id) : null,
    }
  },

  async interactionCounts(context, { id }) {
    await archiveOf(context, id)
    return { channels: [...(await touchesByChannel(context.db, id))] }
  },

  async interaction(context, { id, interactionId }) {
    const touch = await touchOf(context, id, interactionId)
    const before = await touchHistory(context.db, id, interactionId)
    return { interaction: await withParts(context, touch), before: before.map((one) => ({ ...one, content: { ...one.content } })) }
  },

  async logInteraction(context, { id, ...input }) {
    mustHaveHappened(context, input.occurredAt)
    await archiveOf(context, id, { lock: true })
    const said = { ...contentOf(input), customerId: id, occurredAt: input.occurredAt ?? context.now }
    return withParts(context, await noteTouch(context, said, input))
  },

  async changeInteraction(context, { id, interactionId, version, ...input }) {
    mustHaveHappened(context, input.occurredAt)
    const before = await ownTouch(context, id, interactionId, version)
    const after = { ...before, ...contentOf(input), occurredAt: input.occurredAt ?? before.occurredAt, version: version + 1 }
    await rewrite(context, before, after)
    await writeParts(context, after, input)
    return withParts(context, after)
  },

  async withdrawInteraction(context, { id, interactionId, version }) {
    const before = await ownTouch(context, id, interactionId, version)
    const after = { ...before, withdrawnAt: context.now, version: version + 1 }
    await rewrite(context, before, after)
    // What was heard in it, nobody has said.
    await noteNeeds(context, { customerId: id, interactionId }, [])
    return withParts(context, after)
  },

  async addAttachment(context, { id, fileId }) {
    await archiveOf(context, id)
    const file = await fileById(context.db, fileId)
    if (!file) throw refuse('missing', 'no-such-file', 'There is no such file')
    if (file.bytes > attachmentLimit) throw tooLarge()
    return { fileId: file.id, name: file.name, bytes: file.bytes }
  },

  async attachment(context, { id, fileId }) {
    if (!(await hasAttachment(context.db, id, fileId))) throw refuse('missing', 'no-such-file', 'There is no such file')
    return { fileId }
  },

  async removeAttachment(context, { id, fileId }) {
    await archiveOf(context, id, { lock: true })
    const interactionId = await touchOfAttachment(context.db, id, fileId)
    if (interactionId === null) throw refuse('missing', 'no-such-file', 'There is no such file')
    mustBeOwn(context, await touchOf(context, id, interactionId))
    await deleteAttachment(context.db, id, fileId)
    await removeFile(context.db, fileId)
    return {}
  },

  async mentions({ db, actor, reach }, { cursor, limit = defaultPageSize }) {
    const place = cursor === undefined ? null : placeOf(cursor, ['instant', 'uuid'])
    const after = place && { at: String(place[0]), id: String(place[1]) }
    const rows = await listMentions(db, actor.id, reach, after, limit + 1)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? cursorOf([last.at.toISOString(), last.interactionId]) : null }
  },

  touchTemplates: async ({ db, actor }) => ({ items: (await listTemplates(db, actor.id)) as TemplateView[] }),
  async saveTouchTemplate({ db, actor, newId, now }, { name, version, shared, content }) {
    const saved = await writeTemplate(db, shared ? null : actor.id, { id: newId(), name, content, version }, now)
    if (!saved) throw changedMeanwhile('this template')
    return saved as TemplateView
  },
  async removeTouchTemplate({ db, actor }, { templateId, version }) {
    const present = await templateVersion(db, actor.id, templateId)
    if (present === undefined) throw refuse('missing', 'no-such-template', 'There is no such template')
    if (present !== version) throw changedMeanwhile('this template')
    await deleteTemplate(db, templateId)
    return {}
  },
}

/** Notes one touch with a customer who is held against removal, with its files, colleagues and needs, and announces it. */
export async function noteTouch(
  context: Context,
  given: Omit<Interaction, 'id' | 'recordedBy'> & Partial<Touch>,
  parts: GivenParts = {},
): Promise<Touch> {
  const { db, now, newId, actor, publish } = context
  const plain = { opinion: null, nextStep: null, nextStepOn: null, version: 1, withdrawnAt: null }
  const touch: Touch = { ...plain, ...given, id: newId(), recordedBy: actor.id }
  await insertTouch(db, touch, now)
  const { id, customerId, channel, direction, stage, minutes, costMinor, nextStepOn } = touch
  const { timeZone } = await readSetting(db, organizationProfile)
  const day = dayIn(timeZone, touch.occurredAt)
  const next = { nextStep: touch.nextStep !== null || nextStepOn !== null, nextStepOn }
  await publish(interactionLogged, { customerId, interactionId: id, day, channel, direction, stage, minutes, costMinor, ...next })
  await writeParts(context, touch, parts)
  return touch
}

/** Writes anew what a visit or another work of ours has noted as a touch; what the parts do not name stays. Null where the touch is no more or was withdrawn. */
export async function correctTouch(
  context: Context,
  customerId: string,
  id: string,
  said: Partial<Pick<Touch, 'summary' | 'minutes' | 'stage'>>,
  parts: GivenParts = {},
): Promise<Touch | null> {
  const before = await touchById(context.db, customerId, id)
  if (!before || before.withdrawnAt !== null) return null
  const isNew = (Object.keys(said) as (keyof typeof said)[]).some((field) => said[field] !== before[field])
  const after = isNew ? { ...before, ...said, version: before.version + 1 } : before
  if (isNew) await rewrite(context, before, after)
  await writeParts(context, after, parts)
  return after
}

type TemplateView = ResultOf<(typeof touchEndpoints)['saveTouchTemplate']>
type View = ResultOf<(typeof touchEndpoints)['logInteraction']>
type Input = Omit<InputOf<(typeof touchEndpoints)['logInteraction']>, 'id'>
/** Files that were sent beforehand, colleagues who should know, and what the customer wants. */
export type GivenParts = Pick<Input, 'fileIds' | 'mentions' | 'needs'>

const contentOf = ({ channel, direction, stage, summary, minutes, costMinor, opinion, nextStep, nextStepOn }: Input) => ({
  channel,
  direction,
  stage,
  summary,
  minutes: minutes ?? 0,
  costMinor: costMinor ?? null,
  opinion: opinion || null,
  nextStep: nextStep || null,
  nextStepOn: nextStepOn ?? null,
})

const whole = (touch: Touch, { attachments, mentions, needs }: TouchParts): View => ({
  ...touch,
  attachments: [...attachments],
  mentions: [...mentions],
  needs: [...needs],
})
const withParts = async ({ db }: Context, touch: Touch): Promise<View> =>
  whole(touch, (await partsOf(db, touch.customerId, [touch.id])).get(touch.id) ?? noParts)

/** Files, colleagues and needs of a touch. What a correction does not name stays as it is. */
async function writeParts(
  context: Context,
  { customerId, id: interactionId }: Touch,
  { fileIds = [], mentions, needs }: GivenParts,
): Promise<void> {
  const { db, actor, now, publish } = context
  const on = { customerId, interactionId, by: actor.id, now }
  const files = []
  for (const id of fileIds) {
    const file = await fileById(db, id)
    // Only what the same person sent, once: an id is no key to what others keep here.
    if (!file || file.createdBy !== actor.id || !(await keepFile(db, id))) throw refuse('missing', 'no-such-file', 'There is no such file')
    if (file.bytes > attachmentLimit) throw tooLarge()
    files.push(file)
  }
  await insertAttachments(db, on, files)
  if (mentions) {
    const fresh = await writeMentions(db, on, [...new Set(mentions)])
    if (fresh.length > 0) await publish(colleaguesMentioned, { customerId, interactionId, userIds: [...fresh], by: actor.id })
  }
  if (needs) await noteNeeds(context, { customerId, interactionId }, needs)
}

async function rewrite(context: Context, before: Touch, after: Touch): Promise<void> {
  const { db, actor, now, publish } = context
  if (!(await updateTouch(db, before, after, actor.id, now))) throw changedMeanwhile('this touch')
  const { customerId, id: interactionId, nextStepOn } = after
  const nextStepChanged = before.nextStep !== after.nextStep || before.nextStepOn !== nextStepOn
  await publish(interactionChanged, { customerId, interactionId, withdrawn: after.withdrawnAt !== null, nextStepChanged, nextStepOn })
}

async function touchOf(context: Context, customerId: string, id: string): Promise<Touch> {
  const touch = await touchById(context.db, customerId, id)
  if (!touch) throw refuse('missing', 'no-such-interaction', 'There is no such touch')
  return touch
}

async function ownTouch(context: Context, customerId: string, id: string, version: number): Promise<Touch> {
  await archiveOf(context, customerId, { lock: true })
  const touch = await touchOf(context, customerId, id)
  mustBeOwn(context, touch)
  if (touch.version !== version) throw changedMeanwhile('this touch')
  return touch
}

function mustBeOwn({ actor }: Context, { recordedBy, withdrawnAt }: Touch): void {
  if (recordedBy !== actor.id) throw refuse('forbidden', 'not-yours', 'Only whoever noted a touch may correct or withdraw it')
  if (withdrawnAt !== null) throw refuse('conflict', 'already-withdrawn', 'This touch was withdrawn')
}

/** Clocks differ a little; what comes later is no touch yet. */
const ahead = 5 * 60_000
function mustHaveHappened({ now }: Context, at: Date | undefined): void {
  if (at && at.getTime() > now.getTime() + ahead)
    throw refuse('invalid', 'not-yet', 'This has not happened yet', {
      fields: [{ field: 'occurredAt', reason: 'not-yet', detail: 'This has not happened yet' }],
    })
}

const tooLarge = () => refuse('too large', 'file-too-large', 'The file is larger than 25 MB', { values: { megabytes: 25 } })
