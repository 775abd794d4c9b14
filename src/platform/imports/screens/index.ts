import { FieldTimeOutlined, ImportOutlined } from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

export const screens: Screens = {
  module: 'imports',
  routes: [
    {
      path: '/import',
      page: lazyPage(() => import('./import-page.tsx').then((m) => m.ImportPage)),
      permission: 'imports.read',
      nav: { place: 'know', order: 90, label: 'nav.import', icon: ImportOutlined },
    },
    {
      path: '/import/history',
      page: lazyPage(() => import('./history-page.tsx').then((m) => m.HistoryPage)),
      permission: 'imports.read',
    },
    {
      path: '/import-plans',
      page: lazyPage(() => import('./plans-page.tsx').then((m) => m.PlansPage)),
      permission: 'imports.plan',
      nav: { place: 'know', order: 92, label: 'nav.plans', icon: FieldTimeOutlined },
    },
  ],
  commands: [
    { id: 'import', label: 'command.import', keywords: 'command.words', to: '/import', permission: 'imports.write', icon: ImportOutlined },
    { id: 'import-history', label: 'command.history', keywords: 'command.words', to: '/import/history', permission: 'imports.read' },
    { id: 'import-plans', label: 'nav.plans', keywords: 'command.planWords', to: '/import-plans', permission: 'imports.plan' },
  ],
}
