/**
 * Two people edited the same at once: what the other changed where this form had nothing is taken over, what both changed stands side by side, and nothing is
 * overwritten in silence. A form uses it by itself as soon as `initial` says something newer.
 */
import { Alert, Button, type FormInstance } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { isMeanwhile, type Problem } from './client.ts'
import type { Field } from './form.tsx'
import { useFormat } from './format.ts'
import { mergeEdits } from './merge-edits.ts'
import { useWords } from './words.ts'

type Values = Readonly<Record<string, unknown>>

interface Comparison {
  readonly taken: readonly string[]
  readonly disputed: Values
}

export function Meanwhile<V>({
  form,
  fields,
  initial,
  problem,
}: {
  form: FormInstance
  fields: readonly Field<V>[]
  initial: Values
  problem: Problem | null
}) {
  const t = useWords('ui')
  const began = useRef(initial)
  const [compared, setCompared] = useState<Comparison | null>(null)
  const show = useShown()
  const newest = JSON.stringify(initial)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per newer state that came after a refusal
  useEffect(() => {
    if (!isMeanwhile(problem) || newest === JSON.stringify(began.current)) return
    const theirs = Object.fromEntries(fields.map(({ name }) => [name, initial[name]]))
    const { taken, disputed } = mergeEdits(began.current, form.getFieldsValue(true) as Values, theirs)
    form.setFieldsValue(taken as never)
    began.current = initial
    setCompared({ taken: Object.keys(taken), disputed: Object.fromEntries(disputed.map((name) => [name, theirs[name]])) })
  }, [newest, problem])
  if (!isMeanwhile(problem)) return null
  const of = (name: string) => fields.find((field) => field.name === name)
  const decide = (name: string, take: boolean) => {
    if (take) form.setFieldValue(name, compared?.disputed[name])
    setCompared(
      (before) =>
        before && { ...before, disputed: Object.fromEntries(Object.entries(before.disputed).filter(([other]) => other !== name)) },
    )
  }
  const disputed = Object.entries(compared?.disputed ?? {})
  const label = (name: string) => of(name)?.label ?? name
  return (
    <Alert
      className="form-wide"
      role="alert"
      type="warning"
      showIcon
      title={compared ? t('meanwhile.title') : t('meanwhile.looking')}
      description={
        compared && (
          <>
            {compared.taken.length > 0 && <p>{t('meanwhile.taken', { fields: compared.taken.map(label).join(t('comma')) })}</p>}
            {disputed.length > 0 && (
              <ul className="plain-list">
                {disputed.map(([name, theirs]) => (
                  <li key={name}>
                    <b>{label(name)}</b>: {t('meanwhile.theirs', { value: show(of(name), theirs) })}{' '}
                    <Button size="small" onClick={() => decide(name, true)}>
                      {t('meanwhile.take')}
                    </Button>{' '}
                    <Button size="small" onClick={() => decide(name, false)}>
                      {t('meanwhile.keep')}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
            <p>{disputed.length > 0 ? t('meanwhile.decide') : t('meanwhile.again')}</p>
          </>
        )
      }
    />
  )
}

/** A value of a field in words. */
function useShown() {
  const t = useWords('ui')
  const format = useFormat()
  return <V,>(field: Field<V> | undefined, value: unknown): string => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return t('meanwhile.nothing')
    if (field?.kind === 'choice') {
      const named = (one: unknown) => field.options.find((option) => option.value === one)?.label ?? String(one)
      return [value].flat().map(named).join(t('comma'))
    }
    if (field?.kind === 'money') return format.money(Number(value), field.currency)
    if (field?.kind === 'percent') return format.percent(Number(value), field.digits ?? 1)
    if (field?.kind === 'day') return format.day(String(value))
    if (field?.kind === 'yes') return value === true ? t('yes') : t('no')
    return String(value)
  }
}
