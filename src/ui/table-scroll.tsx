/**
 * Around a table that may be wider than its page: it scrolls by itself, is reached with the keyboard for that, and has a name for those who hear it.
 *
 *   <TableScroll label={t('roles.title')}><table className="table">…</table></TableScroll>
 */
import type { ReactNode } from 'react'

export function TableScroll({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section className={`table-scroll ${className ?? ''}`.trim()} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}
