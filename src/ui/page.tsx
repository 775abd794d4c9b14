/**
 * The frame of one page: title (also the document's), what it is about, actions, content.
 *
 *   <Page title={t('list.title')} about={t('list.about')} actions={<Button …/>}>…</Page>
 *   <Section title={t('value.title')} actions={…}>…</Section>          a titled part of a page
 *   <Panel><Chart …/></Panel>          the same around something that names itself
 *   <Loaded of={useRead(…)}>{(customer) => <p>{customer.name}</p>}</Loaded>          skeleton while loading, translated refusal on failure
 */
import type { UseQueryResult } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { type ReactNode, Suspense, useEffect, useId, useRef } from 'react'
import type { Problem } from './client.ts'
import { usePart } from './parts.tsx'
import { Refused } from './refused.tsx'
import { useWords } from './words.ts'

export interface PageProps {
  readonly title: string
  /** For the document's title where the page's own holds more than plain text. */
  readonly heading?: ReactNode
  readonly about?: ReactNode
  readonly actions?: ReactNode
  /** Full width for tables and charts (default), or a column that reads well. */
  readonly width?: 'full' | 'reading'
  readonly children: ReactNode
}

export function Page({ title, heading, about, actions, width = 'full', children }: PageProps) {
  const t = useWords('ui')
  const name = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // Who came by a link waits at the main part; the title says aloud where they are.
    if (document.activeElement?.id === 'main') name.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={`page page-${width}`}>
      <title>{`${title} · ${t('product')}`}</title>
      <header className="page-head">
        <div className="page-name">
          <h1 ref={name} tabIndex={-1} id="page-title">
            {heading ?? title}
          </h1>
          {about && <div className="page-about">{about}</div>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export function Section({
  title,
  about,
  actions,
  children,
}: {
  title: string
  about?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  usePart(id, title)
  return (
    <section className="section" aria-labelledby={id}>
      <header className="section-head">
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {about && <div className="section-about">{about}</div>}
      {children}
    </section>
  )
}

/** The same without a title: around a chart that names itself. */
export function Panel({ children }: { children: ReactNode }) {
  return <div className="section">{children}</div>
}

export function Loaded<T>({
  of,
  children,
  lines = 6,
}: {
  of: UseQueryResult<T, Problem>
  children: (data: T) => ReactNode
  lines?: number
}) {
  if (of.data !== undefined)
    return (
      <div aria-busy={of.isPlaceholderData} className={of.isPlaceholderData ? 'stale' : undefined}>
        {of.error && <Refused problem={of.error} again={of.refetch} />}
        {/* Where only this turns out to need further words, the rest of the page stays while they come. */}
        <Suspense fallback={<Loading lines={lines} />}>{children(of.data)}</Suspense>
      </div>
    )
  // What is not there will not be there the next time.
  if (of.error) return <Refused problem={of.error} {...(of.error.status === 404 ? {} : { again: of.refetch })} />
  return <Loading lines={lines} />
}

export function Loading({ lines = 6 }: { lines?: number }) {
  const t = useWords('ui')
  return (
    <div role="status" aria-label={t('loading')}>
      <Skeleton active title={false} paragraph={{ rows: lines }} />
    </div>
  )
}
