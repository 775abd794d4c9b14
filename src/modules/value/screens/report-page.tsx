import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link, NavLink } from 'react-router'
import type { Problem } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Page } from '#ui/page.tsx'
import { useWords } from '#ui/words.ts'
import './value.css'

/** The reports of the module, in the order of the question they answer; the last part of each path. */
export const reportNames = [
  'overview',
  'movement',
  'growth',
  'treatments',
  'concentration',
  'sizes',
  'rfm',
  'lifetime',
  'models',
  'cohorts',
  'affinity',
  'spend',
  'calculator',
] as const
export type ReportName = (typeof reportNames)[number]

export interface Valued<T> {
  readonly valuation: { readonly asOf: string; readonly runId: string; readonly customers: number } | null
  readonly part: T | null
}

/** A page of the module: title, what it answers, the way to the other reports. */
export function ValuePage({
  name,
  actions,
  asOf,
  children,
}: {
  name: ReportName
  actions?: ReactNode
  asOf?: string | null
  children: ReactNode
}) {
  const t = useWords('value')
  const format = useFormat()
  const about = t(`report.${name}.about`)
  return (
    <Page
      title={t(`report.${name}.title`)}
      about={asOf ? t('aboutAsOf', { about, day: format.day(asOf) }) : about}
      {...(actions ? { actions } : {})}
    >
      <nav className="value-nav" aria-label={t('reports')}>
        {reportNames.map((other) => (
          <NavLink key={other} to={other === 'overview' ? '/value' : `/value/${other}`} end>
            {t(`report.${other}.short`)}
          </NavLink>
        ))}
      </nav>
      {children}
    </Page>
  )
}

/** A report that is one part of the latest valuation; says what to do where there is none. */
export function ReportPage<T>({
  name,
  of,
  children,
}: {
  name: ReportName
  of: UseQueryResult<Valued<T>, Problem>
  children: (part: T) => ReactNode
}) {
  return (
    <ValuePage name={name} asOf={of.data?.valuation?.asOf ?? null}>
      <Loaded of={of}>{({ valuation, part }) => (valuation === null ? <NotValued /> : part === null ? <NoPart /> : children(part))}</Loaded>
    </ValuePage>
  )
}

export function NotValued() {
  const t = useWords('value')
  return (
    <Empty
      title={t('empty.notValued')}
      action={
        <Link to="/import">
          <Button type="primary">{t('empty.import')}</Button>
        </Link>
      }
    >
      {t('empty.notValuedHelp')}
    </Empty>
  )
}

/** There is a valuation, but too little to say this from. */
function NoPart() {
  const t = useWords('value')
  return <Empty title={t('empty.tooLittle')}>{t('empty.tooLittleHelp')}</Empty>
}
