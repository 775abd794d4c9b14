import {
  ApartmentOutlined,
  BulbOutlined,
  CalendarOutlined,
  CompassOutlined,
  DiffOutlined,
  FilterOutlined,
  HistoryOutlined,
  MessageOutlined,
  SafetyOutlined,
  TeamOutlined,
  UserAddOutlined,
} from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'
import type { Channel } from '../domain/interaction.ts'
import type { SavedViewsProps } from './saved-views.tsx'

/** Where others speak of needs: beside the register, and about one need; and of contacts. */
declare module '#ui/screens.ts' {
  interface Slots {
    'customers.needs': Readonly<Record<never, never>>
    /** In the tools of a list: views of it that are kept under a name. */
    'list.views': SavedViewsProps
    /** While a contact of ours with a customer is noted. */
    'customers.touch': { readonly customerId: string; readonly channel: Channel; readonly at: Date }
    'customers.need': { readonly needId: string; readonly productCodes: readonly string[]; readonly manages: boolean }
  }
}

export const screens: Screens = {
  module: 'customers',
  routes: [
    {
      path: '/customers',
      page: lazyPage(() => import('./customers-page.tsx').then((m) => m.CustomersPage)),
      permission: 'customers.read',
      nav: { place: 'know', order: 10, label: 'nav.customers', icon: TeamOutlined },
    },
    {
      path: '/customers/new',
      page: lazyPage(() => import('./new-customer-page.tsx').then((m) => m.NewCustomerPage)),
      permission: 'customers.write',
    },
    {
      path: '/customers/:id',
      page: lazyPage(() => import('./customer-page.tsx').then((m) => m.CustomerPage)),
      permission: 'customers.read',
    },
    {
      path: '/customers/:id/merge/:otherId',
      page: lazyPage(() => import('./merge-page.tsx').then((m) => m.MergePage)),
      permission: 'customers.merge',
    },
    {
      path: '/duplicates',
      page: lazyPage(() => import('./duplicates-page.tsx').then((m) => m.DuplicatesPage)),
      permission: 'customers.merge',
      nav: { place: 'know', order: 30, label: 'duplicates.page', icon: DiffOutlined },
    },
    {
      path: '/segments',
      page: lazyPage(() => import('./segments-page.tsx').then((m) => m.SegmentsPage)),
      permission: 'customers.read',
      nav: { place: 'know', order: 20, label: 'segments.title', icon: FilterOutlined },
    },
    {
      path: '/departures',
      page: lazyPage(() => import('./departures-page.tsx').then((m) => m.DeparturesPage)),
      permission: 'customers.hand-over',
      nav: { place: 'settings', order: 45, label: 'departures.title', icon: ApartmentOutlined },
    },
    {
      path: '/erasures',
      page: lazyPage(() => import('./erasures-page.tsx').then((m) => m.ErasuresPage)),
      permission: 'customers.privacy',
      nav: { place: 'settings', order: 46, label: 'erasures.title', icon: SafetyOutlined },
    },
    {
      path: '/customer-needs',
      page: lazyPage(() => import('./needs-page.tsx').then((m) => m.NeedsPage)),
      permission: 'customers.read',
      nav: { place: 'listen', order: 20, label: 'nav.needs', icon: BulbOutlined },
    },
    {
      path: '/customer-mentions',
      page: lazyPage(() => import('./mentions-page.tsx').then((m) => m.MentionsPage)),
      permission: 'customers.read',
      nav: { place: 'serve', order: 50, label: 'nav.mentions', icon: MessageOutlined },
    },
    {
      path: '/customer-birthdays',
      page: lazyPage(() => import('./birthdays-page.tsx').then((m) => m.BirthdaysPage)),
      permission: 'customers.read-personal',
      nav: { place: 'keep', order: 50, label: 'nav.birthdays', icon: CalendarOutlined },
    },
    {
      path: '/customer-changes',
      page: lazyPage(() => import('./changes-page.tsx').then((m) => m.ChangesPage)),
      permission: 'customers.read',
      nav: { place: 'know', order: 50, label: 'nav.changes', icon: HistoryOutlined },
    },
    {
      path: '/strategy',
      page: lazyPage(() => import('./strategy-page.tsx').then((m) => m.StrategyPage)),
      permission: 'customers.read',
      nav: { place: 'know', order: 40, label: 'nav.strategy', icon: CompassOutlined },
    },
  ],
  timeline: [
    { what: null, label: 'timelineKind.all' },
    { what: 'interaction', label: 'timelineKind.interaction' },
    { what: 'consented', label: 'timelineKind.consented' },
    { what: 'refused', label: 'timelineKind.refused' },
    { what: 'owner', label: 'timelineKind.owner' },
    { what: 'merged', label: 'timelineKind.merged' },
    { what: 'unmerged', label: 'timelineKind.unmerged' },
  ],
  panels: [
    {
      slot: 'list.views',
      order: 10,
      label: 'views.title',
      permission: 'customers.read',
      component: lazyPage(() => import('./saved-views.tsx').then((m) => m.SavedViews)),
    },
    {
      slot: 'desk.glance',
      order: 30,
      label: 'glance.title',
      permission: 'customers.read',
      component: lazyPage(() => import('./desk-glance.tsx').then((m) => m.DeskGlance)),
    },
    {
      slot: 'desk',
      order: 10,
      label: 'timeline.title',
      permission: 'customers.read',
      component: lazyPage(() => import('./timeline.tsx').then((m) => m.Timeline)),
    },
    {
      slot: 'holdings',
      order: 10,
      label: 'departures.title',
      permission: 'customers.hand-over',
      component: lazyPage(() => import('./holdings.tsx').then((m) => m.CustomerHoldings)),
    },
    {
      slot: 'settings',
      order: 20,
      label: 'settings.title',
      permission: 'organization.manage',
      component: lazyPage(() => import('./settings-panel.tsx').then((m) => m.SettingsPanel)),
    },
  ],
  settings: [
    { key: 'consent', label: 'settings.purposes' },
    { key: 'contact', label: 'settings.contact' },
    { key: 'own-fields', label: 'settings.fields' },
    { key: 'target', label: 'settings.target' },
  ],
  commands: [
    { id: 'customers', label: 'nav.customers', to: '/customers', permission: 'customers.read', icon: TeamOutlined },
    {
      id: 'new-customer',
      label: 'command.new',
      keywords: 'command.words',
      to: '/customers/new',
      permission: 'customers.write',
      icon: UserAddOutlined,
    },
  ],
  searches: [
    {
      id: 'customers',
      label: 'nav.customers',
      permission: 'customers.read',
      load: () => import('./search.ts').then((m) => m.searchCustomers),
    },
  ],
}
