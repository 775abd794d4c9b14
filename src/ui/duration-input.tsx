/**
 * A length of time, minutes in and out, typed in the unit that suits it.
 *
 *   <DurationInput value={240} onChange={setMinutes} />                  4 hours
 *   <DurationInput value={4800} onChange={setMinutes} isWorking />       80 working hours: counted while the department is open, so never in days
 */
import { InputNumber, Select } from 'antd'
import { useState } from 'react'
import { minutesOf, type Unit, unitThatSuits } from './duration.ts'
import { useWords } from './words.ts'

export interface DurationInputProps {
  readonly id?: string
  readonly value?: number | null
  readonly onChange?: (minutes: number | null) => void
  /** Minutes, like the value. */
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly isWorking?: boolean | undefined
  readonly disabled?: boolean
  readonly 'aria-label'?: string
  readonly 'aria-required'?: boolean
}

export function DurationInput({ id, value, onChange, min = 0, max, isWorking = false, disabled = false, ...rest }: DurationInputProps) {
  const t = useWords('ui')
  const units: readonly Unit[] = isWorking ? ['minutes', 'hours'] : ['minutes', 'hours', 'days']
  const [chosen, setChosen] = useState<Unit | null>(null)
  const unit = chosen ?? unitThatSuits(value ?? null, units)
  const factor = minutesOf[unit]
  return (
    <div className="duration">
      <InputNumber<number>
        {...(id ? { id } : {})}
        {...(rest['aria-label'] ? { 'aria-label': rest['aria-label'] } : {})}
        className="wide"
        disabled={disabled}
        aria-required={rest['aria-required'] ?? false}
        value={value == null ? null : Number((value / factor).toFixed(2))}
        min={min / factor}
        {...(max === undefined ? {} : { max: max / factor })}
        step={1}
        onChange={(typed) => onChange?.(typed == null ? null : Math.round(typed * factor))}
      />
      <Select<Unit>
        aria-label={t('duration.unit')}
        disabled={disabled}
        value={unit}
        options={units.map((one) => ({ value: one, label: t(`duration.${isWorking ? 'working' : 'plain'}.${one}`) }))}
        // The figure stays and means something else: whoever takes hours for minutes wants "4 hours", not "0.07".
        onChange={(next) => {
          setChosen(next)
          if (value != null) onChange?.(Math.min(max ?? Number.POSITIVE_INFINITY, Math.round((value / factor) * minutesOf[next])))
        }}
      />
    </div>
  )
}
