/**
 * The frame around a page: skip link, header, navigation by the loop, main. It asks for a session first and sends nobody-in-particular to sign-in.
 */
import { MenuOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Link, Navigate, useLocation } from 'react-router'
import { Boundary } from './boundary.tsx'
import { Empty } from './empty.tsx'
import { backTo } from './focus.ts'
import { LanguageMenu, ThemeMenu, UserMenu } from './menus.tsx'
import { Navigation } from './navigation.tsx'
import { Loading, Page } from './page.tsx'
import { Palette } from './palette.tsx'
import { PartsMenu } from './parts.tsx'
import { type Session, SessionProvider, useSessionState } from './session.ts'
import { useSharedPreference } from './shared-preference.ts'
import { Slot } from './slot.tsx'
import { useWords } from './words.ts'

export function Framed({ page, permission }: { page: ReactNode; permission?: string | undefined }) {
  const { session, isPending, problem, again } = useSessionState()
  const { pathname, search } = useLocation()
  if (isPending) return <Waiting />
  if (problem) return <Unreachable again={again} />
  if (!session) return <Navigate replace to={`/sign-in${pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`}`} />
  const allowed = !permission || permission === 'public' || session.may(permission)
  return (
    <SessionProvider value={session}>
      <Frame session={session}>{allowed ? page : <NotAllowed />}</Frame>
    </SessionProvider>
  )
}

function Frame({ session, children }: { session: Session; children: ReactNode }) {
  const t = useWords('ui')
  const { pathname } = useLocation()
  const [drawer, setDrawer] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  useArrival(pathname)
  useSharedPreference(session)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever arrives at a page has left the drawer
  useEffect(() => setDrawer(false), [pathname])
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <header className="top">
        <Button
          ref={opener}
          className="top-menu"
          type="text"
          icon={<MenuOutlined />}
          aria-label={t('nav.open')}
          onClick={() => setDrawer(true)}
        />
        <Brand organization={session.profile.name} />
        <Palette />
        <div className="top-menus">
          <PartsMenu />
          <Slot name="header" give={{}} bare />
          <LanguageMenu />
          <ThemeMenu />
          <UserMenu />
        </div>
      </header>
      <aside className="side">
        <Navigation />
      </aside>
      <Drawer
        open={drawer}
        onClose={() => {
          setDrawer(false)
          backTo(opener.current, '.ant-drawer')
        }}
        destroyOnHidden
        focusable={{ focusTriggerAfterClose: false }}
        placement="left"
        size={280}
        title={<Brand organization={session.profile.name} />}
        className="side-drawer"
        styles={{ body: { padding: 0 } }}
      >
        <Navigation />
      </Drawer>
      <main id="main" tabIndex={-1}>
        <Boundary key={pathname}>{children}</Boundary>
      </main>
    </div>
  )
}

function Brand({ organization }: { organization?: string }) {
  const t = useWords('ui')
  return (
    <Link to="/" className="brand">
      <Mark />
      <span className="brand-words">
        <span className="brand-name">{t('product')}</span>
        {organization && <span className="brand-of">{organization}</span>}
      </span>
      <span className="hidden">{t('nav.toHome')}</span>
    </Link>
  )
}

/** The loop, nearly closed: the product's sign. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <title />
      <path d="M16 4 a12 12 0 1 1 -10.4 6" fill="none" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" />
      <circle cx="16" cy="16" r="3.5" fill="currentColor" />
    </svg>
  )
}

/** After a change of page: to the top, and into the page; its title takes over the focus as soon as it is there (see `Page`). Not at the first one, where the browser does it. */
function useArrival(pathname: string): void {
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    scrollTo(0, 0)
    const title = document.getElementById('page-title') ?? document.getElementById('main')
    title?.focus({ preventScroll: true })
  }, [pathname])
}

function Waiting() {
  return (
    <main className="waiting">
      <Loading lines={4} />
    </main>
  )
}

function Unreachable({ again }: { again: () => void }) {
  const t = useWords('ui')
  return (
    <main className="waiting">
      <h1 className="hidden">{t('product')}</h1>
      <Empty title={t('unreachable.title')} action={<Button onClick={again}>{t('refused.again')}</Button>}>
        {t('unreachable.text')}
      </Empty>
    </main>
  )
}

function NotAllowed() {
  const t = useWords('ui')
  return (
    <Page title={t('notAllowed.title')}>
      <Empty title={t('notAllowed.title')}>{t('notAllowed.text')}</Empty>
    </Page>
  )
}

export function NoSuchPage() {
  const t = useWords('ui')
  return (
    <Page title={t('noSuchPage.title')}>
      <Empty
        title={t('noSuchPage.text')}
        action={
          <Link to="/" className="button-link">
            {t('noSuchPage.home')}
          </Link>
        }
      />
    </Page>
  )
}
