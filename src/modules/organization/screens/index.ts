import {
  ApartmentOutlined,
  AuditOutlined,
  IdcardOutlined,
  KeyOutlined,
  LogoutOutlined,
  SafetyOutlined,
  ScheduleOutlined,
  SettingOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

declare module '#ui/screens.ts' {
  interface Slots {
    /** Panels of the page that follows the first sign-in: each offers one way to begin, such as loading the demo company. */
    'organization.welcome': Readonly<Record<never, never>>
    /** By what else somebody comes in, beside their sessions, for administrators. */
    'organization.entrances': { readonly userId: string }
    /** Sections of what is written about somebody who works here, below the scores of their skills (1 … 5, by name), for whoever looks after the staff. */
    'organization.staff': { readonly userId: string; readonly skills: Readonly<Record<string, number>> }
  }
}

const bare = { permission: 'public', layout: 'bare' } as const

export const screens: Screens = {
  module: 'organization',
  routes: [
    { path: '/sign-in', ...bare, page: lazyPage(() => import('./sign-in-page.tsx').then((m) => m.SignInPage)) },
    {
      path: '/first-administrator',
      ...bare,
      page: lazyPage(() => import('./first-administrator-page.tsx').then((m) => m.FirstAdministratorPage)),
    },
    {
      path: '/forgotten-password',
      ...bare,
      page: lazyPage(() => import('./password-link-pages.tsx').then((m) => m.ForgottenPasswordPage)),
    },
    { path: '/reset-password', ...bare, page: lazyPage(() => import('./password-link-pages.tsx').then((m) => m.ResetPasswordPage)) },
    { path: '/welcome', page: lazyPage(() => import('./welcome-page.tsx').then((m) => m.WelcomePage)) },
    { path: '/notifications', page: lazyPage(() => import('./notifications-page.tsx').then((m) => m.NotificationsPage)) },
    { path: '/profile', page: lazyPage(() => import('./profile-page.tsx').then((m) => m.ProfilePage)) },
    {
      path: '/settings',
      page: lazyPage(() => import('./settings-page.tsx').then((m) => m.SettingsPage)),
      permission: 'organization.manage',
      nav: { place: 'settings', order: 10, label: 'nav.settings', icon: SettingOutlined },
    },
    {
      path: '/users',
      page: lazyPage(() => import('./users-page.tsx').then((m) => m.UsersPage)),
      permission: 'organization.manage-users',
      nav: { place: 'settings', order: 20, label: 'nav.users', icon: TeamOutlined },
    },
    {
      path: '/invitation',
      ...bare,
      page: lazyPage(() => import('./invitation-page.tsx').then((m) => m.InvitationPage)),
    },
    {
      path: '/keys',
      page: lazyPage(() => import('./keys-page.tsx').then((m) => m.KeysPage)),
      permission: 'organization.read',
      nav: { place: 'settings', order: 34, label: 'nav.keys', icon: KeyOutlined },
    },
    {
      path: '/departments',
      page: lazyPage(() => import('./departments-page.tsx').then((m) => m.DepartmentsPage)),
      permission: 'organization.read',
      nav: { place: 'settings', order: 24, label: 'nav.departments', icon: ApartmentOutlined },
    },
    {
      path: '/calendars',
      page: lazyPage(() => import('./calendars-page.tsx').then((m) => m.CalendarsPage)),
      permission: 'organization.read',
      nav: { place: 'settings', order: 26, label: 'nav.calendars', icon: ScheduleOutlined },
    },
    {
      path: '/staff',
      page: lazyPage(() => import('./staff-page.tsx').then((m) => m.StaffPage)),
      permission: 'organization.read-staff',
      nav: { place: 'settings', order: 28, label: 'nav.staff', icon: IdcardOutlined },
    },
    {
      path: '/roles',
      page: lazyPage(() => import('./roles-page.tsx').then((m) => m.RolesPage)),
      permission: 'organization.manage-users',
      nav: { place: 'settings', order: 30, label: 'nav.roles', icon: SafetyOutlined },
    },
    {
      path: '/audit',
      page: lazyPage(() => import('./audit-page.tsx').then((m) => m.AuditPage)),
      permission: 'organization.audit',
      nav: { place: 'settings', order: 40, label: 'nav.audit', icon: AuditOutlined },
    },
  ],
  panels: [
    { slot: 'header', order: 10, label: 'notifications.title', component: lazyPage(() => import('./bell.tsx').then((m) => m.Bell)) },
    {
      slot: 'customer',
      order: 90,
      label: 'looks.title',
      permission: 'organization.audit',
      component: lazyPage(() => import('./looks-panel.tsx').then((m) => m.LooksPanel)),
    },
    {
      slot: 'departure',
      order: 20,
      label: 'departments.title',
      permission: 'organization.read',
      component: lazyPage(() => import('./departure-panels.tsx').then((m) => m.DeparturePlaces)),
    },
    {
      slot: 'departure',
      order: 30,
      label: 'departure.access',
      permission: 'organization.manage-users',
      component: lazyPage(() => import('./departure-panels.tsx').then((m) => m.DepartureAccess)),
    },
    {
      slot: 'settings',
      order: 80,
      label: 'backups.title',
      permission: 'organization.backup',
      component: lazyPage(() => import('./backups-panel.tsx').then((m) => m.BackupsPanel)),
    },
    {
      slot: 'settings',
      order: 85,
      label: 'audit.settings',
      permission: 'organization.manage',
      component: lazyPage(() => import('./audit-settings.tsx').then((m) => m.AuditSettings)),
    },
    {
      slot: 'settings',
      order: 10,
      label: 'settings.general',
      permission: 'organization.manage',
      component: lazyPage(() => import('./company-panel.tsx').then((m) => m.CompanyPanel)),
    },
    {
      slot: 'settings',
      order: 15,
      label: 'customerPages.title',
      permission: 'organization.manage',
      component: lazyPage(() => import('./customer-pages-panel.tsx').then((m) => m.CustomerPagesPanel)),
    },
    {
      slot: 'settings',
      order: 20,
      label: 'secondFactor.title',
      permission: 'organization.manage',
      component: lazyPage(() => import('./second-factor-panel.tsx').then((m) => m.SecondFactorPanel)),
    },
    {
      slot: 'settings',
      order: 25,
      label: 'provider.title',
      permission: 'organization.manage',
      component: lazyPage(() => import('./single-sign-on-panel.tsx').then((m) => m.SingleSignOnPanel)),
    },
    {
      slot: 'settings',
      order: 90,
      label: 'uploads.title',
      permission: 'organization.manage',
      component: lazyPage(() => import('./uploads-panel.tsx').then((m) => m.UploadsPanel)),
    },
  ],
  settings: [
    { key: 'profile', label: 'settings.general' },
    { key: 'customer-pages', label: 'customerPages.title' },
    { key: 'second-factor', label: 'secondFactor.title' },
    { key: 'single-sign-on', label: 'provider.title' },
    { key: 'uploads', label: 'uploads.title' },
    { key: 'audit', label: 'audit.settings' },
    { key: 'backups', label: 'backups.title' },
  ],
  commands: [
    { id: 'keys', label: 'nav.keys', keywords: 'command.keyWords', icon: KeyOutlined, to: '/keys' },
    {
      id: 'audit',
      label: 'nav.audit',
      keywords: 'command.auditWords',
      icon: AuditOutlined,
      to: '/audit',
      permission: 'organization.audit',
    },
    { id: 'profile', label: 'command.profile', keywords: 'command.words', icon: UserOutlined, to: '/profile', menu: 'user' },
    {
      id: 'sign-out',
      label: 'command.signOut',
      keywords: 'command.words',
      icon: LogoutOutlined,
      menu: 'user',
      run: () => import('./door.ts').then((m) => m.leave()),
    },
  ],
}
