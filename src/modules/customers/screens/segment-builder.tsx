import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { DayInput, NumberInput } from '#ui/inputs.tsx'
import { PeopleChoice } from '#ui/people-choice.tsx'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import { ownColumn } from '../domain/own-fields.ts'
import {
  type AskedColumn,
  figureColumns,
  personalColumns,
  questionsFor,
  type SegmentCondition,
  type SegmentDefinition,
  type SegmentQuestion,
  segmentColumnNames,
} from '../domain/segment.ts'
import { useOwnFields } from './own-columns.tsx'
import { useSegmentWords } from './segment-words.ts'
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
  const { nameOf, columnOf } = useSegmentWords()
  const ownFields = useOwnFields()
  const kind = columnOf(condition.column)?.kind
  const questions = (kind ? questionsFor(kind) : []).flatMap((is) => [
    { value: is as string, label: t(`segments.question.${is}`) },
    { value: `not-${is}`, label: t(`segments.question.not-${is}`) },
  ])
  const ask = (chosen: string) => {
    const not = chosen.startsWith('not-')
    const is = (not ? chosen.slice(4) : chosen) as SegmentQuestion
    onChange({ column: condition.column, is, ...(not ? { not } : {}), ...(keeps(condition.is, is) ? boundsOf(condition) : initialOf(is)) })
  }
  const choose = (column: AskedColumn) => {
    const is = questionsFor(columnOf(column)?.kind ?? 'flag')[0]!
    onChange({ column, is, ...initialOf(is) })
  }
  const option = (value: AskedColumn) => ({ value, label: nameOf(value) })
  const usual = columns.map(option)
  const own = ownFields.map(({ id }) => option(ownColumn(id)))
  // A field that was removed since is named as such instead of by its id.
  const gone = kind ? [] : [option(condition.column)]
  return (
    <div className="segment-condition">
      <Select<AskedColumn, { value: AskedColumn; label: string } | { label: string; options: { value: AskedColumn; label: string }[] }>
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('segments.column')}
        value={condition.column}
        onChange={choose}
        options={
          own.length === 0
            ? [...usual, ...gone]
            : [{ label: t('own.title'), options: own }, { label: t('segments.usual'), options: usual }, ...gone]
        }
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

const asksWords = (is: SegmentQuestion) => is === 'in' || is === 'all' || is === 'contains'
const asksDays = (is: SegmentQuestion) => is === 'within' || is === 'ahead'
const initialOf = (is: SegmentQuestion): Partial<SegmentCondition> => (asksWords(is) ? { values: [] } : asksDays(is) ? { days: 30 } : {})
/** Whether what was filled in for one question also answers the other. */
const keeps = (before: SegmentQuestion, after: SegmentQuestion) =>
  before === after || (asksWords(before) && asksWords(after)) || (asksDays(before) && asksDays(after))
const boundsOf = ({ column: _, is: __, not: ___, ...rest }: SegmentCondition) => rest

function Answer({ condition, onChange }: { condition: SegmentCondition; onChange: (condition: SegmentCondition) => void }) {
  const t = useWords('customers')
  const { wordOf, columnOf } = useSegmentWords()
  const { column, is } = condition
  const { kind, words } = columnOf(column) ?? {}
  if (is === 'known' || kind === undefined) return null
  if (asksDays(is))
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
  if (column === 'owner' && asksWords(is))
    return (
      <PeopleChoice
        several
        className="segment-values"
        aria-label={t('segments.values')}
        placeholder={t('segments.values')}
        value={condition.values ?? []}
        onChange={(values) => onChange({ ...condition, values })}
      />
    )
  if (asksWords(is))
    return (
      <Select
        className="segment-values"
        mode={words ? 'multiple' : 'tags'}
        aria-label={t('segments.values')}
        placeholder={t('segments.values')}
        value={[...(condition.values ?? [])]}
        onChange={(values: string[]) => onChange({ ...condition, values })}
        options={(words ?? []).map((value) => ({ value, label: wordOf(column, value) }))}
      />
    )
  const bound = (side: 'from' | 'to') => {
    const value = condition[side]
    const set = (next: number | string | null) => {
      const { [side]: _, ...rest } = condition
      onChange(next === null || next === '' ? rest : { ...rest, [side]: next })
    }
    const label = t(`segments.${side}`)
    if (kind === 'day' || kind === 'date')
      return <DayInput aria-label={label} value={typeof value === 'string' ? value : null} onChange={set} />
    const held = typeof value === 'number' ? value : null
    return (
      <NumberInput
        kind={kind === 'money' ? 'money' : kind === 'share' ? 'percent' : 'number'}
        {...(column.startsWith('own:') && kind === 'number' ? { digits: 2 } : {})}
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
