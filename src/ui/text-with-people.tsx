/** A longer text in which `@` offers those who work here; what it says is plain text, and whoever reads it knows them by their names. */
import { Mentions } from 'antd'
import { usePeople } from './people.ts'
import { useWords } from './words.ts'

export function TextWithPeople({
  value,
  onChange,
  ...rest
}: {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (text: string) => void
  readonly maxLength: number
  readonly rows?: number
  readonly 'aria-required'?: boolean
}) {
  const t = useWords('ui')
  const names = [...new Set(usePeople().choices.map(({ label }) => label))]
  return (
    <Mentions
      rows={3}
      {...rest}
      className="wide"
      value={value ?? ''}
      onChange={(text) => onChange?.(text)}
      onKeyDown={(event) => {
        // Escape closes the choice of people; the dialog around it must not hear of it, or what was typed is lost.
        if (event.key === 'Escape' && event.currentTarget.closest('.ant-mentions')?.querySelector('.ant-mentions-measure'))
          event.stopPropagation()
      }}
      options={names.map((name) => ({ value: name, label: name }))}
      notFoundContent={t('search.nothing')}
    />
  )
}
