import { ThunderboltOutlined } from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

export const screens: Screens = {
  module: 'runs',
  routes: [
    {
      path: '/runs',
      page: lazyPage(() => import('./runs-page.tsx').then((m) => m.RunsPage)),
      permission: 'runs.read',
      nav: { place: 'settings', order: 40, label: 'nav.runs', icon: ThunderboltOutlined },
    },
  ],
  commands: [{ id: 'runs', label: 'command.runs', keywords: 'command.words', to: '/runs', permission: 'runs.read' }],
}
