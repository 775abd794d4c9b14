import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useFormat } from '#ui/format.ts'
import { DayInput, NumberInput } from '#ui/inputs.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import {
  figureColumns,
  personalColumns,
  questionsFor,
  type SegmentColumnName,
  type SegmentCondition,
  type SegmentDefinition,
  type SegmentQuestion,
  segmentColumnNames,
  segmentColumns,
} from '../domain/segment.ts'
import './subject.css'

interface Props {
  readonly value: SegmentDefinition
  readonly onChange: (value: SegmentDefinition) => void
}
type Group = SegmentDefinition['groups'][number]

const freshCondition: SegmentCondition = { column: 'city', is: 'known' }
/** What somebody begins with: by value, for whoever may see it. */
export const firstDefinition = (seesValue: boolean): SegmentDefinition => ({
  match: 'all',
  groups: [{ match: 'all', conditions: [seesValue ? { column: 'tier', is: 'in', values: ['platinum'] } : freshCondition] }],
})

/** Conditions put together by choosing: groups of conditions, each group and all groups joined by "all" or "any". */
export function SegmentBuilder({ value, onChange }: Props) {
  const t = useWords('customers')
  const groups = value.groups
  const setGroup = (at: number, group: Group | null) =>
    onChange({ ...value, groups: group ? groups.toSpliced(at, 1, group) : groups.toSpliced(at, 1) })
  return (
    <div className="segment-groups">
      {groups.length > 1 && (
        <Matching label={t('segments.groups')} value={value.match} onChange={(match) => onChange({ ...value, match })} />
      )}
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no name but their place
        <GroupFields key={`${at} ${group.conditions.length}`} group={group} onChange={(next) => setGroup(at, next)} />
      ))}
      <div>
        <Button
          icon={<PlusOutlined />}
          onClick={() => onChange({ ...value, groups: [...groups, { match: 'all', conditions: [freshCondition] }] })}
          disabled={groups.length >= 10}
        >
          {t('segments.addGroup')}
        </Button>
      </div>
    </div>
  )
}

function GroupFields({ group, onChange }: { group: Group; onChange: (group: Group | null) => void }) {
  const t = useWords('customers')
  const { conditions } = group
  const set = (at: number, condition: SegmentCondition | null) => {
    const next = condition ? conditions.toSpliced(at, 1, condition) : conditions.toSpliced(at, 1)
    onChange(next.length === 0 ? null : { ...group, conditions: next })
  }
  return (
    <div className="segment-group">
      {conditions.length > 1 && (
        <Matching label={t('segments.conditions')} value={group.match} onChange={(match) => onChange({ ...group, match })} />
      )}
      {conditions.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name but their place
        <ConditionFields key={`${at} ${condition.column}`} condition={condition} onChange={(next) => set(at, next)} />
      ))}
      <div>
        <Button
          type="text"
          icon={<PlusOutlined />}
          disabled={conditions.length >= 20}
          onClick={() => onChange({ ...group, conditions: [...conditions, freshCondition] })}
        >
          {t('segments.addCondition')}
        </Button>
      </div>
    </div>
  )
}

function Matching({ label, value, onChange }: { label: string; value: 'all' | 'any'; onChange: (value: 'all' | 'any') => void }) {
  const t = useWords('customers')
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={onChange}
      options={(['all', 'any'] as const).map((one) => ({ value: one, label: t(`segments.match.${one}`) }))}
      style={{ width: 'fit-content' }}
    />
  )
}

function ConditionFields({ condition, onChange }: { condition: SegmentCondition; onChange: (condition: SegmentCondition | null) => void }) {
  const t = useWords('customers')
  const { may } = useSession()
  const columns = segmentColumnNames.filter(
    (name) =>
      name === condition.column ||
      ((may('value.read') || !figureColumns.includes(name)) && (may('customers.read-personal') || !personalColumns.includes(name))),
  )
  const questions = questionsFor(condition.column).flatMap((is) => [
    { value: is as string, label: t(`segments.question.${is}`) },
    { value: `not-${is}`, label: t(`segments.question.not-${is}`) },
  ])
  const ask = (chosen: string) => {
    const not = chosen.startsWith('not-')
    const is = (not ? chosen.slice(4) : chosen) as SegmentQuestion
    onChange({ column: condition.column, is, ...(not ? { not } : {}), ...(is === condition.is ? boundsOf(condition) : initialOf(is)) })
  }
  const choose = (column: SegmentColumnName) => {
    const is = questionsFor(column)[0]!
    onChange({ column, is, ...initialOf(is) })
  }
  return (
    <div className="segment-condition">
      <Select
        showSearch
        optionFilterProp="label"
        aria-label={t('segments.column')}
        value={condition.column}
        onChange={choose}
        options={columns.map((value) => ({ value, label: t(`segments.columns.${value}`) }))}
      />
      <Select
        aria-label={t('segments.ask')}
        value={condition.not ? `not-${condition.is}` : condition.is}
        onChange={ask}
        options={questions}
      />
      <Answer condition={condition} onChange={onChange} />
      <Button type="text" icon={<DeleteOutlined />} aria-label={t('segments.removeCondition')} onClick={() => onChange(null)} />
    </div>
  )
}

