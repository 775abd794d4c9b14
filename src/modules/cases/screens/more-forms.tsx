import type { Field } from '#ui/form.tsx'
import type { Words } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { assessmentScales, type Criterion } from '../domain/figures/severity.ts'
import { recoverySources } from '../domain/taxonomy.ts'
import { type ActForm, area, choices, type Typed, text } from './act-fields.tsx'

const criteria = Object.keys(assessmentScales) as Criterion[]
const scale = (t: Words, criterion: Criterion): Field<Typed> => ({
  name: criterion,
  kind: 'choice',
  label: t(`assessment.${criterion}`),
  required: true,
  options: assessmentScales[criterion].map((answer) => ({ value: answer, label: t(`assessment.${criterion}.${answer}`) })),
})

/** The forms of the first look, tasks, the customer's answer and recovery, by the event that each makes. */
export const moreForms: Readonly<Record<string, ActForm>> = {
  assessed: {
    endpoint: casesApi.assess,
    fields: (t) => [...criteria.map((criterion) => scale(t, criterion)), area(t, 'note')],
    initial: ({ assessed }) =>
      assessed ?? Object.fromEntries(criteria.map((criterion) => [criterion, assessmentScales[criterion][0]] as const)),
    said: (typed) => ({ ...Object.fromEntries(criteria.map((criterion) => [criterion, typed[criterion]])), note: text(typed.note) }),
  },
  'task-given': {
    endpoint: casesApi.giveTask,
    fields: (t) => [
      { name: 'title', kind: 'text', label: t('said.task'), required: true, maxLength: 200, wide: true },
      { name: 'ownerId', kind: 'people', label: t('said.taskOwner'), required: true },
      { name: 'dueDay', kind: 'day', label: t('said.day'), required: true },
    ],
    said: ({ title, ownerId, dueDay }) => ({ title, ownerId, dueDay }),
  },
  'remedy-answered': {
    endpoint: casesApi.answerRemedy,
    fields: (t) => [
      {
        name: 'accepted',
        kind: 'choice',
        label: t('said.remedyAccepted'),
        required: true,
        options: choices(t, ['yes', 'no'], 'answer'),
        wide: true,
        help: t('said.remedyAcceptedHelp'),
      },
      area(t, 'note'),
    ],
    said: ({ accepted, note }) => ({ accepted: accepted === 'yes', note: text(note) }),
  },
  recovery: {
    endpoint: casesApi.recover,
    fields: (t) => [
      {
        name: 'source',
        kind: 'choice',
        label: t('said.recoverySource'),
        required: true,
        options: choices(t, recoverySources, 'recoverySource'),
      },
      { name: 'amountMinor', kind: 'money', label: t('said.recoveryMinor'), required: true, min: 0 },
      { name: 'text', kind: 'text', label: t('said.recoveryText'), required: true, maxLength: 2000, wide: true },
      { name: 'received', kind: 'yes', label: t('said.received') },
    ],
    initial: () => ({ received: false }),
    said: ({ source, amountMinor, text: words, received }) => ({
      id: crypto.randomUUID(),
      source,
      amountMinor,
      text: words,
      received: received === true,
    }),
  },
}
