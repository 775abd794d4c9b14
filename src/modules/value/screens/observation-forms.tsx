import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useToday } from '#ui/today.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import type { Given, Observation } from './observations-panel.tsx'

interface Noticed {
  readonly noticed: string
  readonly hypothesis: string | null
  readonly dropped?: boolean
}

/** What was noticed, and which need the customer may have that they have not voiced. */
export function ObservationForm({
  customerId,
  observation,
  close,
}: {
  customerId: string
  observation: Observation | null
  close: () => void
}) {
  const t = useWords('value')
  const add = useWrite(valueApi.observe, { onDone: close, alsoChanges: ['customers'] })
  const change = useWrite(valueApi.changeObservation, { onDone: close, alsoChanges: ['customers'] })
  const fields: Field<Noticed>[] = [
    {
      name: 'noticed',
      kind: 'area',
      rows: 3,
      label: t('observation.noticed'),
      help: t('observation.noticedHelp'),
      required: true,
      maxLength: 2000,
    },
    {
      name: 'hypothesis',
      kind: 'area',
      rows: 2,
      label: t('observation.hypothesis'),
      help: t('observation.hypothesisHelp'),
      maxLength: 2000,
    },
  ]
  const drop: Field<Noticed> = { name: 'dropped', kind: 'yes', label: t('observation.drop') }
  return (
    <Dialog title={t(observation ? 'observation.change' : 'observation.add')} onClose={close}>
      <Form<Noticed>
        fields={observation && observation.state !== 'acted' ? [...fields, drop] : fields}
        initial={
          observation ? { noticed: observation.noticed, hypothesis: observation.hypothesis, dropped: observation.state === 'dropped' } : {}
        }
        problem={add.problem ?? change.problem}
        pending={add.pending || change.pending}
        submit={t('save')}
        cancel={close}
        onSubmit={({ noticed, hypothesis, dropped }) => {
          const said = { customerId, noticed, hypothesis: hypothesis || null }
          return observation
            ? change.send({ ...said, observationId: observation.id, version: observation.version, dropped: dropped ?? false })
            : add.send(said)
        }}
      />
    </Dialog>
  )
}

type Typed = Pick<Given, 'what' | 'givenOn' | 'costMinor' | 'scoreBefore' | 'scoreAfter' | 'reaction'> & {
  readonly serviceId?: string | null
}

/** What was given, of the catalogue or as a surprise, and how the customer took it. */
export function GivenForm({
  customerId,
  given,
  answers,
  close,
}: {
  customerId: string
  given: Given | null
  /** The observation to which it is the answer. */
  answers: Observation | null
  close: () => void
}) {
  const t = useWords('value')
  const today = useToday()
  const services = useRead(valueApi.services, {})
  const also = { onDone: close, alsoChanges: ['customers'] }
  const add = useWrite(valueApi.giveService, also)
  const change = useWrite(valueApi.changeServiceGiven, also)
  const score = (name: 'scoreBefore' | 'scoreAfter'): Field<Typed> => ({
    name,
    kind: 'number',
    label: t(`given.${name}`),
    help: t('given.scoreHelp'),
    min: 0,
    max: 10,
  })
  const fields: Field<Typed>[] = [
    ...(given
      ? []
      : [
          {
            name: 'serviceId',
            kind: 'choice',
            search: true,
            label: t('given.service'),
            help: t('given.serviceHelp'),
            options: (services.data?.items ?? []).map(({ id, name, layer }) => ({ value: id, label: `${name} · ${t(`layer.${layer}`)}` })),
          } as const,
        ]),
    { name: 'what', kind: 'area', rows: 2, label: t('given.what'), required: true, maxLength: 2000 },
    { name: 'givenOn', kind: 'day', label: t('given.on'), required: true, max: today },
    { name: 'costMinor', kind: 'money', label: t('service.cost'), help: t('given.costHelp'), required: true, min: 0 },
    score('scoreBefore'),
    score('scoreAfter'),
    { name: 'reaction', kind: 'area', rows: 2, label: t('given.reaction'), maxLength: 2000 },
  ]
  return (
    <Dialog title={t(given ? 'given.change' : 'given.add')} onClose={close}>
      {answers && <p className="muted">{t('given.answers', { noticed: answers.noticed })}</p>}
      <Form<Typed>
        fields={fields}
        initial={given ?? { givenOn: today, costMinor: 0 }}
        problem={add.problem ?? change.problem}
        pending={add.pending || change.pending}
        submit={t('save')}
        cancel={close}
        onSubmit={(values) => {
          const said = {
            customerId,
            what: values.what,
            givenOn: values.givenOn,
            costMinor: values.costMinor,
            scoreBefore: values.scoreBefore ?? null,
            scoreAfter: values.scoreAfter ?? null,
            reaction: values.reaction || null,
          }
          return given
            ? change.send({ ...said, givenId: given.id, version: given.version })
            : add.send({ ...said, serviceId: values.serviceId ?? null, observationId: answers?.id ?? null })
        }}
      />
    </Dialog>
  )
}
