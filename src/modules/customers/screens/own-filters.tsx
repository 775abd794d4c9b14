import { Select } from 'antd'
import { Labelled, Several } from '#ui/filter-parts.tsx'
import { DayInput, NumberInput, TextInput } from '#ui/inputs.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { consentChannels } from '../domain/consent.ts'
import type { ListInput } from './customer-query.ts'
import { useNamed } from './named.ts'
import { type OwnField, useOwnFields } from './own-columns.tsx'

type Wish = NonNullable<ListInput['mayContact']>
type OwnWish = NonNullable<ListInput['own']>[number]

/** Who may be addressed for which purpose by which channel. */
export function MayContact({ value, change }: { value: Wish | undefined; change: (wish: Wish | undefined) => void }) {
  const t = useWords('customers')
  const named = useNamed()
  const { data } = useRead(api.contactPurposes, {})
  const options = (data?.purposes ?? []).flatMap(({ key, names }) =>
    consentChannels.map((channel) => ({
      value: `${key}:${channel}`,
      label: `${named(names)} · ${t(`consent.channel.${channel}`)}`,
    })),
  )
  return (
    <Select
      className="list-filter"
      value={value ? `${value.purpose}:${value.channel}` : null}
      allowClear={{ label: t('ui:clear') }}
      placeholder={t('filter.any')}
      aria-label={t('filter.mayContact')}
      options={options}
      onChange={(text: string | undefined) => {
        const [purpose = '', channel = ''] = text?.split(':') ?? []
        const known = consentChannels.find((one) => one === channel)
        change(known ? { purpose, channel: known } : undefined)
      }}
    />
  )
}

/** One filter per field that lists show. */
export function OwnFilters({ value, change }: { value: readonly OwnWish[]; change: (wishes: OwnWish[]) => void }) {
  const named = useNamed()
  const fields = useOwnFields().filter(({ inList }) => inList)
  return fields.map((field) => {
    const wish = value.find((one) => one.field === field.id)
    const set = (patch: Partial<OwnWish>) => {
      const next = { field: field.id, ...wish, ...patch }
      const others = value.filter((one) => one.field !== field.id)
      const { field: _, ...asked } = next
      const empty = Object.values(asked).every((one) => one === undefined)
      change(empty ? others : [...others, next])
    }
    return (
      <Labelled key={field.id} label={named(field.names)}>
        <OwnFilter field={field} wish={wish} set={set} />
      </Labelled>
    )
  })
}

function OwnFilter({ field, wish, set }: { field: OwnField; wish: OwnWish | undefined; set: (patch: Partial<OwnWish>) => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const named = useNamed()
  const label = named(field.names)
  const ends = (['from', 'to'] as const).map((end) => ({ end, title: t(`own.${end}`, { field: label }) }))
  switch (field.type) {
    case 'number':
    case 'money':
      return ends.map(({ end, title }) => (
        <NumberInput
          key={end}
          kind={field.type === 'money' ? 'money' : 'number'}
          value={typeof wish?.[end] === 'number' ? wish[end] : null}
          onChange={(value) => set({ [end]: value ?? undefined })}
          aria-label={title}
        />
      ))
    case 'day':
      return ends.map(({ end, title }) => (
        <DayInput
          key={end}
          value={typeof wish?.[end] === 'string' ? wish[end] : null}
          onChange={(value) => set({ [end]: value ?? undefined })}
          aria-label={title}
        />
      ))
    case 'long':
    case 'link':
      return (
        <div className="own-filter">
          <TextInput
            kind="text"
            maxLength={200}
            placeholder={t('own.contains')}
            value={wish?.contains?.[0] ?? ''}
            onChange={(text) => set({ contains: text ? [text] : undefined, known: undefined })}
            aria-label={t('own.containsIn', { field: label })}
          />
          <Select
            className="list-filter"
            value={wish?.known ?? null}
            allowClear={{ label: ui('clear') }}
            placeholder={t('filter.any')}
            aria-label={t('own.knownOf', { field: label })}
            options={[true, false].map((known) => ({ value: known, label: t(known ? 'own.known' : 'own.empty') }))}
            onChange={(known: boolean | undefined) => set({ known: known ?? undefined, contains: undefined })}
          />
        </div>
      )
    case 'text':
      return (
        <TextInput kind="text" value={wish?.is?.[0] ?? ''} onChange={(text) => set({ is: text ? [text] : undefined })} aria-label={label} />
      )
    default: {
      const options =
        field.type === 'yes'
          ? [true, false].map((yes) => ({ value: String(yes), label: ui(yes ? 'yes' : 'no') }))
          : field.choices.map(({ key, names }) => ({ value: key, label: named(names) || key }))
      return <Several label={label} placeholder={t('filter.any')} value={wish?.is} options={options} choose={(is) => set({ is })} />
    }
  }
}
