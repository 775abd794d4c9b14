import { casesApi } from '../api.ts'
import { causeFields, findings } from '../domain/taxonomy.ts'
import {
  type ActAbout,
  type ActForm,
  area,
  channel,
  choices,
  flag,
  lines,
  reply,
  routeField,
  text,
  told,
  writtenTo,
  yes,
} from './act-fields.tsx'
import { CauseChoice } from './cause-choice.tsx'
import { OfferChoice } from './offer-choice.tsx'
import { RemediesInput } from './remedies-input.tsx'
import { SharesInput, sharesOf } from './shares-input.tsx'
import { WhysInput } from './whys-input.tsx'

/** The forms of the acts that lead up to a decision, by the event that each makes. */
export const earlyForms: Readonly<Record<string, ActForm>> = {
  acknowledged: {
    endpoint: casesApi.acknowledge,
    fields: (t, { found }) => [
      reply(t, found),
      { name: 'answerBy', kind: 'moment', label: t('said.answerBy'), wide: true },
      { ...flag(t, 'byMail'), help: t('said.byMailHelp') },
    ],
    initial: ({ record }) => ({ byMail: record.channel === 'email' }),
    said: ({ text: words, answerBy, byMail }) => ({ text: words, sent: yes(byMail) ? 'mail' : 'hand', answerBy: answerBy ?? null }),
  },
  'interim-remedy': {
    endpoint: casesApi.helpFirst,
    fields: (t) => [
      area(t, 'text', true),
      { name: 'amountMinor', kind: 'money', label: t('said.amountMinor'), min: 0, help: t('said.atOnceHelp') },
      { name: 'offerId', kind: 'own', label: t('said.offer'), control: <OfferChoice /> },
    ],
    said: ({ text: words, amountMinor, offerId }) => ({ text: words, amountMinor: amountMinor ?? 0, offerId: offerId ?? null }),
  },
  judged: {
    endpoint: casesApi.judge,
    fields: (t) => [
      flag(t, 'admissible'),
      flag(t, 'reasonSufficient'),
      flag(t, 'demandReasonable'),
      { name: 'finding', kind: 'choice', label: t('said.finding'), required: true, options: choices(t, findings, 'finding'), wide: true },
      area(t, 'note'),
      area(t, 'evidence'),
    ],
    initial: () => ({ admissible: true, reasonSufficient: true, demandReasonable: true }),
    said: (typed) => ({
      admissible: yes(typed.admissible),
      reasonSufficient: yes(typed.reasonSufficient),
      demandReasonable: yes(typed.demandReasonable),
      finding: typed.finding,
      note: text(typed.note),
      evidence: lines(typed.evidence),
    }),
  },
  'read-again': {
    endpoint: casesApi.readAgain,
    fields: (t, { typed }) => [flag(t, 'agrees'), area(t, 'note', !yes(typed.agrees))],
    initial: () => ({ agrees: true }),
    said: ({ agrees, note }) => ({ agrees: yes(agrees), note: text(note) }),
  },
  replied: {
    endpoint: casesApi.reply,
    ...told,
    fields: (t, { found, route }) => [...told.fields(t, { found } as ActAbout), routeField(t, route)],
    said: (typed) => ({ ...told.said(typed), escalationRoute: text(typed.escalationRoute) }),
  },
  appealed: {
    endpoint: casesApi.appeal,
    fields: (t) => [{ ...area(t, 'appealReason', true) }, channel(t)],
    initial: writtenTo,
    said: ({ appealReason, channel: by }) => ({ reason: appealReason, channel: by }),
  },
  routed: {
    endpoint: casesApi.route,
    fields: (t, { departments }) => [
      { name: 'departmentId', kind: 'choice', label: t('field.department'), required: true, options: departments, search: true },
      { name: 'personId', kind: 'people', label: t('field.person') },
      { name: 'shares', kind: 'own', label: t('said.shares'), help: t('said.sharesHelp'), wide: true, control: <SharesInput /> },
      area(t, 'note'),
    ],
    initial: ({ departmentId, personId, routed }) => ({ departmentId, personId, shares: routed?.shares ?? [] }),
    said: ({ departmentId, personId, shares, note }) => ({
      departmentId,
      personId: personId ?? null,
      note: text(note),
      shares: sharesOf(shares),
    }),
  },
  accepted: { endpoint: casesApi.accept, fields: (t) => [area(t, 'note')], said: ({ note }) => ({ note: text(note) }) },
  'handed-over': {
    endpoint: casesApi.handOver,
    fields: (t, { departments }) => [
      { name: 'departmentId', kind: 'choice', label: t('field.department'), required: true, options: departments, search: true },
      { name: 'personId', kind: 'people', label: t('field.person') },
      area(t, 'reason', true),
    ],
    said: ({ departmentId, personId, reason }) => ({ departmentId, personId: personId ?? null, reason }),
  },
  'cause-found': {
    endpoint: casesApi.findCause,
    fields: (t) => [
      { name: 'causeId', kind: 'own', label: t('said.causeOfTree'), control: <CauseChoice /> },
      {
        name: 'field',
        kind: 'choice',
        label: t('said.causeField'),
        help: t('said.causeFieldHelp'),
        options: choices(t, causeFields, 'causeField'),
      },
      area(t, 'cause', true),
      { name: 'whys', kind: 'own', label: t('said.fiveWhys'), wide: true, control: <WhysInput /> },
      area(t, 'occurrence'),
      area(t, 'escape'),
      area(t, 'evidence'),
    ],
    // Said again it is changed: what was found before stands there.
    initial: ({ cause }) => (cause ? { ...cause, cause: cause.text, whys: cause.whys, evidence: cause.evidence.join('\n') } : {}),
    said: (typed) => ({
      causeId: typed.causeId ?? null,
      text: typed.cause,
      field: typed.field ?? null,
      whys: ((typed.whys ?? []) as readonly string[]).map((why) => why.trim()).filter(Boolean),
      occurrence: text(typed.occurrence),
      escape: text(typed.escape),
      evidence: lines(typed.evidence),
    }),
  },
  'responsibility-settled': {
    endpoint: casesApi.settleResponsibility,
    fields: (t, { departments, typed }) => [
      flag(t, 'nobody'),
      ...(yes(typed.nobody) ? [] : ([{ name: 'userId', kind: 'people', label: t('said.responsiblePerson'), required: true }] as const)),
      { name: 'departmentId', kind: 'choice', label: t('field.department'), options: departments, search: true },
      { name: 'delayedBy', kind: 'people', label: t('said.delayedBy') },
      area(t, 'note'),
    ],
    initial: ({ departmentId, responsible }) => responsible ?? { departmentId, nobody: false },
    said: ({ nobody, userId, departmentId, delayedBy, note }) => ({
      nobody: yes(nobody),
      userId: yes(nobody) ? null : (userId ?? null),
      departmentId: departmentId ?? null,
      delayedBy: delayedBy ?? null,
      note: text(note),
    }),
  },
  proposed: {
    endpoint: casesApi.propose,
    fields: (t) => [
      { name: 'remedies', kind: 'own', label: t('said.remedies'), required: true, wide: true, control: <RemediesInput /> },
      area(t, 'reason', true),
      area(t, 'preventive'),
      area(t, 'feasible'),
    ],
    initial: ({ record }) => ({
      remedies: record.demand ? [{ kind: record.demand.kind, text: null, amountMinor: record.demand.amountMinor ?? 0 }] : [],
    }),
    said: ({ remedies, reason, preventive, feasible }) => ({ remedies, reason, preventive: text(preventive), feasible: text(feasible) }),
  },
  instructed: {
    endpoint: casesApi.instruct,
    fields: (t, { typed }) => [
      {
        name: 'decision',
        kind: 'choice',
        label: t('said.decision'),
        required: true,
        options: choices(t, ['approved', 'amended', 'rejected'], 'instruction'),
        wide: true,
      },
      ...(typed.decision === 'amended'
        ? ([
            { name: 'remedies', kind: 'own', label: t('said.remediesAmended'), required: true, wide: true, control: <RemediesInput /> },
          ] as const)
        : []),
      ...(typed.decision === 'rejected' ? [] : [area(t, 'recovery')]),
      area(t, 'note', typed.decision === 'rejected'),
    ],
    initial: ({ proposed }) => ({ decision: 'approved', remedies: proposed?.remedies ?? [] }),
    said: ({ decision, remedies, recovery, note }) => ({
      decision,
      remedies: decision === 'amended' ? remedies : null,
      recovery: text(recovery),
      note: text(note),
    }),
  },
}