const initialOf = (is: SegmentQuestion): Partial<SegmentCondition> => (is === 'in' ? { values: [] } : is === 'within' ? { days: 30 } : {})
const boundsOf = ({ column: _, is: __, not: ___, ...rest }: SegmentCondition) => rest

function Answer({ condition, onChange }: { condition: SegmentCondition; onChange: (condition: SegmentCondition) => void }) {
  const t = useWords('customers')
  const wordOf = useWordOf()
  const owners = usePeople()
  const { column, is } = condition
  const { kind, words } = segmentColumns[column] as { kind: string; words?: readonly string[] }
  if (is === 'known') return null
  if (is === 'within')
    return (
      <div className="segment-bound">
        <NumberInput
          kind="number"
          min={0}
          max={36_500}
          unit={t('segments.days')}
          aria-label={t('segments.days')}
          value={condition.days ?? null}
          onChange={(days) => onChange({ ...condition, days: days ?? 0 })}
        />
      </div>
    )
  if (is === 'in')
    return (
      <Select
        className="segment-values"
        mode={words || column === 'owner' ? 'multiple' : 'tags'}
        aria-label={t('segments.values')}
        placeholder={t('segments.values')}
        value={[...(condition.values ?? [])]}
        onChange={(values: string[]) => onChange({ ...condition, values })}
        options={column === 'owner' ? owners.choices : (words ?? []).map((value) => ({ value, label: wordOf(column, value) }))}
      />
    )
  const bound = (side: 'from' | 'to') => {
    const value = condition[side]
    const set = (next: number | string | null) => {
      const { [side]: _, ...rest } = condition
      onChange(next === null || next === '' ? rest : { ...rest, [side]: next })
    }
    const label = t(`segments.${side}`)
    if (kind === 'day') return <DayInput aria-label={label} value={typeof value === 'string' ? value : null} onChange={set} />
    const held = typeof value === 'number' ? value : null
    return (
      <NumberInput
        kind={kind === 'money' ? 'money' : kind === 'share' ? 'percent' : 'number'}
        aria-label={label}
        value={held}
        onChange={set}
      />
    )
  }
  return (
    <>
      <span className="muted">{t('segments.from')}</span>
      <div className="segment-bound">{bound('from')}</div>
      <span className="muted">{t('segments.to')}</span>
      <div className="segment-bound">{bound('to')}</div>
    </>
  )
}

/** What a value of a column is called. */
export function useWordOf(): (column: SegmentColumnName, value: string) => string {
  const t = useWords('customers')
  const owners = usePeople()
  return (column, value) => {
    if (column === 'tier') return t(`ui:tier.${value}`)
    if (column === 'owner') return owners.nameOf(value) ?? value
    if (column === 'valueLabel' || column === 'activity' || column === 'segment' || column === 'kind') return t(`${column}.${value}`)
    return value
  }
}

/** A definition as a sentence. */
export function useExplained(): (definition: SegmentDefinition) => string {
  const t = useWords('customers')
  const format = useFormat()
  const wordOf = useWordOf()
  const value = (column: SegmentColumnName, bound: number | string) => {
    const { kind } = segmentColumns[column]
    if (kind === 'day') return format.day(String(bound))
    if (kind === 'money') return format.money(Number(bound))
    return kind === 'share' ? format.percent(Number(bound)) : format.number(Number(bound))
  }
  const one = ({ column, is, not, values = [], from, to, days = 0 }: SegmentCondition) => {
    const name = t(`segments.columns.${column}`)
    const say = (how: string, words: object) => t(`segments.says.${not ? 'not-' : ''}${how}`, { name, ...words })
    if (is === 'known') return say('known', {})
    if (is === 'within') return say('within', { days: format.number(days) })
    if (is === 'in') return say('in', { values: values.map((word) => wordOf(column, word)).join(t('segments.says.or')) })
    if (from === undefined) return say('to', { to: value(column, to ?? 0) })
    if (to === undefined) return say('from', { from: value(column, from) })
    return say('between', { from: value(column, from), to: value(column, to) })
  }
  return ({ match, groups }) => {
    const asked = groups.filter(({ conditions }) => conditions.length > 0)
    if (asked.length === 0) return t('segments.says.everybody')
    const sentences = asked.map((group) => {
      const text = group.conditions.map(one).join(t(group.match === 'all' ? 'segments.says.and' : 'segments.says.either'))
      return asked.length > 1 && group.conditions.length > 1 ? t('segments.says.group', { text }) : text
    })
    return sentences.join(t(match === 'all' ? 'segments.says.and' : 'segments.says.orElse'))
  }
}
