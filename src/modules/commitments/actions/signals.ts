import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { commitmentsApi } from '../api.ts'
import { isUnreacted, judged, mayJudge, mayReact } from '../domain/signal.ts'
import { attentionSetting } from '../settings.ts'
import { insertSignals, listSignals, type Signal, signalById, signalsOf, updateSignal } from '../store/signals.ts'
import { holdCustomer, makeCommitment } from './making.ts'
import { pageSeen, within } from './reach.ts'
import { placeOfCursor } from './read.ts'
import { signalViews } from './view.ts'
import { mustWorkHere } from './whose.ts'

type Heard = Pick<Actions<typeof commitmentsApi>, 'signals' | 'signalsOfCustomer' | 'captureSignal' | 'judgeSignal' | 'reactToSignal'>
export const signalActions: Heard = {
  async signals(context, { closed = false, late = false, cursor, limit = defaultPageSize }) {
    const { signalDays } = await readSetting(context.db, attentionSetting)
    const before = late && !closed ? new Date(context.now.getTime() - signalDays * 86_400_000) : null
    const from = placeOfCursor(cursor)
    const read = (size: number) => listSignals(context.db, { open: !closed, before }, from, size)
    const { shown, last } = await pageSeen(context, limit, read, (all) => seen(context, all))
    return {
      lateAfterDays: signalDays,
      items: await signalViews(context, shown, (signal) => isUnreacted(signal, signalDays, context.now)),
      next: last ? cursorOf([last.capturedAt.toISOString(), last.id]) : null,
    }
  },

  async signalsOfCustomer(context, { customerId, cursor, limit = defaultPageSize }) {
    const { signalDays } = await readSetting(context.db, attentionSetting)
    const rows = await signalsOf(context.db, customerId, placeOfCursor(cursor), limit + 1)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      items: await signalViews(context, rows.slice(0, limit), (signal) => isUnreacted(signal, signalDays, context.now)),
      next: last ? cursorOf([last.capturedAt.toISOString(), last.id]) : null,
    }
  },

  async captureSignal(context, { text, source = null, customerId = null }) {
    const { db, now, actor, newId } = context
    if (customerId !== null) await holdCustomer(context, customerId)
    const nothingYet = {
      isTrue: null,
      isImportant: null,
      judgement: null,
      reaction: null,
      commitmentId: null,
      judgedAt: null,
      judgedBy: null,
      reactedAt: null,
      reactedBy: null,
    }
    const signal: Signal = {
      ...nothingYet,
      id: newId(),
      customerId,
      text,
      source,
      state: 'captured',
      capturedAt: now,
      capturedBy: actor.id,
    }
    await insertSignals(db, [signal])
    return viewOf(context, signal)
  },

  async judgeSignal(context, { signalId, basedOn, isTrue, isImportant, note = null }) {
    const signal = await existing(context, signalId)
    if (!mayJudge(signal.state)) throw tooLate(signal)
    if (signal.judgedAt?.getTime() !== basedOn?.getTime()) throw changedMeanwhile('this judgement', 'basedOn')
    const on = { judgement: note, judgedAt: context.now, judgedBy: context.actor.id }
    return save(context, { ...signal, ...on, isTrue, isImportant, state: judged({ isTrue, isImportant }) })
  },

  async reactToSignal(context, { signalId, note, task = null }) {
    const signal = await existing(context, signalId)
    if (!mayReact(signal.state)) throw tooLate(signal)
    if (task?.ownerId !== undefined) await mustWorkHere(context, 'task.ownerId', [task.ownerId])
    const made =
      task &&
      (await makeCommitment(context, {
        kind: 'task',
        title: note.length > 200 ? `${note.slice(0, 199)}…` : note,
        note: signal.text,
        customerId: signal.customerId,
        ownerId: task.ownerId,
        dueDay: task.dueDay,
        origin: { module: 'commitments', id: signal.id },
      }))
    const on = { reactedAt: context.now, reactedBy: context.actor.id, commitmentId: made?.id ?? null }
    return save(context, { ...signal, ...on, reaction: note, state: 'reacted' })
  },
}

const seen = ({ db, reach }: Context, all: readonly Signal[]) =>
  within(db, reach, all, ({ customerId, capturedBy }) => ({ customerId, ownerIds: [capturedBy] }))

async function existing({ db }: Context, id: string): Promise<Signal> {
  const found = await signalById(db, id, { lock: true })
  if (!found) throw refuse('missing', 'no-such-signal', 'There is no such signal')
  return found
}

async function save(context: Context, signal: Signal) {
  await updateSignal(context.db, signal)
  return viewOf(context, signal)
}

async function viewOf(context: Context, signal: Signal) {
  const { signalDays } = await readSetting(context.db, attentionSetting)
  return (await signalViews(context, [signal], (one) => isUnreacted(one, signalDays, context.now)))[0]!
}

const tooLate = ({ state }: Signal) => refuse('conflict', `signal-${state}`, `This signal is ${state}; that comes in another order`)
