import { Input } from 'antd'
import type { Choice, Field } from '#ui/form.tsx'
import type { Words } from '#ui/words.ts'
import type { Channel } from '../domain/channel.ts'
import { momentAt, timeIn } from '../domain/clock.ts'
import { isTimed, type Kind } from '../domain/commitment.ts'
import { type RepeatUnit, repeatUnits } from '../domain/recurrence.ts'
import { hasDueTime } from '../domain/terms.ts'
import { CustomerField } from './customer-field.tsx'
import type { Commitment } from './shown.ts'

/** What the form holds: days and times as the wall shows them. */
export interface Typed {
  readonly title: string
  readonly customerId: string | null
  readonly ownerId: string
  readonly day: string | null
  readonly from: string | null
  readonly to: string | null
  readonly channel: Channel | null
  readonly place: string
  readonly purpose: string
  readonly plan: string
  readonly ours: readonly string[]
  readonly theirs: string
  readonly repeatUnit: RepeatUnit | null
  readonly repeatEvery: number | null
  readonly note: string
}

interface Surroundings {
  readonly t: Words
  readonly known: { readonly id: string; readonly name: string } | null
  readonly settled: boolean
  /** By what the customer may be contacted. */
  readonly forms: readonly Choice[]
}

/** The fields that a kind needs, the needed ones first. */
export function fieldsOf(kind: Kind, { t, known, settled, forms }: Surroundings): readonly Field<Typed>[] {
  const timed = isTimed(kind)
  const time = (name: 'from' | 'to'): Field<Typed> => ({
    name,
    kind: 'own',
    label: t(`field.${name}`),
    required: timed,
    control: <TimeInput />,
  })
  const form: Field<Typed> = {
    name: 'channel',
    kind: 'choice',
    label: t('field.channel'),
    help: t('field.channelHelp'),
    placeholder: t('panel.noContact'),
    wide: !timed,
    options: forms,
  }
  const customer: Field<Typed> = {
    name: 'customerId',
    kind: 'own',
    label: t('field.customer'),
    required: kind === 'visit',
    control: <CustomerField known={known} />,
  }
  const owner: Field<Typed> = { name: 'ownerId', kind: 'people', label: t('field.owner'), required: true }
  return [
    { name: 'title', kind: 'text', label: t('field.title'), required: true, maxLength: 200, wide: true },
    ...(kind === 'visit'
      ? [
          {
            name: 'purpose',
            kind: 'text',
            label: t('field.purpose'),
            help: t('field.purposeHelp'),
            required: true,
            maxLength: 1000,
            wide: true,
          } as const,
        ]
      : []),
    ...(settled ? [] : [customer, owner]),
    {
      name: 'day',
      kind: 'day',
      label: t(timed ? 'field.day' : 'field.dueDay'),
      required: timed || kind === 'promise' || kind === 'approval',
    },
    ...(timed ? [{ name: 'place', kind: 'text', label: t('field.place'), maxLength: 300 } as const] : []),
    ...(timed ? [time('from'), time('to')] : [{ ...time('to'), label: t('field.dueTime') }]),
    ...(kind === 'visit' || kind === 'review' || kind === 'approval' ? [] : [form]),
    ...(timed
      ? ([
          { name: 'ours', kind: 'people', label: t('field.ours'), several: true },
          { name: 'theirs', kind: 'text', label: t('field.theirs'), help: t('field.theirsHelp'), maxLength: 2000 },
        ] as const)
      : []),
    ...(kind === 'visit'
      ? [{ name: 'plan', kind: 'area', label: t('field.plan'), help: t('field.planHelp'), maxLength: 5000, wide: true } as const]
      : []),
    ...(kind === 'review' || kind === 'task'
      ? ([
          {
            name: 'repeatUnit',
            kind: 'choice',
            label: t('field.repeatUnit'),
            placeholder: t('form.never'),
            options: repeatUnits.map((value) => ({ value, label: t(`repeat.${value}`) })),
          },
          { name: 'repeatEvery', kind: 'number', label: t('field.repeatEvery'), min: 1, max: 60 },
        ] as const)
      : []),
    { name: 'note', kind: 'area', label: t('field.note'), rows: 3, maxLength: 5000, wide: true },
  ]
}

/** What was typed as the contract wants it: moments for what takes place, a day or a moment for what is due. */
export function draftOf(kind: Kind, typed: Typed, timeZone: string) {
  const at = (time: string | null) => (typed.day && time ? momentAt(timeZone, typed.day, time) : null)
  const words = (text: string | null | undefined) => text?.trim() || null
  const due = isTimed(kind)
    ? { startsAt: at(typed.from), endsAt: at(typed.to) }
    : { dueDay: typed.day, ...(typed.day && typed.to ? { dueAt: at(typed.to) } : {}) }
  return {
    title: typed.title,
    note: words(typed.note),
    ...due,
    ...(kind === 'visit' ? { purpose: words(typed.purpose), plan: words(typed.plan) } : { channel: typed.channel ?? null }),
    ...(isTimed(kind)
      ? {
          place: words(typed.place),
          ours: [...(typed.ours ?? [])],
          theirs: (typed.theirs ?? '')
            .split(/[,，、;；]/)
            .map((name) => name.trim())
            .filter(Boolean),
        }
      : {}),
    ...(kind === 'review' || kind === 'task'
      ? { repeat: typed.repeatUnit ? { unit: typed.repeatUnit, every: typed.repeatEvery ?? 1 } : null }
      : {}),
  }
}

export function typedOf(commitment: Commitment, timeZone: string): Partial<Typed> {
  const { startsAt, endsAt, dueAt, dueDay, customer, theirs, repeat, note, place, purpose, plan, ...rest } = commitment
  const time = (at: Date | null) => at && timeIn(timeZone, at)
  return {
    title: rest.title,
    ownerId: rest.ownerId,
    channel: rest.channel,
    ours: rest.ours,
    customerId: customer?.id ?? null,
    day: dueDay,
    from: time(startsAt),
    to: time(endsAt) ?? (hasDueTime({ dueAt, dueDay }, timeZone) ? time(dueAt) : null),
    theirs: theirs.join(', '),
    repeatUnit: repeat?.unit ?? null,
    repeatEvery: repeat?.every ?? 1,
    note: note ?? '',
    place: place ?? '',
    purpose: purpose ?? '',
    plan: plan ?? '',
  }
}

/** A time of the day, `HH:MM`, by the browser's own input. */
function TimeInput(props: {
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (value: string | null) => void
  readonly 'aria-required'?: boolean
}) {
  return (
    <Input
      {...(props.id ? { id: props.id } : {})}
      type="time"
      value={props.value ?? ''}
      onChange={(event) => props.onChange?.(event.target.value || null)}
    />
  )
}
