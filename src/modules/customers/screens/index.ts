import {
  BulbOutlined,
  CalendarOutlined,
  CompassOutlined,
  HistoryOutlined,
  MessageOutlined,
  TeamOutlined,
  UserAddOutlined,
} from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

/** Where others speak of needs: beside the register, and about one need. */
declare module '#ui/screens.ts' {
  interface Slots {
    'customers.needs': Readonly<Record<never, never>>
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
  panels: [
    {
      slot: 'settings',
      order: 20,
      label: 'settings.title',
      permission: 'organization.manage',
      component: lazyPage(() => import('./settings-panel.tsx').then((m) => m.SettingsPanel)),
    },
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
