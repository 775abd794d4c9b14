/**
 * Where there is nothing yet: says why and what to do next.
 *
 *   <Empty title={t('list.empty')} action={<Link to="/import"><Button type="primary">{t('list.import')}</Button></Link>}>{t('list.emptyHelp')}</Empty>
 */
import type { ReactNode } from 'react'

export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <svg className="empty-sign" viewBox="0 0 64 64" aria-hidden="true">
        <title />
        <circle cx="32" cy="32" r="22" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="4 6" />
        <circle cx="32" cy="10" r="4" fill="currentColor" />
      </svg>
      <p className="empty-title">{title}</p>
      {children && <div className="empty-text">{children}</div>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  )
}
