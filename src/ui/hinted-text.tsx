/**
 * An area in which somebody writes to somebody, with what is better said otherwise below it: the words in question, why, and what could stand there instead, at a press.
 *
 *   const hintsOf = usePhrases(language)
 *   <HintedText value={text} onChange={setText} hintsOf={hintsOf} aria-label={t('reply.text')} rows={6} />
 *
 * Nothing is kept from being sent: these are hints.
 */
import { Button } from 'antd'
import { useDeferredValue, useRef } from 'react'
import { TextInput } from './inputs.tsx'
import { useWords } from './words.ts'

export interface TextHint {
  /** `text.slice(start, end)` is meant. */
  readonly start: number
  readonly end: number
  /** Why, in words. */
  readonly message: string
  readonly proposals: readonly string[]
  /** The text with a proposal in its place. */
  readonly rewritten: (text: string, proposal: string) => string
}

export interface HintedTextProps {
  readonly value?: string | null
  readonly onChange?: (text: string) => void
  readonly hintsOf: (text: string) => readonly TextHint[]
  readonly id?: string
  readonly rows?: number
  readonly maxLength?: number
  readonly placeholder?: string
  readonly 'aria-label'?: string
  readonly 'aria-required'?: boolean
}

export function HintedText({ value, onChange, hintsOf, ...input }: HintedTextProps) {
  const t = useWords('ui')
  const area = useRef<HTMLDivElement>(null)
  const text = value ?? ''
  const looked = useDeferredValue(text)
  const hints = hintsOf(looked)
  const put = (hint: TextHint, proposal: string) => {
    onChange?.(hint.rewritten(looked, proposal))
    area.current?.querySelector('textarea')?.focus()
  }
  return (
    <div ref={area} className="hinted">
      <TextInput {...input} kind="area" value={text} onChange={(typed) => onChange?.(typed ?? '')} />
      <ul className="hints" aria-live="polite">
        {hints.map((hint) => (
          <li key={`${hint.start} ${hint.end}`}>
            <mark>{looked.slice(hint.start, hint.end)}</mark> <span>{hint.message}</span>{' '}
            {hint.proposals.map((proposal) => (
              <Button key={proposal} size="small" aria-label={t('hint.instead', { proposal })} onClick={() => put(hint, proposal)}>
                {proposal}
              </Button>
            ))}
          </li>
        ))}
      </ul>
    </div>
  )
}
