/** Several short texts, each typed and ended with Enter; those that others wrote before are offered. */
import { Select } from 'antd'

export function TermsInput({
  value,
  onChange,
  offered = [],
  onTyped,
  ...rest
}: {
  readonly id?: string
  readonly value?: readonly string[]
  readonly onChange?: (terms: readonly string[]) => void
  readonly offered?: readonly string[]
  readonly onTyped?: (typed: string) => void
}) {
  return (
    <Select
      {...rest}
      mode="tags"
      className="wide"
      value={[...(value ?? [])]}
      onChange={(terms: string[]) => onChange?.(terms)}
      showSearch={{ filterOption: false, ...(onTyped ? { onSearch: onTyped } : {}) }}
      options={offered.map((term) => ({ value: term, label: term }))}
    />
  )
}
