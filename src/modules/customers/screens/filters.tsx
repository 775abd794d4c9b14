import { FilterOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { Labelled, Several } from '#ui/filter-parts.tsx'
import { DayInput, NumberInput } from '#ui/inputs.tsx'
import { PeopleChoice } from '#ui/people-choice.tsx'
import { PopoverButton } from '#ui/popover-button.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { customerKinds, customerRoles, priceSensitivities, relationPhases } from '../domain/archive.ts'
import { activities, segments, tiers, valueLabels } from '../domain/book.ts'
import { nobodys } from '../domain/customer-list.ts'
import type { ListInput } from './customer-query.ts'
import { MayContact, OwnFilters } from './own-filters.tsx'
import { SegmentChip, SegmentFilter } from './segment-filter.tsx'

type Change = (patch: Partial<ListInput>) => void

/** Search, the two filters that everybody uses, and the others behind a button that says how many are set. */
export function Filters({ input, change }: { input: ListInput; change: Change }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const { may } = useSession()
  const set = more.filter((key) => input[key] !== undefined).length
  return (
    <>
      <SearchBox text={input.q ?? ''} search={(q) => change({ q: q || undefined })} />
      {may('value.read') && (
        <>
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
        </>
      )}
      <PopoverButton icon={<FilterOutlined />} count={set} content={() => <MoreFilters input={input} change={change} />}>
        {t('filter.more')}
      </PopoverButton>
      {input.inSegment && <SegmentChip segmentId={input.inSegment} remove={() => change({ inSegment: undefined })} />}
    </>
  )
}

const more = [
  'activity',
  'segment',
  'inSegment',
  'owner',
  'city',
  'tag',
  'kind',
  'role',
  'phase',
  'target',
  'region',
  'priceSensitivity',
  'incomeBand',
  'occupation',
  'interest',
  'trait',
  'ageFrom',
  'ageTo',
  'mayContact',
  'own',
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

function MoreFilters({ input, change }: { input: ListInput; change: Change }) {
  const t = useWords('customers')
  const { may } = useSession()
  const words = useRead(api.filterWords, {})
  // The most frequent are offered; any other can be typed.
  const free = (key: 'city' | 'tag' | 'region' | 'incomeBand' | 'occupation' | 'interest' | 'trait') => (
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
  const several = (key: 'role' | 'phase' | 'priceSensitivity', texts: string, values: readonly string[]) => (
    <Labelled label={t(`filter.${key}`)}>
      <Several
        label={t(`filter.${key}`)}
        placeholder={t('filter.any')}
        value={input[key]}
        options={values.map((value) => ({ value, label: t(`${texts}.${value}`) }))}
        choose={(chosen) => change({ [key]: chosen })}
      />
    </Labelled>
  )
  const age = (key: 'ageFrom' | 'ageTo') => (
    <Labelled label={t(`filter.${key}`)}>
      <NumberInput
        kind="number"
        min={0}
        max={150}
        value={input[key] ?? null}
        onChange={(value) => change({ [key]: value ?? undefined })}
        aria-label={t(`filter.${key}`)}
      />
    </Labelled>
  )
  const clear = () => change(Object.fromEntries(more.map((key) => [key, undefined])))
  return (
    <div className="list-filters">
      {may('value.read') && (
        <Labelled label={t('filter.activity')}>
          <Several
            label={t('filter.activity')}
            placeholder={t('filter.any')}
            value={input.activity}
            options={activities.map((value) => ({ value, label: t(`activity.${value}`) }))}
            choose={(values) => change({ activity: values as ListInput['activity'] })}
          />
        </Labelled>
      )}
      <Labelled label={t('filter.owner')}>
        <PeopleChoice
          several
          className="list-filter"
          placeholder={t('filter.any')}
          aria-label={t('filter.owner')}
          value={input.owner}
          more={[{ value: nobodys, label: t('departures.nobody') }]}
          onChange={(owner) => change({ owner: owner.length === 0 ? undefined : owner })}
        />
      </Labelled>
      {free('city')}
      {free('tag')}
      {may('value.read') && (
        <Labelled label={t('filter.segment')}>
          <Several
            label={t('filter.segment')}
            placeholder={t('filter.any')}
            value={input.segment}
            options={segments.map((value) => ({ value, label: t(`segment.${value}`) }))}
            choose={(values) => change({ segment: values as ListInput['segment'] })}
          />
        </Labelled>
      )}
      <SegmentFilter value={input.inSegment} change={(inSegment) => change({ inSegment })} />
      <Labelled label={t('filter.kind')}>
        <Select
          className="list-filter"
          value={input.kind ?? null}
          allowClear={{ label: t('ui:clear') }}
          placeholder={t('filter.any')}
          aria-label={t('filter.kind')}
          options={customerKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(kind) => change({ kind: kind ?? undefined })}
        />
      </Labelled>
      <Labelled label={t('filter.target')}>
        <Select
          className="list-filter"
          value={input.target ?? null}
          allowClear={{ label: t('ui:clear') }}
          placeholder={t('filter.any')}
          aria-label={t('filter.target')}
          options={[true, false].map((value) => ({ value, label: t(`targets.${value}`) }))}
          onChange={(target: boolean | undefined) => change({ target: target ?? undefined })}
        />
      </Labelled>
      {several('role', 'role', customerRoles)}
      {several('phase', 'phase', relationPhases)}
      {free('region')}
      {several('priceSensitivity', 'sensitivity', priceSensitivities)}
      {free('incomeBand')}
      {free('occupation')}
      {free('interest')}
      {free('trait')}
      {may('customers.read-personal') && age('ageFrom')}
      {may('customers.read-personal') && age('ageTo')}
      <Labelled label={t('filter.mayContact')}>
        <MayContact value={input.mayContact} change={(mayContact) => change({ mayContact })} />
      </Labelled>
      <OwnFilters value={input.own ?? []} change={(own) => change({ own: own.length === 0 ? undefined : own })} />
      {may('value.read') && (
        <>
          {day('lastOrderFrom')}
          {day('lastOrderTo')}
          {amount('lifetimeValueFrom')}
          {amount('lifetimeValueTo')}
          {amount('profitFrom')}
          {amount('profitTo')}
        </>
      )}
      <Button onClick={clear}>{t('list.clear')}</Button>
    </div>
  )
}
