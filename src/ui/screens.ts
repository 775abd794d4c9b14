/**
 * What a module shows in the browser. Each module has `screens/index.ts` that exports one `screens: Screens`, listed in `src/web.tsx`.
 * That file is part of the shell's first load: it may import icons and this file, everything else through `lazyPage` or `() => import(…)`.
 *
 *   export const screens: Screens = {
 *     module: 'customers',
 *     routes: [
 *       { path: '/customers', page: lazyPage(() => import('./customers-page.tsx').then((m) => m.CustomersPage)), permission: 'customers.read',
 *         nav: { place: 'know', order: 10, label: 'nav.customers', icon: TeamOutlined } },
 *     ],
 *     panels: [{ slot: 'customer', order: 20, label: 'panel.orders', component: lazyPage(() => import('./orders-panel.tsx').then((m) => m.OrdersPanel)) }],
 *     commands: [{ id: 'new-customer', label: 'command.new', to: '/customers/new', permission: 'customers.write' }],
 *     searches: [{ id: 'customers', label: 'search.customers', permission: 'customers.read', load: () => import('./search.ts').then((m) => m.searchCustomers) }],
 *   }
 *
 * Every `label` is a key of the module's own texts. A module that owns a page declares its slots by merging into `Slots`:
 *   declare module '#ui/screens.ts' { interface Slots { 'orders.row': { orderId: string } } }
 */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** The places of the loop, in the order in which a customer company walks it; home before them, settings after. */
export const places = ['home', 'know', 'value', 'serve', 'listen', 'keep', 'improve', 'settings'] as const
export type Place = (typeof places)[number]

export interface Navigation {
  readonly place: Place
  /** Ascending within the place; leave gaps of ten. */
  readonly order: number
  readonly label: string
  readonly icon: ComponentType
}

export interface ScreenRoute {
  /** As React Router writes it: `/customers/:id`. */
  readonly path: string
  readonly page: LazyExoticComponent<ComponentType>
  /** Who may open it; left out for everyone who is signed in; 'public' for everyone. */
  readonly permission?: string
  readonly nav?: Navigation
  /** `bare` pages stand alone without navigation, such as sign-in. */
  readonly layout?: 'framed' | 'bare'
}

/** What the taking back of a run gave back of one kind of things, and which stay and why, some of them by their ids. */
export interface UndoneThings {
  readonly restored: number
  readonly stays: number
  readonly left: readonly { readonly id: string; readonly why: string }[]
}

/** The slots that pages offer and what each hands to its panels. Modules add theirs by declaration merging. */
export interface Slots {
  /** Sections of the customer page. */
  customer: { readonly customerId: string }
  /** Beside the customer's name: a few words or one tag. */
  'customer.head': { readonly customerId: string }
  /** While somebody helps a customer: what one has to know at a glance, as names with values; and sections beside the conversation. */
  'desk.glance': { readonly customerId: string }
  desk: { readonly customerId: string }
  /** Sections of the page about somebody who leaves: what else they leave behind. */
  departure: { readonly userId: string }
  /** Where a hand-over was taken back: what of the module's was given back, and what was changed since and stays. */
  'departure.undone': { readonly also: Readonly<Record<string, UndoneThings>> }
  /** Where somebody is kept from signing in: one line about what they still hold; nothing where that is nothing. */
  holdings: { readonly userId: string }
  /** Sections of the settings page. */
  settings: Readonly<Record<never, never>>
  /** In the header of every page, beside the menus: one small sign. */
  header: Readonly<Record<never, never>>
  /** Cards of the home page. */
  home: Readonly<Record<never, never>>
}
export type SlotName = keyof Slots

export type Panel = { [S in SlotName]: PanelOf<S> }[SlotName]
export interface PanelOf<S extends SlotName> {
  readonly slot: S
  readonly order: number
  /** The panel's heading, where the slot shows one. */
  readonly label: string
  readonly component: LazyExoticComponent<ComponentType<Slots[S]>>
  readonly permission?: string
}

/** An entry of the command palette: somewhere to go, or something to do. */
export interface PaletteCommand {
  readonly id: string
  readonly label: string
  /** A text key with further words by which it is found, separated by spaces. */
  readonly keywords?: string
  readonly permission?: string
  readonly icon?: ComponentType
  readonly to?: string
  /** Loaded when it is chosen. */
  readonly run?: () => Promise<void>
  /** `user` shows it also in the menu under the user's name, such as signing out. */
  readonly menu?: 'user'
}

export interface PaletteHit {
  readonly id: string
  readonly title: string
  readonly detail?: string
  readonly to: string
}
export type PaletteSearch = (query: string, signal: AbortSignal) => Promise<readonly PaletteHit[]>

/** A source of hits for the palette, such as customers by name; asked with every pause in typing. */
export interface PaletteSource {
  readonly id: string
  readonly label: string
  readonly permission?: string
  readonly load: () => Promise<PaletteSearch>
}

/** A kind of a module's entries on a customer's timeline, to narrow it by: `what` as behind the module's name in the entry's kind, null for all of the module's. */
export interface TimelineKind {
  readonly what: string | null
  readonly label: string
}

export interface Screens {
  readonly module: string
  readonly routes: readonly ScreenRoute[]
  /** For whoever holds `<module>.read`. */
  readonly timeline?: readonly TimelineKind[]
  readonly panels?: readonly Panel[]
  /** What the settings of the module are called where one is spoken of, by the key behind the module's name; the words are those above its form. */
  readonly settings?: readonly { readonly key: string; readonly label: string }[]
  readonly commands?: readonly PaletteCommand[]
  readonly searches?: readonly PaletteSource[]
}

/** A component of another file, fetched when it is first shown: `lazyPage(() => import('./x.tsx').then((m) => m.X))`. */
export const lazyPage = <P extends object>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> =>
  lazy(async () => ({ default: await load() }))
