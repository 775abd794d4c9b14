import { Select } from 'antd'
import { type ReactNode, useId } from 'react'
import { useWords } from './words.ts'

/** One filter that takes several words; `free` ones can be typed. */
export function Several({
  label,
  placeholder = label,
  value,
  options,
  choose,
  free = false,
}: {
  label: string
  placeholder?: string
  value: readonly string[] | undefined
  options: readonly { value: string; label: string }[]
  choose: (values: string[] | undefined) => void
  free?: boolean
}) {
  const ui = useWords('ui')
  return (
    <Select<string[]>
      mode={free ? 'tags' : 'multiple'}
      className="list-filter"
      value={[...(value ?? [])]}
      options={[...options]}
      placeholder={placeholder}
      aria-label={label}
      allowClear={{ label: ui('clear') }}
      maxTagCount="responsive"
      tokenSeparators={[',']}
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(values) => choose(values.length === 0 ? undefined : values.map((one) => one.replaceAll(',', ' ')))}
    />
  )
}

export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset per single control would be read twice
    <div role="group" aria-labelledby={id}>
      <div id={id} className="list-label">
        {label}
      </div>
      {children}
    </div>
  )
}
