import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useNamed } from '#ui/named.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loading } from '#ui/page.tsx'
import { useToday } from '#ui/today.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { appealOutcomes, isForCustomer, type ReferralOutcome, referralOutcomes } from '../domain/contest-words.ts'
import { area, channel, choices, fileIds, filesField, reply, routeField, type Typed, text, writes, writtenTo } from './act-fields.tsx'

export type ContestAct =
  | 'appeal-given'
  | 'appeal-decided'
  | 'appeal-withdrawn'
  | 'referred'
  | 'referral-changed'
  | 'referral-sent'
  | 'referral-decided'
type Found = ResultOf<typeof casesApi.one>
type Referral = Found['referrals'][number]

interface ContestProps {
  readonly act: ContestAct
  readonly referral: Referral | null
  readonly found: Found
  readonly close: () => void
}

/** One act about an appeal or a referral, filled in. */
export function ContestDialog(of: ContestProps) {
  const t = useWords('cases')
  return (
    <Dialog title={t(`act.${of.act}`)} onClose={of.close} wide>
      <Fill {...of} />
    </Dialog>
  )
}

const endpoints = {
  'appeal-given': casesApi.giveAppeal,
  'appeal-decided': casesApi.decideAppeal,
  'appeal-withdrawn': casesApi.withdrawAppeal,
  referred: casesApi.refer,
  'referral-changed': casesApi.changeReferral,
  'referral-sent': casesApi.sendReferral,
  'referral-decided': casesApi.decideReferral,
}

function Fill({ act, referral, found, close }: ContestProps) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const named = useNamed()
  const today = useToday()
  const route = useRead(casesApi.escalationRoute, { caseId: found.id, dismissed: 'yes' }, { enabled: act === 'appeal-decided' })
  const bodies = useRead(casesApi.bodies, {}, { enabled: act === 'referred' || act === 'referral-decided' })
  const [typed, setTyped] = useState<Typed>({})
  const write = useWrite(endpoints[act] as typeof casesApi.giveAppeal, {
    onDone: () => {
      notice.done(t('acted'))
      close()
    },
  })
  if (route.isLoading || bodies.isLoading) return <Loading lines={3} />
  const body = bodies.data?.bodies.find(({ id }) => id === referral?.bodyId)
  const initials: Readonly<Record<ContestAct, Typed>> = {
    'appeal-given': {},
    'appeal-decided': { ...writtenTo(found), escalationRoute: route.data?.text ?? '' },
    'appeal-withdrawn': writtenTo(found),
    referred: { receivedOn: today },
    'referral-changed': { reference: referral?.reference, dueOn: referral?.dueOn },
    'referral-sent': {},
    'referral-decided': { decidedOn: today, binding: body !== undefined && body.binding !== 'never' },
  }
  const initial = initials[act]
  const now: Typed = { ...initial, ...typed }
  const isFor = isForCustomer(now.outcome as ReferralOutcome)
  const deadline: readonly Field<Typed>[] = [
    { name: 'reference', kind: 'text', label: t('said.bodyReference'), maxLength: 100 },
    { name: 'dueOn', kind: 'day', label: t('said.dueOn') },
  ]
  const fields: Readonly<Record<ContestAct, readonly Field<Typed>[]>> = {
    'appeal-given': [{ name: 'judgeId', kind: 'people', label: t('said.judge'), required: true }],
    'appeal-decided': [
      { name: 'outcome', kind: 'choice', label: t('said.outcome'), required: true, options: choices(t, appealOutcomes, 'appealOutcome') },
      writes(t),
      { ...reply(t, found), label: t('said.appealText') },
      ...(now.outcome === 'upheld'
        ? []
        : [routeField(t, route.data ? { ...route.data, demanded: route.data.demanded && now.outcome === 'dismissed' } : null)]),
    ],
    'appeal-withdrawn': [channel(t), area(t, 'note')],
    referred: [
      {
        ...{ name: 'bodyId', kind: 'choice', label: t('said.body'), required: true, search: true, wide: true },
        options: (bodies.data?.bodies ?? []).filter(({ retired }) => !retired).map(({ id, names }) => ({ value: id, label: named(names) })),
      },
      { name: 'receivedOn', kind: 'day', label: t('said.receivedOn'), required: true },
      ...deadline,
      area(t, 'note'),
    ],
    'referral-changed': deadline,
    'referral-sent': [{ ...area(t, 'sentText', true) }, filesField(t)],
    'referral-decided': [
      {
        ...{ name: 'outcome', kind: 'choice', label: t('said.referralOutcome'), required: true },
        options: choices(t, referralOutcomes, 'referralOutcome'),
      },
      { name: 'decidedOn', kind: 'day', label: t('said.decidedOn'), required: true },
      ...(isFor ? ([{ name: 'binding', kind: 'yes', label: t('said.binding'), help: t('said.bindingHelp'), wide: true }] as const) : []),
      ...(isFor || now.outcome === 'settled'
        ? ([
            { name: 'redressMinor', kind: 'money', label: t('said.redressMinor'), min: 0 },
            { name: 'redressBy', kind: 'day', label: t('said.redressBy') },
          ] as const)
        : []),
      area(t, 'note'),
    ],
  }
  const said: Readonly<Record<ContestAct, (of: Typed) => Typed>> = {
    'appeal-given': ({ judgeId }) => ({ judgeId }),
    'appeal-decided': ({ outcome, text: words, channel, escalationRoute }) => ({
      ...{ outcome, text: words, channel },
      escalationRoute: outcome === 'upheld' ? null : text(escalationRoute),
    }),
    'appeal-withdrawn': ({ channel: by, note }) => ({ channel: by, note: text(note) }),
    referred: ({ bodyId, receivedOn, reference, dueOn, note }) => ({
      ...{ bodyId, receivedOn, reference: text(reference), dueOn: dueOn ?? null, note: text(note) },
    }),
    'referral-changed': ({ reference, dueOn }) => ({ reference: text(reference), dueOn: dueOn ?? null }),
    'referral-sent': ({ sentText, files }) => ({ text: sentText, fileIds: fileIds(files) }),
    'referral-decided': ({ outcome, decidedOn, binding, redressMinor, redressBy, note }) => ({
      ...{ outcome, decidedOn, binding: isForCustomer(outcome as ReferralOutcome) && binding === true, note: text(note) },
      ...{ redressMinor: redressMinor ?? 0, redressBy: redressMinor ? (redressBy ?? null) : null },
    }),
  }
  return (
    <Form<Typed>
      columns={2}
      fields={fields[act]}
      initial={initial}
      onChange={(values) => setTyped((before) => ({ ...before, ...values }))}
      onSubmit={(values) =>
        write.send({
          caseId: found.id,
          version: found.version,
          ...(referral ? { referralId: referral.id } : {}),
          ...said[act](values),
        } as never)
      }
      problem={write.problem}
      pending={write.pending}
      submit={ui('save')}
      cancel={close}
    />
  )
}
