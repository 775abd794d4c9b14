import { PieChartOutlined, SlidersOutlined } from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

const page = (path: string, load: Parameters<typeof lazyPage>[0]) => ({
  path,
  page: lazyPage(load as () => Promise<() => React.ReactNode>),
  permission: 'value.read',
})

export const screens: Screens = {
  module: 'value',
  routes: [
    {
      path: '/value',
      page: lazyPage(() => import('./overview-page.tsx').then((m) => m.OverviewPage)),
      permission: 'value.read',
      nav: { place: 'value', order: 10, label: 'nav.overview', icon: PieChartOutlined },
    },
    page('/value/concentration', () => import('./concentration-page.tsx').then((m) => m.ConcentrationPage)),
    page('/value/sizes', () => import('./sizes-page.tsx').then((m) => m.SizesPage)),
    page('/value/rfm', () => import('./rfm-page.tsx').then((m) => m.RfmPage)),
    page('/value/lifetime', () => import('./lifetime-page.tsx').then((m) => m.LifetimePage)),
    page('/value/models', () => import('./models-page.tsx').then((m) => m.ModelsPage)),
    page('/value/movement', () => import('./movement-page.tsx').then((m) => m.MovementPage)),
    page('/value/cohorts', () => import('./cohorts-page.tsx').then((m) => m.CohortsPage)),
    page('/value/affinity', () => import('./affinity-page.tsx').then((m) => m.AffinityPage)),
    page('/value/spend', () => import('./spend-page.tsx').then((m) => m.SpendPage)),
    {
      path: '/value/calculator',
      page: lazyPage(() => import('./calculator-page.tsx').then((m) => m.CalculatorPage)),
      permission: 'value.read',
    },
  ],
  timeline: [
    { what: null, label: 'timelineKind.all' },
    { what: 'tier-found', label: 'timelineKind.tier-found' },
    { what: 'tier-moved', label: 'timelineKind.tier-moved' },
  ],
  panels: [
    {
      slot: 'customer.head',
      order: 20,
      label: 'panel.head',
      component: lazyPage(() => import('./customer-head.tsx').then((m) => m.CustomerHead)),
      permission: 'value.read',
    },
    {
      slot: 'customer',
      order: 20,
      label: 'panel.value',
      component: lazyPage(() => import('./customer-panel.tsx').then((m) => m.CustomerPanel)),
      permission: 'value.read',
    },
    {
      slot: 'customer',
      order: 25,
      label: 'panel.preferences',
      component: lazyPage(() => import('./preferences-panel.tsx').then((m) => m.PreferencesPanel)),
      permission: 'value.read',
    },
    {
      slot: 'settings',
      order: 30,
      label: 'panel.settings',
      component: lazyPage(() => import('./settings-panel.tsx').then((m) => m.SettingsPanel)),
      permission: 'organization.manage',
    },
  ],
  settings: [
    { key: 'margin', label: 'settings.margin.title' },
    { key: 'tiers', label: 'settings.tiers.title' },
    { key: 'forecast', label: 'settings.forecast.title' },
    { key: 'rfm', label: 'settings.rfm.title' },
    { key: 'service-cost', label: 'settings.serviceCost.title' },
    { key: 'activity', label: 'settings.activity.title' },
    { key: 'size-bands', label: 'settings.sizeBands.title' },
  ],
  commands: [
    { id: 'value-overview', label: 'command.overview', to: '/value', permission: 'value.read', icon: PieChartOutlined },
    { id: 'value-models', label: 'command.models', to: '/value/models', permission: 'value.read' },
    { id: 'value-spend', label: 'command.spend', to: '/value/spend', permission: 'value.read' },
    { id: 'value-settings', label: 'command.settings', to: '/settings', permission: 'organization.manage', icon: SlidersOutlined },
  ],
}
