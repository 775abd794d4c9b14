import { CompassOutlined, TeamOutlined, UserAddOutlined } from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

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
      path: '/strategy',
      page: lazyPage(() => import('./strategy-page.tsx').then((m) => m.StrategyPage)),
      permission: 'customers.read',
      nav: { place: 'know', order: 40, label: 'nav.strategy', icon: CompassOutlined },
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
