/**
 * Two people edited the same at once: what the other changed where this form had nothing is taken over, what both changed stands side by side, and nothing is
 * overwritten in silence. A form uses it by itself as soon as `initial` says something newer.
 */
import { Alert, type FormInstance } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { isMeanwhile, type Problem } from './client.ts'
import { Compared, type Comparison, comparedWith, saysSomething, without } from './compared.tsx'
import type { Field } from './form.tsx'
import { useFormat } from './format.ts'
import { hasEdits, mergeEdits } from './merge-edits.ts'
import { useNames } from './names.ts'
import { useDuration } from './use-duration.ts'
import { useWords } from './words.ts'

type Values = Readonly<Record<string, unknown>>

/** What a form has sent, and what became of it. */
export interface Sent {
  readonly values: Values
  readonly state: 'sending' | 'saved' | 'refused'
}

export function Meanwhile<V>({
  form,
  fields,
  initial,
  sent,
  problem,
  onTaken,
}: {
  form: FormInstance
  fields: readonly Field<V>[]
  initial: Values
  sent: Sent | null
  problem: Problem | null
  onTaken: () => void
}) {
  const t = useWords('ui')
  const began = useRef(initial)
  const seen = useRef(JSON.stringify(initial))
  const answered = useRef(sent)
  /** What was saved here comes back, perhaps tidied up: nobody else's change. */
  const own = useRef(false)
  const [compared, setCompared] = useState<Comparison | null>(null)
  const show = useShown()
  const newest = JSON.stringify(initial)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per newer state and once per answer
  useEffect(() => {
    // As long as there is no answer, nobody knows whose change a newer state is.
    if (sent?.state === 'sending') return
    if (sent?.state === 'saved' && sent !== answered.current) {
      setCompared(null)
      own.current = hasEdits(began.current, sent.values)
      began.current = { ...began.current, ...sent.values }
    }
    answered.current = sent
    if (newest === seen.current) return
    seen.current = newest
    const names: readonly string[] = fields.map(({ name }) => name)
    const theirs = Object.fromEntries(names.map((name) => [name, initial[name]]))
    const { taken, disputed } = mergeEdits(began.current, form.getFieldsValue(true) as Values, theirs)
    // What has no field at the moment follows, too: it may get one.
    form.setFieldsValue({ ...Object.fromEntries(Object.entries(initial).filter(([name]) => !names.includes(name))), ...taken } as never)
    began.current = initial
    if (Object.keys(taken).length > 0) onTaken()
    const foreign = own.current ? [] : Object.keys(taken)
    own.current = false
    setCompared((before) => {
      const after = comparedWith(before, foreign, Object.fromEntries(disputed.map((name) => [name, theirs[name]])))
      return saysSomething(after) || isMeanwhile(problem) ? after : null
    })
  }, [newest, sent])
  if (compared)
    return (
      <Compared
        compared={compared}
        label={(name) => fields.find((field) => field.name === name)?.label ?? name}
        shown={(name, value) =>
          show(
            fields.find((field) => field.name === name),
            value,
          )
        }
        decide={(name, take) => {
          if (take) form.setFieldValue(name, compared.disputed[name])
          setCompared((before) => without(before, name))
        }}
      />
    )
  if (!isMeanwhile(problem)) return null
  return <Alert className="form-wide" role="alert" type="warning" showIcon title={t('meanwhile.looking')} />
}

/** A value of a field in words. */
function useShown() {
  const t = useWords('ui')
  const format = useFormat()
  const personOf = useNames()
  const duration = useDuration()
  return <V,>(field: Field<V> | undefined, value: unknown): string => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return t('meanwhile.nothing')
    if (field?.kind === 'choice') {
      const named = (one: unknown) => field.options.find((option) => option.value === one)?.label ?? String(one)
      return [value].flat().map(named).join(t('comma'))
    }
    if (field?.kind === 'people')
      return [value]
        .flat()
        .map((id) => personOf(String(id))?.name ?? t('by.unknown'))
        .join(t('comma'))
    if (field?.kind === 'duration') return duration(Number(value), field.isWorking)
    if (field?.kind === 'money') return format.money(Number(value), field.currency)
    if (field?.kind === 'percent') return format.percent(Number(value), field.digits ?? 1)
    if (field?.kind === 'day') return format.day(String(value))
    if (field?.kind === 'moment' && value instanceof Date) return format.instant(value)
    if (field?.kind === 'yes') return value === true ? t('yes') : t('no')
    if (typeof value === 'object') return wordsIn(value).join(' · ')
    return String(value)
  }
}

/** The words of a value that a control of its own holds, such as a text in several languages. */
const wordsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? value.trim() === ''
      ? []
      : [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(wordsIn)
      : []
