import type { Field } from '#ui/form.tsx'
import type { Words } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { scoreDimensions } from '../domain/figures/personnel-value.ts'
import { kinds } from '../domain/taxonomy.ts'
import {
  type ActAbout,
  type ActForm,
  area,
  bulletinFields,
  channel,
  choices,
  fileIds,
  filesField,
  flag,
  reachedBy,
  reply,
  routeField,
  type Typed,
  text,
  writes,
  writtenTo,
  yes,
} from './act-fields.tsx'
import { recordFields } from './record-fields.tsx'
import { recordOf, type TypedRecord } from './typed-record.ts'

/** What a complaint says beyond what was written already. */
const asked = [
  'category',
  'reason',
  'dissatisfaction',
  'targetKind',
  'targetName',
  'targetUserId',
  'targetDepartmentId',
  'demandKind',
  'demandMinor',
  'demandText',
]
const complaintFields = (t: Words, typed: Typed, departments: ActAbout['departments']) =>
  recordFields('complaint', {
    ...{ t, known: undefined, typed: typed as Partial<TypedRecord>, more: false, orders: false, departments },
  }).filter(({ name }) => asked.includes(name)) as readonly unknown[] as readonly Field<Typed>[]
function complaintOf(typed: Typed) {
  const { category, reason, target, demand, dissatisfaction } = recordOf('complaint', typed as Partial<TypedRecord>)
  return { category, reason, target, demand, dissatisfaction }
}

