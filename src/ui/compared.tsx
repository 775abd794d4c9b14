/** What somebody else saved while something was typed, for forms that keep what is typed by themselves and for those of `Form` (see meanwhile.tsx). */
import { Alert, Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { hasEdits, mergeEdits } from './merge-edits.ts'
import { useWords } from './words.ts'

type Values = Readonly<Record<string, unknown>>

export interface Comparison {
  readonly taken: readonly string[]
  /** What the other one wrote, of fields that both changed. */
  readonly disputed: Values
}

/** What came by another comparison goes to what is still open. */
export const comparedWith = (before: Comparison | null, taken: readonly string[], disputed: Values): Comparison => ({
  taken: [...new Set([...(before?.taken ?? []), ...taken])],
  disputed: { ...before?.disputed, ...disputed },
})
export const without = (compared: Comparison | null, decided: string): Comparison | null =>
  compared && { ...compared, disputed: Object.fromEntries(Object.entries(compared.disputed).filter(([name]) => name !== decided)) }
export const saysSomething = ({ taken, disputed }: Comparison): boolean => taken.length > 0 || Object.keys(disputed).length > 0

interface ComparedProps {
  readonly compared: Comparison
  readonly label: (name: string) => string
  readonly shown: (name: string, value: unknown) => string
  readonly decide: (name: string, take: boolean) => void
}

/** Whether something has still to be chosen; until then saving would overwrite it in silence. */
export const isDisputed = (compared: Comparison | null): boolean => compared !== null && Object.keys(compared.disputed).length > 0

/** Both states beside each other, and the choice. */
export function Compared({ compared, label, shown, decide }: ComparedProps) {
  const t = useWords('ui')
  const disputed = Object.entries(compared.disputed)
  return (
    <Alert
      className="form-wide"
      role="alert"
      type="warning"
      showIcon
      title={t('meanwhile.title')}
      description={
        <>
          {compared.taken.length > 0 && <p>{t('meanwhile.taken', { fields: compared.taken.map(label).join(t('comma')) })}</p>}
          {disputed.length > 0 && (
            <ul className="plain-list">
              {disputed.map(([name, theirs]) => (
                <li key={name}>
                  <b>{label(name)}</b>: {t('meanwhile.theirs', { value: shown(name, theirs) })}{' '}
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
      }
    />
  )
}

/**
 * What is typed in a form that keeps it by itself. A newer state is taken over wherever nothing was typed; what both changed is shown:
 *
 *   const typed = useMerged({ note: stored.note })    // typed.values, typed.set({ note }), typed.changed
 *   {typed.compared && <Compared compared={typed.compared} decide={typed.decide} label={…} shown={…} />}
 */
export function useMerged<V extends object>(newest: V) {
  const [values, setValues] = useState(newest)
  const [compared, setCompared] = useState<Comparison | null>(null)
  const began = useRef(newest)
  const text = JSON.stringify(newest)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per newer state; what is typed is that of the moment
  useEffect(() => {
    if (text === JSON.stringify(began.current)) return
    const typed = hasEdits(began.current as Values, values as Values)
    const { taken, disputed } = mergeEdits(began.current as Values, values as Values, newest as Values)
    began.current = newest
    setValues(typed ? { ...values, ...taken } : newest)
    const theirs = Object.fromEntries(disputed.map((name) => [name, (newest as Values)[name]]))
    // Who typed nothing loses nothing and sees the new state at once.
    setCompared((before) => (typed ? sayingSomething(comparedWith(before, Object.keys(taken), theirs)) : null))
  }, [text])
  return {
    values,
    set: (part: Partial<V>) => setValues((now) => ({ ...now, ...part })),
    changed: hasEdits(newest as Values, values as Values),
    compared,
    decide: (name: string, take: boolean) => {
      if (take) setValues((now) => ({ ...now, [name]: compared?.disputed[name] }))
      setCompared((before) => without(before, name))
    },
    saved: () => setCompared(null),
  }
}

const sayingSomething = (compared: Comparison) => (saysSomething(compared) ? compared : null)
