import { casesApi } from '../api.ts'
import { paymentWays } from '../domain/taxonomy.ts'
import { type ActForm, area, fileIds, filesField, flag, text, told, yes } from './act-fields.tsx'
import { publicationFields, textsOf } from './publication-fields.ts'

/** The forms of the acts that only other kinds of cases than complaints have: suggestions, enquiries, claims, repairs, custom requests. */
export const otherKindsForms: Readonly<Record<string, ActForm>> = {
  evaluated: {
    endpoint: casesApi.evaluate,
    fields: (t) => [
      area(t, 'value', true),
      flag(t, 'feasible'),
      { name: 'savingMinor', kind: 'money', label: t('said.savingMinor'), min: 0 },
      area(t, 'note'),
    ],
    said: ({ value, feasible, savingMinor, note }) => ({
      value,
      feasible: yes(feasible),
      savingMinor: savingMinor ?? null,
      note: text(note),
    }),
  },
  decided: {
    endpoint: casesApi.decide,
    fields: (t) => [flag(t, 'adopted'), area(t, 'note')],
    said: ({ adopted, note }) => ({ adopted: yes(adopted), note: text(note) }),
  },
  rewarded: {
    endpoint: casesApi.reward,
    fields: (t) => [area(t, 'rewardText', true), { name: 'amountMinor', kind: 'money', label: t('said.amountMinor'), min: 0 }],
    said: ({ rewardText, amountMinor }) => ({ text: rewardText, amountMinor: amountMinor ?? 0 }),
  },
  published: {
    endpoint: casesApi.publish,
    fields: (t, { locale, mayPublish }) => [
      ...publicationFields(t, locale),
      ...(mayPublish ? [{ ...flag(t, 'visible'), help: t('said.visibleHelp') }] : []),
    ],
    initial: () => ({ visible: true }),
    // Whoever may not publish has no such field, and leaves a draft.
    said: (typed) => ({ texts: textsOf(typed), visible: yes(typed.visible) }),
  },
  answered: { endpoint: casesApi.answer, ...told },
  quoted: {
    endpoint: casesApi.quote,
    fields: (t) => [
      area(t, 'text', true),
      { name: 'amountMinor', kind: 'money', label: t('said.quoteMinor'), required: true, min: 0 },
      { name: 'validUntil', kind: 'day', label: t('said.validUntil') },
    ],
    said: ({ text: words, amountMinor, validUntil }) => ({ text: words, amountMinor, validUntil: validUntil ?? null }),
  },
  'quote-answered': {
    endpoint: casesApi.answerQuote,
    fields: (t) => [flag(t, 'quoteAccepted'), area(t, 'note')],
    said: ({ quoteAccepted, note }) => ({ accepted: yes(quoteAccepted), note: text(note) }),
  },
  fulfilled: {
    endpoint: casesApi.fulfil,
    fields: (t) => [area(t, 'proof', true), filesField(t)],
    said: ({ proof, files }) => ({ note: proof, fileIds: fileIds(files) }),
  },
  paid: {
    endpoint: casesApi.pay,
    fields: (t) => [
      { name: 'amountMinor', kind: 'money', label: t('said.amountMinor'), required: true, min: 0 },
      {
        name: 'way',
        kind: 'choice',
        label: t('said.way'),
        required: true,
        options: paymentWays.map((value) => ({ value, label: t(`payment.${value}`) })),
      },
      { name: 'reference', kind: 'text', label: t('said.reference'), maxLength: 200 },
    ],
    initial: ({ instructed, proposed }) => ({
      amountMinor: (instructed?.remedies ?? proposed?.remedies ?? []).reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    }),
    said: ({ amountMinor, way, reference }) => ({ amountMinor, way, reference: text(reference) }),
  },
  appointed: {
    endpoint: casesApi.appoint,
    fields: (t) => [
      { name: 'startsAt', kind: 'moment', label: t('said.at'), required: true },
      { name: 'endsAt', kind: 'moment', label: t('said.endsAt') },
      { name: 'place', kind: 'text', label: t('said.place'), maxLength: 300 },
      { name: 'ownerId', kind: 'people', label: t('said.comes'), help: t('said.comesHelp') },
      flag(t, 'evenSo'),
    ],
    initial: ({ appointed, ownerId }) => ({
      startsAt: appointed?.startsAt ?? null,
      endsAt: appointed?.endsAt ?? null,
      place: appointed?.place ?? null,
      ownerId: appointed?.ownerId ?? ownerId,
    }),
    said: ({ startsAt, endsAt, place, ownerId, evenSo }) => ({
      startsAt,
      ...(endsAt ? { endsAt } : {}),
      place: text(place),
      ...(ownerId ? { ownerId } : {}),
      evenSo: yes(evenSo),
    }),
  },
}
