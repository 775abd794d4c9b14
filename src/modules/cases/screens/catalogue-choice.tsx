import { Select, type SelectProps } from 'antd'
import { useWords } from '#ui/words.ts'

export interface ChosenById {
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (id: string | null) => void
}

/** One line of a catalogue of the company, by its id, or none. */
export function CatalogueChoice({
  id,
  value,
  onChange,
  label,
  ...rest
}: ChosenById & { readonly label: string } & Pick<
    SelectProps<string>,
    'placeholder' | 'loading' | 'showSearch' | 'notFoundContent' | 'options'
  >) {
  const ui = useWords('ui')
  return (
    <Select<string>
      {...(id ? { id } : {})}
      className="wide"
      aria-label={label}
      value={value ?? null}
      onChange={(chosen) => onChange?.(chosen ?? null)}
      allowClear={{ label: ui('clear') } as never}
      {...rest}
    />
  )
}
