/** The navigation by the loop. A place without screens that this person may see is not shown. */
import { use, useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'
import { RegistryContext } from './registry.ts'
import { type Navigation as Entry, type Place, places, type Screens } from './screens.ts'
import { useSession } from './session.ts'
import { useWords } from './words.ts'

export interface Destination extends Entry {
  readonly module: string
  readonly path: string
}

export function Navigation() {
  const t = useWords('ui')
  const all = useDestinations()
  const { pathname } = useLocation()
  const here = nearestTo(
    pathname,
    all.map(({ path }) => path),
  )
  const at = (place: Place) => all.filter((entry) => entry.place === place)
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    // Where one is may lie below the edge, above all among the settings.
    nav.current?.querySelector('.active')?.scrollIntoView({ block: 'nearest' })
  }, [])
  const stations = places.filter((place) => place !== 'home' && place !== 'settings' && at(place).length > 0)
  return (
    <nav ref={nav} className="nav" aria-label={t('nav.label')}>
      <Links entries={at('home')} here={here} />
      {stations.length > 0 && (
        <ol className="loop">
          {stations.map((place) => (
            <li key={place} className="station">
              <span className="station-name">{t(`place.${place}`)}</span>
              <Links entries={at(place)} here={here} />
            </li>
          ))}
        </ol>
      )}
      <Links entries={at('settings')} here={here} />
    </nav>
  )
}

function Links({ entries, here }: { readonly entries: readonly Destination[]; readonly here: string | null }) {
  const t = useWords('ui')
  if (entries.length === 0) return null
  return (
    <ul className="nav-links">
      {entries.map((entry) => (
        <li key={entry.path}>
          <Link
            to={entry.path}
            className={entry.path === here ? 'nav-link active' : 'nav-link'}
            aria-current={entry.path === here ? 'page' : undefined}
          >
            <entry.icon aria-hidden />
            {t(`${entry.module}:${entry.label}`)}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** Of places that lie within one another the innermost in which one is. */
export const nearestTo = (pathname: string, paths: readonly string[]): string | null =>
  paths
    .filter((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
    .toSorted((a, b) => b.length - a.length)[0] ?? null

/** Every screen with a place in the navigation that the signed-in person may open, in order. */
export function useDestinations(): readonly Destination[] {
  const { may } = useSession()
  return destinationsOf(use(RegistryContext), may)
}

export const destinationsOf = (registry: readonly Screens[], may: (permission: string) => boolean): readonly Destination[] =>
  registry
    .flatMap(({ module, routes }) =>
      routes.flatMap((route) =>
        route.nav && (!route.permission || route.permission === 'public' || may(route.permission))
          ? [{ ...route.nav, module, path: route.path }]
          : [],
      ),
    )
    .sort((a, b) => places.indexOf(a.place) - places.indexOf(b.place) || a.order - b.order)
