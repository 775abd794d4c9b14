/**
 * A page that stands alone, for people who are not signed in yet: sign-in, first administrator, password reset. For routes with `layout: 'bare'`.
 *
 *   <Bare title={t('signIn.title')} about={t('signIn.about')}><Form …/></Bare>
 */
import type { ReactNode } from 'react'
import { LanguageMenu, ThemeMenu } from './menus.tsx'
import { Mark } from './shell.tsx'
import { useWords } from './words.ts'

export function Bare({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  const t = useWords('ui')
  return (
    <div className="bare">
      <title>{`${title} · ${t('product')}`}</title>
      <header className="bare-top">
        <span className="brand">
          <Mark />
          <span className="brand-name">{t('product')}</span>
        </span>
        <span className="row">
          <LanguageMenu />
          <ThemeMenu />
        </span>
      </header>
      <main className="bare-main" id="main">
        <h1 id="page-title" tabIndex={-1}>
          {title}
        </h1>
        {about && <div className="page-about">{about}</div>}
        {children}
      </main>
    </div>
  )
}
