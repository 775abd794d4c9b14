import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { NumberInput } from '#ui/inputs.tsx'
import { useWords } from '#ui/words.ts'
import { useDepartments } from './set-up-words.ts'

export interface TypedShare {
  readonly departmentId: string | null
  readonly percent: number | null
}

/** Which departments answer together, and for how much of it each (of a hundred). */
export function SharesInput({
  value = [],
  onChange,
}: {
  readonly value?: readonly TypedShare[]
  readonly onChange?: (shares: readonly TypedShare[]) => void
}) {
  const t = useWords('cases')
  const { choices } = useDepartments()
  const taken = new Set(value.map(({ departmentId }) => departmentId))
  const change = (index: number, part: Partial<TypedShare>) =>
    onChange?.(value.map((one, at) => (at === index ? { ...one, ...part } : one)))
  return (
    <div className="case-shares">
      {value.map(({ departmentId, percent }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and are only added and taken away
        <div key={index} className="case-share">
          <Select<string>
            aria-label={t('field.department')}
            placeholder={t('field.department')}
            showSearch={{ optionFilterProp: 'label' }}
            value={departmentId}
            options={choices.filter((one) => one.value === departmentId || !taken.has(one.value))}
            onChange={(id) => change(index, { departmentId: id })}
          />
          <NumberInput
            kind="number"
            aria-label={t('said.percent')}
            unit="%"
            min={1}
            max={100}
            value={percent}
            onChange={(part) => change(index, { percent: part })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('action.removeLine')}
            onClick={() => onChange?.(value.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        icon={<PlusOutlined />}
        disabled={value.length >= mostShares}
        onClick={() => onChange?.([...value, { departmentId: null, percent: null }])}
      >
        {t('action.share')}
      </Button>
    </div>
  )
}
const mostShares = 10

/** What was typed, as the contract wants it; a line of which nothing was said is none. */
export const sharesOf = (typed: unknown) =>
  ((typed ?? []) as readonly TypedShare[]).flatMap(({ departmentId, percent }) =>
    departmentId === null || percent === null ? [] : [{ departmentId, percent }],
  )
