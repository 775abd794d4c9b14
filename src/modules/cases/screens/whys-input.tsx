import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useWords } from '#ui/words.ts'

/** Why, and why that, and why that: five by custom, ten at most; the last is the root. Enter begins the next. */
export function WhysInput({
  value = [],
  onChange,
}: {
  readonly value?: readonly string[]
  readonly onChange?: (whys: readonly string[]) => void
}) {
  const t = useWords('cases')
  const lines = value.length === 0 ? [''] : value
  const more = () => lines.length < mostWhys && onChange?.([...lines, ''])
  return (
    <ol className="case-whys">
      {lines.map((why, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a why has no other name than its place
        <li key={at} style={{ marginInlineStart: `${Math.min(at, 5) * 0.75}rem` }}>
          <Input
            aria-label={t('said.whyN', { n: at + 1 })}
            prefix={<span className="muted">{t('said.whyN', { n: at + 1 })}</span>}
            value={why}
            maxLength={1000}
            onChange={({ target }) => onChange?.(lines.map((one, i) => (i === at ? target.value : one)))}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              more()
            }}
          />
          {lines.length > 1 && (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('action.removeLine')}
              onClick={() => onChange?.(lines.filter((_, i) => i !== at))}
            />
          )}
        </li>
      ))}
      <li>
        <Button icon={<PlusOutlined />} disabled={lines.length >= mostWhys} onClick={more}>
          {t('action.why')}
        </Button>
      </li>
    </ol>
  )
}
const mostWhys = 10