/** The forms of the acts that carry a decision out, and of any step. */
export const laterForms: Readonly<Record<string, ActForm>> = {
  executed: {
    endpoint: casesApi.execute,
    fields: (t) => [
      area(t, 'proof', true),
      { name: 'accepted', kind: 'choice', label: t('said.accepted'), options: choices(t, ['yes', 'no'], 'answer') },
      filesField(t),
    ],
    said: ({ proof, accepted, files }) => ({
      note: proof,
      fileIds: fileIds(files),
      accepted: accepted === undefined || accepted === null ? null : accepted === 'yes',
    }),
  },
  told: {
    endpoint: casesApi.tell,
    fields: (t, { found, route }) => [writes(t), reply(t, found), routeField(t, route)],
    initial: writtenTo,
    said: ({ channel: by, text: words, escalationRoute }) => ({ channel: by, text: words, escalationRoute: text(escalationRoute) }),
  },
  asked: {
    endpoint: casesApi.ask,
    fields: (t) => [channel(t, 'how')],
    initial: (found) => ({ how: reachedBy(found) }),
    said: ({ how }) => ({ how }),
  },
  feedback: {
    endpoint: casesApi.hear,
    fields: (t) => [
      flag(t, 'satisfied'),
      ...scoreDimensions.map(
        (name, at): Field<Typed> => ({
          ...{ name, kind: 'number', label: t(`personnel.${name}`), min: 1, max: 5, digits: 0 },
          ...(at === 0 ? { help: t('said.scoresHelp') } : {}),
        }),
      ),
      { name: 'score', kind: 'number', label: t('said.score'), min: 0, max: 10, digits: 0 },
      area(t, 'text'),
    ],
    said: ({ satisfied, score, text: words, attitude, knowledge, skill }) => ({
      ...{ satisfied: yes(satisfied), score: score ?? null, text: text(words) },
      ...{ attitude: attitude ?? null, knowledge: knowledge ?? null, skill: skill ?? null },
    }),
  },
  'penalty-considered': {
    endpoint: casesApi.considerPenalty,
    fields: (t) => [area(t, 'noPenalty', true)],
    said: ({ noPenalty }) => ({ penaltyIds: [], note: text(noPenalty) }),
  },
  'loss-considered': {
    endpoint: casesApi.considerLoss,
    fields: (t) => [
      { name: 'lossMinor', kind: 'money', label: t('said.lossMinor'), required: true, min: 0 },
      { name: 'recoveredMinor', kind: 'money', label: t('said.recoveredMinor'), required: true, min: 0 },
      area(t, 'note'),
    ],
    initial: ({ remedyMinor }) => ({ lossMinor: remedyMinor, recoveredMinor: 0 }),
    said: ({ lossMinor, recoveredMinor, note }) => ({ lossMinor, recoveredMinor, note: text(note) }),
  },
  'lesson-written': {
    endpoint: casesApi.writeLesson,
    fields: (t) => [
      area(t, 'lesson', true),
      area(t, 'improvement', true),
      {
        name: 'outcomes',
        kind: 'choice',
        label: t('said.outcomes'),
        several: true,
        options: choices(t, ['reputation', 'insight', 'idea'], 'outcome'),
        wide: true,
      },
      { name: 'ownerId', kind: 'people', label: t('said.improvementOwner'), help: t('said.improvementOwnerHelp') },
      { name: 'dueDay', kind: 'day', label: t('said.improvementDue') },
      ...bulletinFields(t),
    ],
    said: ({ lesson, improvement, outcomes, ownerId, dueDay, title, body }) => ({
      lesson,
      improvement,
      outcomes: outcomes ?? [],
      ownerId: ownerId ?? null,
      dueDay: dueDay ?? null,
      bulletin: text(title) || text(body) ? { title: title ?? '', body: body ?? '' } : null,
    }),
  },
  'effectiveness-checked': {
    endpoint: casesApi.checkEffectiveness,
    fields: (t) => [
      { name: 'days', kind: 'number', label: t('said.days'), required: true, min: 1, max: 3650, digits: 0 },
      {
        name: 'verdict',
        kind: 'choice',
        label: t('said.verdict'),
        required: true,
        options: choices(t, ['effective', 'not-effective', 'too-early', 'too-little-data'], 'verdict'),
      },
      area(t, 'note'),
    ],
    initial: () => ({ days: 30 }),
    said: ({ days, verdict, note }) => ({ days, verdict, before: null, after: null, note: text(note) }),
  },
  assigned: {
    endpoint: casesApi.assign,
    fields: (t) => [{ name: 'ownerId', kind: 'people', label: t('field.owner'), wide: true }, area(t, 'why')],
    initial: ({ ownerId }) => ({ ownerId }),
    said: ({ ownerId, why }) => ({ ownerId: ownerId ?? null, why: text(why) }),
  },
  'sent-back': {
    endpoint: casesApi.sendBack,
    fields: (t, { back }) => [
      { name: 'to', kind: 'choice', label: t('said.to'), required: true, options: back, wide: true },
      area(t, 'reason', true),
    ],
    said: ({ to, reason }) => ({ to, reason }),
  },
  paused: {
    endpoint: casesApi.pause,
    fields: (t) => [area(t, 'reason', true), { name: 'until', kind: 'moment', label: t('said.until') }],
    said: ({ reason, until }) => ({ reason, until: until ?? null }),
  },
  resumed: { endpoint: casesApi.resume, fields: (t) => [area(t, 'note')], said: ({ note }) => ({ note: text(note) }) },
  reopened: {
    endpoint: casesApi.reopen,
    fields: (t, { found, steps }) => [
      { name: 'to', kind: 'choice', label: t('said.to'), required: true, options: steps, wide: true },
      area(t, 'reason', true),
      ...(found.kind === 'complaint' && found.ownerId !== null ? [{ ...flag(t, 'sameHandler'), help: t('said.sameHandlerHelp') }] : []),
    ],
    said: ({ to, reason, sameHandler }) => ({ to, reason, ...(yes(sameHandler) ? { sameHandler: true } : {}) }),
  },
  withdrawn: { endpoint: casesApi.withdraw, fields: (t) => [area(t, 'reason', true)], said: ({ reason }) => ({ reason }) },
  merged: {
    endpoint: casesApi.merge,
    fields: (t, { others }) => [
      { name: 'intoCaseId', kind: 'choice', label: t('said.intoCase'), required: true, options: others, search: true, wide: true },
      area(t, 'reason', true),
    ],
    said: ({ intoCaseId, reason }) => ({ intoCaseId, reason }),
  },
  converted: {
    endpoint: casesApi.convert,
    fields: (t, { found, typed, departments }) => [
      {
        name: 'kind',
        kind: 'choice',
        label: t('field.kind'),
        required: true,
        wide: true,
        options: choices(
          t,
          kinds.filter((kind) => kind !== found.kind),
          'kind',
        ),
      },
      ...(typed.kind === 'complaint' ? complaintFields(t, typed, departments) : []),
    ],
    said: ({ kind, ...typed }) => ({ kind, ...(kind === 'complaint' ? { record: complaintOf(typed) } : {}) }),
  },
  noted: {
    endpoint: casesApi.note,
    fields: (t) => [
      area(t, 'text', true),
      { name: 'minutes', kind: 'number', label: t('said.minutes'), min: 0, max: 10_000, digits: 0 },
      filesField(t),
    ],
    said: ({ text: words, minutes, files }) => ({ text: words, fileIds: fileIds(files), minutes: minutes ?? 0 }),
  },
  promised: {
    endpoint: casesApi.promise,
    fields: (t) => [
      { name: 'text', kind: 'text', label: t('said.promise'), required: true, maxLength: 200, wide: true },
      { name: 'day', kind: 'day', label: t('said.day'), required: true },
    ],
    said: ({ text: words, day }) => ({ text: words, day }),
  },
}
