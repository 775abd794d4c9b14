import { useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import { useWords } from '#ui/words.ts'
import { fieldOfColumn } from '../domain/own-fields.ts'
import { type AskedColumn, columnOf, type SegmentColumn, type SegmentCondition, type SegmentDefinition } from '../domain/segment.ts'
import { useNamed } from './named.ts'
import { useOwnFields } from './own-columns.tsx'

/** What columns and their values are called, those of the company's own fields too. */
export function useSegmentWords(): {
  readonly nameOf: (column: AskedColumn) => string
  readonly wordOf: (column: AskedColumn, value: string) => string
  readonly columnOf: (column: AskedColumn) => SegmentColumn | undefined
} {
  const t = useWords('customers')
  const ui = useWords('ui')
  const owners = usePeople()
  const named = useNamed()
  const fields = useOwnFields()
  const fieldOf = (column: AskedColumn) => fields.find(({ id }) => id === fieldOfColumn(column))
  return {
    columnOf: (column) => columnOf(column, fields),
    nameOf(column) {
      if (fieldOfColumn(column) === null) return t(`segments.columns.${column}`)
      const field = fieldOf(column)
      return field ? named(field.names) : t('segments.removedField')
    },
    wordOf(column, value) {
      const field = fieldOf(column)
      if (column === 'target' || field?.type === 'yes') return ui(value === 'true' ? 'yes' : 'no')
      if (field) {
        const choice = field.choices.find(({ key }) => key === value)
        return choice ? named(choice.names) || value : value
      }
      if (column === 'tier') return ui(`tier.${value}`)
      if (column === 'owner') return owners.nameOf(value) ?? value
      const words = wordsOf[column as keyof typeof wordsOf]
      return words ? t(`${words}.${value}`) : value
    },
  }
}

/** Where the words of a column's values stand. */
const wordsOf = {
  kind: 'kind',
  phase: 'phase',
  valueLabel: 'valueLabel',
  activity: 'activity',
  segment: 'segment',
  priceSensitivity: 'sensitivity',
  expectationBefore: 'expectation',
  expectationDuring: 'expectation',
  expectationAfter: 'expectation',
  preferredChannel: 'likedChannel',
} as const

/** A definition as a sentence. */
export function useExplained(): (definition: SegmentDefinition) => string {
  const t = useWords('customers')
  const format = useFormat()
  const { nameOf, wordOf, columnOf } = useSegmentWords()
  const bound = (column: AskedColumn, value: number | string) => {
    switch (columnOf(column)?.kind) {
      case 'day':
      case 'date':
        return format.day(String(value))
      case 'money':
        return format.money(Number(value))
      case 'share':
        return format.percent(Number(value))
      default:
        return typeof value === 'number' ? format.number(value, 2) : value
    }
  }
  const one = ({ column, is, not, values = [], from, to, days = 0 }: SegmentCondition) => {
    const say = (how: string, words: object) => t(`segments.says.${not ? 'not-' : ''}${how}`, { name: nameOf(column), ...words })
    const joined = (by: 'or' | 'and') => values.map((value) => wordOf(column, value)).join(t(`segments.says.${by}`))
    switch (is) {
      case 'known':
        return say('known', {})
      case 'within':
      case 'ahead':
        return say(is, { days: format.number(days) })
      case 'in':
      case 'contains':
        return say(is, { values: joined('or') })
      case 'all':
        return say(is, { values: joined('and') })
      case 'between':
        if (from === undefined) return say('to', { to: bound(column, to ?? 0) })
        if (to === undefined) return say('from', { from: bound(column, from) })
        return say('between', { from: bound(column, from), to: bound(column, to) })
    }
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
