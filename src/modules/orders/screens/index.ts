import { CarOutlined, CloudDownloadOutlined, PlusOutlined, ShoppingOutlined, TagsOutlined } from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

export const screens: Screens = {
  module: 'orders',
  routes: [
    {
      path: '/orders',
      page: lazyPage(() => import('./orders-page.tsx').then((m) => m.OrdersPage)),
      permission: 'orders.read',
      nav: { place: 'know', order: 20, label: 'nav.orders', icon: ShoppingOutlined },
    },
    { path: '/orders/new', page: lazyPage(() => import('./order-form-page.tsx').then((m) => m.NewOrderPage)), permission: 'orders.write' },
    { path: '/orders/:id', page: lazyPage(() => import('./order-page.tsx').then((m) => m.OrderPage)), permission: 'orders.read' },
    {
      path: '/orders/:id/edit',
      page: lazyPage(() => import('./order-form-page.tsx').then((m) => m.ChangeOrderPage)),
      permission: 'orders.write',
    },
    {
      path: '/deliveries',
      page: lazyPage(() => import('./deliveries-page.tsx').then((m) => m.DeliveriesPage)),
      permission: 'orders.read',
      nav: { place: 'serve', order: 30, label: 'nav.deliveries', icon: CarOutlined },
    },
    {
      path: '/products',
      page: lazyPage(() => import('./products-page.tsx').then((m) => m.ProductsPage)),
      permission: 'orders.read',
      nav: { place: 'know', order: 30, label: 'nav.products', icon: TagsOutlined },
    },
    {
      path: '/order-intake',
      page: lazyPage(() => import('./intake-page.tsx').then((m) => m.IntakePage)),
      permission: 'orders.intake',
      nav: { place: 'settings', order: 37, label: 'nav.intake', icon: CloudDownloadOutlined },
    },
  ],
  timeline: [
    { what: null, label: 'timelineKind.all' },
    { what: 'purchase', label: 'timelineKind.purchase' },
    { what: 'refund', label: 'timelineKind.refund' },
    { what: 'cancelled', label: 'timelineKind.cancelled' },
    { what: 'delivered', label: 'timelineKind.delivered' },
    { what: 'early', label: 'timelineKind.early' },
    { what: 'late', label: 'timelineKind.late' },
    { what: 'overdue', label: 'timelineKind.overdue' },
  ],
  panels: [
    {
      slot: 'customers.need',
      order: 10,
      label: 'panel.needProducts',
      component: lazyPage(() => import('./need-products.tsx').then((m) => m.NeedProducts)),
      permission: 'orders.read',
    },
    {
      slot: 'customers.needs',
      order: 10,
      label: 'panel.withoutNeed',
      component: lazyPage(() => import('./without-need.tsx').then((m) => m.WithoutNeed)),
      permission: 'orders.read',
    },
    {
      slot: 'customer',
      order: 30,
      label: 'panel.orders',
      component: lazyPage(() => import('./customer-panel.tsx').then((m) => m.CustomerPanel)),
      permission: 'orders.read',
    },
    {
      slot: 'settings',
      order: 25,
      label: 'panel.rates',
      component: lazyPage(() => import('./rates-panel.tsx').then((m) => m.RatesPanel)),
      permission: 'orders.manage',
    },
  ],
  commands: [
    { id: 'orders', label: 'nav.orders', keywords: 'command.orderWords', to: '/orders', permission: 'orders.read', icon: ShoppingOutlined },
    {
      id: 'order-new',
      label: 'form.new',
      keywords: 'command.orderWords',
      to: '/orders/new',
      permission: 'orders.write',
      icon: PlusOutlined,
    },
    {
      id: 'products',
      label: 'nav.products',
      keywords: 'command.productWords',
      to: '/products',
      permission: 'orders.read',
      icon: TagsOutlined,
    },
    {
      id: 'deliveries',
      label: 'nav.deliveries',
      keywords: 'command.deliveryWords',
      to: '/deliveries',
      permission: 'orders.read',
      icon: CarOutlined,
    },
    { id: 'order-intake', label: 'nav.intake', keywords: 'command.intakeWords', to: '/order-intake', permission: 'orders.intake' },
  ],
  searches: [
    { id: 'orders', label: 'nav.orders', permission: 'orders.read', load: () => import('./search.ts').then((m) => m.searchOrders) },
  ],
}
