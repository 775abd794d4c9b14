import { Select } from 'antd'
import { NumberInput } from '#ui/inputs.tsx'
import { useWords } from '#ui/words.ts'
import { type PenaltyBase, penaltyBases } from '../domain/figures/penalty.ts'

interface Rate {
  readonly basisPoints: number
  readonly of: PenaltyBase
}

/** A rate of somebody's pay: percent, and of what. */
export function RateInput({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: Rate
  readonly onChange: (rate: Rate) => void
}) {
  const t = useWords('cases')
  return (
    <span className="case-rate">
      <NumberInput
        kind="percent"
        digits={2}
        aria-label={label}
        value={value.basisPoints / 10_000}
        min={0}
        max={1}
        onChange={(share) => onChange({ ...value, basisPoints: Math.round((share ?? 0) * 10_000) })}
      />
      <Select<PenaltyBase>
        aria-label={t('setUp.staff.of', { name: label })}
        value={value.of}
        options={penaltyBases.map((base) => ({ value: base, label: t(`penaltyBase.${base}`) }))}
        onChange={(of) => onChange({ ...value, of })}
      />
    </span>
  )
}
