import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { Page } from '#ui/page.tsx'
import { useWords } from '#ui/words.ts'
import './value.css'

/** What is served to whom, and what it takes: the pages of service, each with its path. */
export const servePaths = {
  policies: '/service-policies',
  plan: '/service-plan',
  features: '/service-features',
  catalogue: '/service-catalogue',
  observations: '/observations',
} as const
export type ServePageName = keyof typeof servePaths

/** A page of service: title, what it answers, the way to the other ones. */
export function ServePage({ name, actions, children }: { name: ServePageName; actions?: ReactNode; children: ReactNode }) {
  const t = useWords('value')
  return (
    <Page title={t(`serve.${name}.title`)} about={t(`serve.${name}.about`)} {...(actions ? { actions } : {})}>
      <nav className="value-nav" aria-label={t('serve.pages')}>
        {Object.entries(servePaths).map(([other, path]) => (
          <NavLink key={other} to={path} end>
            {t(`serve.${other}.short`)}
          </NavLink>
        ))}
      </nav>
      {children}
    </Page>
  )
}
