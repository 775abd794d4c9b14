import { cloneElement, type ReactElement } from 'react'

/** A control with its name above it; the name is also what is heard, with what it belongs to where several are alike. */
export function Labelled({
  name,
  of,
  children,
}: {
  readonly name: string
  readonly of?: string
  readonly children: ReactElement<{ 'aria-label'?: string }>
}) {
  return (
    <div className="process-field">
      <span aria-hidden="true">{name}</span>
      {cloneElement(children, { 'aria-label': of === undefined ? name : `${of}: ${name}` })}
    </div>
  )
}
