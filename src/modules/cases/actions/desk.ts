import { addCommitment } from '#modules/commitments/public.ts'
import { guide as guideIn, noteTechniqueUse, techniqueOf, techniqueUsesOf } from '#modules/knowledge/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { deskEndpoints } from '../api/desk.ts'
import { happened } from '../domain/event.ts'
import { askAction, guideRefusal, rootAction } from '../domain/guide.ts'
import { type PointNotes, pointProblems, promisesIn, type Technique } from '../domain/letters.ts'
import { texts } from '../texts/index.ts'
import { actedOf } from './acted.ts'
import { tellOrPropose } from './bulletins.ts'
import { dayToAsk } from './calling-back.ts'
import { mayGive } from './catalogues.ts'
import { askingOf, originOf } from './heard.ts'
import { letterFor } from './letters.ts'
import { begunOf, emptyRecord, openCase } from './opening.ts'
import { heldCase, type Known, known, mustBeAllowed, perform } from './performing.ts'
import { shownId } from './reach.ts'
import { withGiven } from './read.ts'

export const deskActions: Actions<typeof deskEndpoints> = {
  async deskCase(context, { customerId, kind, ownerId, proactive, interim, promise, techniques, guide, ...given }) {
    let found = await openCase(context, {
      customerId,
      kind,
      record: withGiven(emptyRecord(context.now), given),
      ownerId,
      proactive: proactive ?? false,
    })
    const begun = await begunOf(context, found)
    if (interim) {
      await mayGive(context, found, interim)
      found = await perform(context, found, happened('interim-remedy', interim))
    }
    for (const { techniqueId, notes } of techniques) found = await used(context, found, techniqueId, notes)
    if (promise) found = await promised(context, found, promise)
    for (const action of guide) found = await ticked(context, found, action, {})
    return { ...actedOf(found), ...begun }
  },

  async followGuide(context, { caseId, version, action, askOn, root }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'guide-followed')
    return actedOf(await ticked(context, found, action, { askOn, root }))
  },

  async techniquesOfCase(context, { caseId }) {
    const { events, row } = await known(context, caseId)
    const outcomes = new Map((await techniqueUsesOf(context.db, originOf(caseId))).map((use) => [use.id, use]))
    const items = []
    for (const event of events) {
      const use = event.kind === 'technique-used' ? outcomes.get(event.data.useId) : undefined
      const technique = use && (await techniqueOf(context.db, use.techniqueId))
      if (event.kind !== 'technique-used' || !use || !technique) continue
      items.push({
        useId: use.id,
        techniqueId: technique.id,
        name: technique.name,
        notes: technique.points.flatMap(({ key, title }) => (event.data.said[key] ? [{ title, text: event.data.said[key] }] : [])),
        at: event.at,
        by: event.by,
        succeeded: use.succeeded,
      })
    }
    return { customerId: await shownId(context, row), items }
  },

  async useTechnique(context, { caseId, version, techniqueId, notes }) {
    const found = await heldCase(context, caseId, version)
    await mustBeAllowed(context, found, 'technique-used')
    return actedOf(await used(context, found, techniqueId, notes))
  },

  async letter(context, { caseId, templateId }) {
    return letterFor(context, await known(context, caseId), templateId)
  },
}

/** A promise by a day: it stands in the day of whoever made it, and is late once the day is past. */
export async function promised(
  context: Context,
  found: Known,
  { text, day }: { readonly text: string; readonly day: string },
): Promise<Known> {
  const { customerId, id: caseId } = found.row
  const { id } = await addCommitment(context, { kind: 'promise', title: text, dueDay: day, customerId, origin: originOf(caseId) })
  return perform(context, found, happened('promised', { commitmentId: id, text, day }), { unasked: true })
}

/** Uses a technique on a case: refused to whoever lacks the experience, and where something that it asks for is missing. */
async function used(context: Context, found: Known, techniqueId: string, given: readonly Noted[]) {
  const technique = await techniqueOf(context.db, techniqueId)
  if (!technique?.active)
    throw refuse('missing', 'no-such-technique', 'There is no such technique', {
      fields: [{ field: 'techniqueId', reason: 'no-such-technique', detail: 'There is no such technique' }],
    })
  const notes = notesOf(technique, given)
  const problems = pointProblems(technique, notes)
  if (problems.length > 0)
    throw refuse('invalid', problems[0]!.reason, 'Everything that the technique asks for is noted, and a promise has its day', {
      fields: problems.map(({ point, reason }) => ({
        field: `notes.${point}.${reason === 'required' ? 'text' : 'day'}`,
        reason,
        detail: 'This is needed',
      })),
    })
  const useId = await noteTechniqueUse(context, { techniqueId, origin: originOf(found.row.id), succeeded: null })
  const said = Object.fromEntries(Object.entries(notes).map(([key, { text }]) => [key, text]))
  let after = await perform(context, found, happened('technique-used', { useId, techniqueKey: technique.key ?? technique.id, said }), {
    unasked: true,
  })
  for (const { text, day } of promisesIn(technique, notes)) after = await promised(context, after, { text: text.slice(0, 200), day })
  return after
}

/** Only of the points that the technique has. */
const notesOf = ({ points }: Technique, given: readonly Noted[]): PointNotes =>
  Object.fromEntries(given.flatMap(({ point, text, day }) => (points.some(({ key }) => key === point) ? [[point, { text, day }]] : [])))

interface Noted {
  readonly point: string
  readonly text: string
  readonly day: string | null
}

interface Leads {
  readonly askOn?: string | undefined
  readonly root?: { readonly cause: string; readonly bulletin: { readonly title: string; readonly body: string } | null } | undefined
}

/** Ticks an action where it is its turn, with what it leads to (G-19). */
async function ticked(context: Context, found: Known, action: string, { askOn, root }: Leads): Promise<Known> {
  const { locale } = await readSetting(context.db, organizationProfile)
  const actions = (await guideIn(context.db, locale))?.items.map(({ key }) => key) ?? []
  const refused = guideRefusal(actions, found.state.guide, action)
  if (refused) throw refuse('conflict', refused, guideSentences[refused])
  let commitmentId: string | null = null
  if (action === askAction) {
    const { customerId, id } = found.row
    const dueDay = askOn ?? (await dayToAsk(context))
    const title = texts[locale]['guide.askTask'].replace('{{number}}', found.row.number)
    commitmentId = (await addCommitment(context, { kind: 'task', title, dueDay, customerId, origin: askingOf(id) })).id
  }
  let after = found
  if (action === rootAction) after = await toTheRoot(context, found, root)
  return perform(context, after, happened('guide-followed', { action, commitmentId }), { unasked: true })
}

const guideSentences: Readonly<Record<NonNullable<ReturnType<typeof guideRefusal>>, string>> = {
  'no-such-action': 'The guide has no such action',
  'ticked-already': 'This action is done already',
  'not-its-turn': 'The actions follow one another; another one comes first',
}

/** The root is noted as a hypothesis, which whoever looks for the cause confirms or rules out; and everybody is told where somebody writes what, or somebody who may tell them is asked. */
async function toTheRoot(context: Context, found: Known, root: Leads['root']): Promise<Known> {
  if (!root)
    throw refuse('invalid', 'required', 'Say what is supposed to have brought it about', {
      fields: [{ field: 'root.cause', reason: 'required', detail: 'This is needed' }],
    })
  const told = root.bulletin ? (await tellOrPropose(context, found, root.bulletin)).known : found
  const hypothesis = happened('hypothesis', { id: context.newId(), text: root.cause, state: 'open', note: null })
  return perform(context, told, hypothesis, { unasked: true })
}
