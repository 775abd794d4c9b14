/**
 * The single inputs behind a form's fields; each takes `value` and `onChange` and can stand alone in a filter.
 *
 *   <NumberInput kind="money" value={minor} onChange={setMinor} aria-label={…} />      minor units in and out
 *   <NumberInput kind="percent" value={0.05} onChange={setShare} />                    a share in and out
 *   <DayInput value="2011-12-09" onChange={setDay} />      <TextInput kind="email" value={…} onChange={…} />
 *   <MomentInput value={at} onChange={setAt} />            a moment, shown as the clock on the organization's wall shows it
 */
import { Input, InputNumber } from 'antd'
import { useMemo } from 'react'
import { wallClockOffset } from '#modules/organization/domain/wall-clock.ts'
import { decimalsOf, useFormat } from './format.ts'

interface Common<T> {
  readonly id?: string
  readonly value?: T | null
  readonly onChange?: (value: T | null) => void
  readonly disabled?: boolean
  readonly 'aria-label'?: string
  readonly 'aria-required'?: boolean
}

export interface NumberInputProps extends Common<number> {
  readonly kind: 'number' | 'money' | 'percent'
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly digits?: number | undefined
  readonly unit?: string | undefined
  readonly currency?: string | undefined
}

export function NumberInput({ kind, value, onChange, min, max, digits, unit, currency, ...rest }: NumberInputProps) {
  const format = useFormat()
  const ofMoney = currency ?? format.currency
  const precision = kind === 'money' ? decimalsOf(ofMoney) : (digits ?? (kind === 'percent' ? 1 : 0))
  const factor = kind === 'money' ? 10 ** precision : kind === 'percent' ? 0.01 : 1
  // Money goes back to whole minor units; a share keeps what was typed, without the dust of binary fractions.
  const inward = (typed: number) =>
    kind === 'money' ? Math.round(typed * factor) : kind === 'percent' ? Number((typed / 100).toFixed(precision + 2)) : typed
  const outward = (held: number) => (kind === 'percent' ? Number((held * 100).toFixed(precision)) : held / factor)
  const shownUnit = unit ?? (kind === 'money' ? ofMoney : kind === 'percent' ? '%' : undefined)
  return (
    <InputNumber<number>
      {...plain(rest)}
      className="wide"
      value={value == null ? null : outward(value)}
      onChange={(typed) => onChange?.(typed == null ? null : inward(typed))}
      precision={precision}
      {...(min === undefined ? {} : { min: outward(min) })}
      {...(max === undefined ? {} : { max: outward(max) })}
      {...(shownUnit ? { suffix: shownUnit } : {})}
      controls={kind === 'number'}
    />
  )
}

export interface TextInputProps extends Common<string> {
  readonly kind: 'text' | 'email' | 'password' | 'url' | 'phone' | 'area'
  readonly autoComplete?: string
  readonly maxLength?: number
  readonly placeholder?: string
  readonly rows?: number
}

export function TextInput({ kind, value, onChange, rows, autoComplete, maxLength, placeholder, ...rest }: TextInputProps) {
  const shared = {
    ...plain(rest),
    value: value ?? '',
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(autoComplete === undefined ? {} : { autoComplete }),
  }
  if (kind === 'area') return <Input.TextArea {...shared} rows={rows ?? 4} onChange={(event) => onChange?.(event.target.value)} />
  if (kind === 'password') return <Input.Password {...shared} onChange={(event) => onChange?.(event.target.value)} />
  return <Input {...shared} type={kind === 'phone' ? 'tel' : kind} onChange={(event) => onChange?.(event.target.value)} />
}

export interface DayInputProps extends Common<string> {
  readonly min?: string | undefined
  readonly max?: string | undefined
}

/** The browser's own calendar: light, known to everyone's phone, and readable aloud. */
export function DayInput({ value, onChange, min, max, ...rest }: DayInputProps) {
  return (
    <Input
      {...plain(rest)}
      type="date"
      value={value ?? ''}
      {...(min ? { min } : {})}
      {...(max ? { max } : {})}
      onChange={(event) => onChange?.(event.target.value || null)}
    />
  )
}

export interface MomentInputProps extends Common<Date> {
  readonly max?: Date | undefined
}

/** A day and a time of the organization's time zone, wherever the reader is. */
export function MomentInput({ value, onChange, max, ...rest }: MomentInputProps) {
  const { timeZone } = useFormat()
  const offset = useMemo(() => wallClockOffset(timeZone), [timeZone])
  const wall = (at: Date) => new Date(at.getTime() + offset.ofUtc(at.getTime())).toISOString().slice(0, 16)
  const moment = (text: string): Date | null => {
    const at = Date.parse(`${text}:00Z`)
    return Number.isNaN(at) ? null : new Date(at - offset.ofWall(at))
  }
  return (
    <Input
      {...plain(rest)}
      type="datetime-local"
      value={value ? wall(value) : ''}
      {...(max ? { max: wall(max) } : {})}
      onChange={(event) => onChange?.(moment(event.target.value))}
    />
  )
}

/** Only what belongs on an input: a form's descriptor carries more. */
const plain = (props: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(props).filter(([key]) => key === 'id' || key === 'disabled' || key.startsWith('aria-')))
