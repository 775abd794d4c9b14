import { MailOutlined } from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

export const screens: Screens = {
  module: 'mailbox',
  routes: [
    {
      path: '/mailboxes',
      page: lazyPage(() => import('./mailboxes-page.tsx').then((m) => m.MailboxesPage)),
      permission: 'mailbox.manage',
      nav: { place: 'settings', order: 37, label: 'nav.mailboxes', icon: MailOutlined },
    },
  ],
  commands: [{ id: 'mailboxes', label: 'nav.mailboxes', keywords: 'command.words', to: '/mailboxes', permission: 'mailbox.manage' }],
}
