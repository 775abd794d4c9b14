import type { ReactNode } from 'react'

/** What a page says of something, each with its name; what nobody has said is left out. */
export type Facts = readonly (readonly [name: string, value: ReactNode])[]

export function FactList({ of, className = 'facts' }: { readonly of: Facts; readonly className?: string }) {
  return (
    <dl className={className}>
      {of.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="case-text">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
