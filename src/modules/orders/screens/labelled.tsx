import type { ReactNode } from 'react'
import { useWords } from '#ui/words.ts'

/** A label above a field of one's own, and what is wrong with it below. */
export function Labelled({
  id,
  label,
  optional = false,
  problems,
  children,
}: {
  id: string
  label: string
  optional?: boolean
  problems: readonly string[]
  children: ReactNode
}) {
  const ui = useWords('ui')
  return (
    <div className="order-labelled">
      <label htmlFor={id}>
        {label} {optional && <span className="optional">{ui('form.optional')}</span>}
      </label>
      {children}
      {problems.map((text) => (
        <span key={text} className="figure-loss" role="alert">
          {text}
        </span>
      ))}
    </div>
  )
}
