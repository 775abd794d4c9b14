import { FilterOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { DayInput, NumberInput } from '#ui/inputs.tsx'
import { PopoverButton } from '#ui/popover-button.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { customerKinds } from '../domain/archive.ts'
import { activities, segments, tiers, valueLabels } from '../domain/book.ts'
import type { ListInput } from './list-query.ts'
import { useOwners } from './owners.ts'

type Change = (patch: Partial<ListInput>) => void

/** Search, the two filters that everybody uses, and the others behind a button that says how many are set. */
export function Filters({ input, change }: { input: ListInput; change: Change }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const set = more.filter((key) => input[key] !== undefined).length
  return (
    <>
      <SearchBox text={input.q ?? ''} search={(q) => change({ q: q || undefined })} />
      <Several
        label={t('filter.tier')}
        value={input.tier}
        options={tiers.toReversed().map((value) => ({ value, label: ui(`tier.${value}`) }))}
        choose={(tier) => change({ tier: tier as ListInput['tier'] })}
      />
      <Several
        label={t('filter.valueLabel')}
        value={input.valueLabel}
        options={valueLabels.toReversed().map((value) => ({ value, label: t(`valueLabel.${value}`) }))}
        choose={(valueLabel) => change({ valueLabel: valueLabel as ListInput['valueLabel'] })}
      />
      <PopoverButton icon={<FilterOutlined />} count={set} content={() => <MoreFilters input={input} change={change} />}>
        {t('filter.more')}
      </PopoverButton>
    </>
  )
}

const more = [
  'activity',
  'segment',
  'owner',
  'city',
  'tag',
  'kind',
  'lastOrderFrom',
  'lastOrderTo',
  'lifetimeValueFrom',
  'lifetimeValueTo',
  'profitFrom',
  'profitTo',
  'recencyScore',
  'frequencyScore',
  'monetaryScore',
] as const satisfies readonly (keyof ListInput)[]

/** Searches with a pause in typing, so that the list does not run after every letter. */
function SearchBox({ text, search }: { text: string; search: (text: string) => void }) {
  const t = useWords('customers')
  const [typed, setTyped] = useState(text)
  useEffect(() => setTyped(text), [text])
  useEffect(() => {
    if (typed.trim() === text) return
    const timer = setTimeout(() => search(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed, text, search])
  return (
    <Input.Search
      className="customer-search"
      value={typed}
      allowClear
      placeholder={t('filter.search')}
      aria-label={t('filter.search')}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(value) => search(value.trim())}
    />
  )
}

function Several({
  label,
  placeholder = label,
  value,
  options,
  choose,
  free = false,
}: {
  label: string
  placeholder?: string
  value: readonly string[] | undefined
  options: readonly { value: string; label: string }[]
  choose: (values: string[] | undefined) => void
  free?: boolean
}) {
  const ui = useWords('ui')
  return (
    <Select<string[]>
      mode={free ? 'tags' : 'multiple'}
      className="customer-filter"
      value={[...(value ?? [])]}
      options={[...options]}
      placeholder={placeholder}
      aria-label={label}
      allowClear={{ label: ui('clear') }}
      maxTagCount="responsive"
      tokenSeparators={[',']}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(values) => choose(values.length === 0 ? undefined : values.map((one) => one.replaceAll(',', ' ')))}
    />
  )
}

function MoreFilters({ input, change }: { input: ListInput; change: Change }) {
  const t = useWords('customers')
  const owners = useOwners()
  const words = useRead(api.filterWords, {})
  // The most frequent are offered; any other can be typed.
  const free = (key: 'city' | 'tag') => (
    <Labelled label={t(`filter.${key}`)}>
      <Several
        label={t(`filter.${key}`)}
        placeholder={t('filter.any')}
        value={input[key]}
        options={(words.data?.[key] ?? []).map((value) => ({ value, label: value }))}
        free
        choose={(values) => change({ [key]: values })}
      />
    </Labelled>
  )
  const day = (key: 'lastOrderFrom' | 'lastOrderTo') => (
    <Labelled label={t(`filter.${key}`)}>
      <DayInput value={input[key] ?? null} onChange={(value) => change({ [key]: value ?? undefined })} aria-label={t(`filter.${key}`)} />
    </Labelled>
  )
  const amount = (key: 'lifetimeValueFrom' | 'lifetimeValueTo' | 'profitFrom' | 'profitTo') => (
    <Labelled label={t(`filter.${key}`)}>
      <NumberInput
        kind="money"
        value={input[key] ?? null}
        onChange={(value) => change({ [key]: value ?? undefined })}
        aria-label={t(`filter.${key}`)}
      />
    </Labelled>
  )
  const clear = () => change(Object.fromEntries(more.map((key) => [key, undefined])))
  return (
    <div className="customer-more">
      <Labelled label={t('filter.activity')}>
        <Several
          label={t('filter.activity')}
          placeholder={t('filter.any')}
          value={input.activity}
          options={activities.map((value) => ({ value, label: t(`activity.${value}`) }))}
          choose={(values) => change({ activity: values as ListInput['activity'] })}
        />
      </Labelled>
      <Labelled label={t('filter.owner')}>
        <Several
          label={t('filter.owner')}
          placeholder={t('filter.any')}
          value={input.owner}
          options={owners.choices}
          choose={(owner) => change({ owner })}
        />
      </Labelled>
      {free('city')}
      {free('tag')}
      <Labelled label={t('filter.segment')}>
        <Several
          label={t('filter.segment')}
          placeholder={t('filter.any')}
          value={input.segment}
          options={segments.map((value) => ({ value, label: t(`segment.${value}`) }))}
          choose={(values) => change({ segment: values as ListInput['segment'] })}
        />
      </Labelled>
      <Labelled label={t('filter.kind')}>
        <Select
          className="customer-filter"
          value={input.kind ?? null}
          allowClear={{ label: t('ui:clear') }}
          placeholder={t('filter.any')}
          aria-label={t('filter.kind')}
          options={customerKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(kind) => change({ kind: kind ?? undefined })}
        />
      </Labelled>
      {day('lastOrderFrom')}
      {day('lastOrderTo')}
      {amount('lifetimeValueFrom')}
      {amount('lifetimeValueTo')}
      {amount('profitFrom')}
      {amount('profitTo')}
      <Button onClick={clear}>{t('list.clear')}</Button>
    </div>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset per single control would be read twice
    <div role="group" aria-labelledby={id}>
      <div id={id} className="customer-label">
        {label}
      </div>
      {children}
    </div>
  )
}
