import { ApiOutlined } from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

export const screens: Screens = {
  module: 'webhooks',
  routes: [
    {
      path: '/webhooks',
      page: lazyPage(() => import('./webhooks-page.tsx').then((m) => m.WebhooksPage)),
      permission: 'webhooks.manage',
      nav: { place: 'settings', order: 36, label: 'nav.webhooks', icon: ApiOutlined },
    },
  ],
  commands: [{ id: 'webhooks', label: 'nav.webhooks', keywords: 'command.words', to: '/webhooks', permission: 'webhooks.manage' }],
}
