import { DashboardOutlined, HeartOutlined, HomeOutlined, RetweetOutlined } from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

export const screens: Screens = {
  module: 'insight',
  routes: [
    {
      path: '/',
      page: lazyPage(() => import('./home-page.tsx').then((m) => m.HomePage)),
      nav: { place: 'home', order: 10, label: 'nav.home', icon: HomeOutlined },
    },
    {
      path: '/keeping',
      page: lazyPage(() => import('./keeping-page.tsx').then((m) => m.KeepingPage)),
      permission: 'insight.read',
      nav: { place: 'keep', order: 10, label: 'nav.keeping', icon: HeartOutlined },
    },
    {
      path: '/old-customers',
      page: lazyPage(() => import('./old-customers-page.tsx').then((m) => m.OldCustomersPage)),
      permission: 'value.read',
      nav: { place: 'keep', order: 20, label: 'nav.oldCustomers', icon: RetweetOutlined },
    },
  ],
  panels: [
    {
      slot: 'organization.welcome',
      order: 10,
      label: 'demo.title',
      permission: 'demo.load',
      component: lazyPage(() => import('./demo-offer.tsx').then((m) => m.DemoOffer)),
    },
  ],
  commands: [
    { id: 'home', label: 'nav.home', to: '/', icon: DashboardOutlined },
    {
      id: 'keeping',
      label: 'nav.keeping',
      keywords: 'command.keepingWords',
      to: '/keeping',
      permission: 'insight.read',
      icon: HeartOutlined,
    },
    {
      id: 'old-customers',
      label: 'nav.oldCustomers',
      keywords: 'command.oldWords',
      to: '/old-customers',
      permission: 'value.read',
      icon: RetweetOutlined,
    },
  ],
}
