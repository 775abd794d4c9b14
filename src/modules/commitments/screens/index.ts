import {
  BellOutlined,
  CalendarOutlined,
  CheckSquareOutlined,
  ContactsOutlined,
  FileSearchOutlined,
  PhoneOutlined,
  PlusOutlined,
} from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

/** Sections that other modules add to everybody's day, below what is owed. */
declare module '#ui/screens.ts' {
  interface Slots {
    'my-day': Readonly<Record<never, never>>
    /** Sections of the contact card, which is printed. */
    'contact.card': { readonly customerId: string }
    /** Beside the title of a commitment: where it comes from, for the module that brought it about. */
    'commitments.origin': { readonly origin: { readonly module: string; readonly id: string } | null }
  }
}

const read = { permission: 'commitments.read' }
const write = { permission: 'commitments.write' }

export const screens: Screens = {
  module: 'commitments',
  routes: [
    {
      path: '/my-day',
      page: lazyPage(() => import('./my-day-page.tsx').then((m) => m.MyDayPage)),
      ...read,
      nav: { place: 'home', order: 20, label: 'nav.myDay', icon: CheckSquareOutlined },
    },
    {
      path: '/calendar',
      page: lazyPage(() => import('./calendar-page.tsx').then((m) => m.CalendarPage)),
      ...read,
      nav: { place: 'home', order: 30, label: 'nav.calendar', icon: CalendarOutlined },
    },
    {
      path: '/contact-next',
      page: lazyPage(() => import('./contact-next-page.tsx').then((m) => m.ContactNextPage)),
      ...read,
      nav: { place: 'serve', order: 10, label: 'nav.contactNext', icon: PhoneOutlined },
    },
    {
      path: '/archive-reviews',
      page: lazyPage(() => import('./archive-reviews-page.tsx').then((m) => m.ArchiveReviewsPage)),
      ...read,
      nav: { place: 'know', order: 40, label: 'nav.archiveReviews', icon: FileSearchOutlined },
    },
    {
      path: '/signals',
      page: lazyPage(() => import('./signals-page.tsx').then((m) => m.SignalsPage)),
      ...read,
      nav: { place: 'listen', order: 10, label: 'nav.signals', icon: BellOutlined },
    },
    { path: '/commitments/new', page: lazyPage(() => import('./commitment-form-page.tsx').then((m) => m.NewCommitmentPage)), ...write },
    { path: '/commitments/:id', page: lazyPage(() => import('./commitment-page.tsx').then((m) => m.CommitmentPage)), ...read },
    {
      path: '/commitments/:id/edit',
      page: lazyPage(() => import('./commitment-form-page.tsx').then((m) => m.ChangeCommitmentPage)),
      ...write,
    },
    { path: '/customers/:id/card', page: lazyPage(() => import('./card-page.tsx').then((m) => m.CardPage)), permission: 'customers.read' },
  ],
  timeline: [
    { what: null, label: 'timelineKind.all' },
    { what: 'promised', label: 'timelineKind.promised' },
    { what: 'kept', label: 'timelineKind.kept' },
    { what: 'planned', label: 'timelineKind.planned' },
    { what: 'done', label: 'timelineKind.done' },
    { what: 'reviewed', label: 'timelineKind.reviewed' },
    { what: 'cancelled', label: 'timelineKind.cancelled' },
  ],
  panels: [
    {
      slot: 'desk.glance',
      order: 20,
      label: 'panel.next',
      component: lazyPage(() => import('./desk-glance.tsx').then((m) => m.DeskGlance)),
      ...read,
    },
    {
      slot: 'customer',
      order: 10,
      label: 'panel.commitments',
      component: lazyPage(() => import('./customer-panel.tsx').then((m) => m.CustomerPanel)),
      ...read,
    },
    {
      slot: 'customer',
      order: 55,
      label: 'nav.signals',
      component: lazyPage(() => import('./signals-panel.tsx').then((m) => m.SignalsPanel)),
      ...read,
    },
    {
      slot: 'customer',
      order: 60,
      label: 'panel.worksheet',
      component: lazyPage(() => import('./worksheet-panel.tsx').then((m) => m.WorksheetPanel)),
      ...read,
    },
    {
      slot: 'customer.head',
      order: 60,
      label: 'nav.archiveReviews',
      component: lazyPage(() => import('./archive-head.tsx').then((m) => m.ArchiveHead)),
      ...read,
    },
    {
      slot: 'holdings',
      order: 20,
      label: 'departure.title',
      component: lazyPage(() => import('./holdings.tsx').then((m) => m.CommitmentHoldings)),
      ...read,
    },
    {
      slot: 'my-day',
      order: 40,
      label: 'nav.archiveReviews',
      component: lazyPage(() => import('./reviews-of-day.tsx').then((m) => m.ReviewsOfDay)),
      ...read,
    },
    {
      slot: 'customer',
      order: 62,
      label: 'panel.services',
      component: lazyPage(() => import('./services-panel.tsx').then((m) => m.ServicesPanel)),
      ...read,
    },
    {
      slot: 'customer',
      order: 64,
      label: 'panel.proposals',
      component: lazyPage(() => import('./proposals-panel.tsx').then((m) => m.ProposalsPanel)),
      ...read,
    },
    {
      slot: 'departure',
      order: 10,
      label: 'departure.title',
      component: lazyPage(() => import('./departure-panel.tsx').then((m) => m.DeparturePanel)),
      ...read,
    },
    {
      slot: 'departure.undone',
      order: 10,
      label: 'departure.title',
      component: lazyPage(() => import('./undone-panel.tsx').then((m) => m.UndonePanel)),
      ...read,
    },
    {
      slot: 'customers.touch',
      order: 10,
      label: 'cadence.title',
      component: lazyPage(() => import('./touch-advice.tsx').then((m) => m.TouchAdvice)),
      ...read,
    },
    {
      slot: 'organization.entrances',
      order: 10,
      label: 'feed.panel',
      component: lazyPage(() => import('./feed-of-user.tsx').then((m) => m.FeedOfUser)),
      permission: 'commitments.manage',
    },
    {
      slot: 'home',
      order: 10,
      label: 'panel.today',
      component: lazyPage(() => import('./home-panel.tsx').then((m) => m.HomePanel)),
      ...read,
    },
    {
      slot: 'settings',
      order: 35,
      label: 'panel.settings',
      component: lazyPage(() => import('./settings-panel.tsx').then((m) => m.SettingsPanel)),
      permission: 'organization.manage',
    },
  ],
  settings: [
    { key: 'cadence', label: 'settings.cadence' },
    { key: 'attention', label: 'settings.attention' },
  ],
  commands: [
    { id: 'my-day', label: 'nav.myDay', keywords: 'command.dayWords', to: '/my-day', ...read, icon: CheckSquareOutlined },
    { id: 'calendar', label: 'nav.calendar', keywords: 'command.calendarWords', to: '/calendar', ...read, icon: CalendarOutlined },
    {
      id: 'contact-next',
      label: 'nav.contactNext',
      keywords: 'command.contactWords',
      to: '/contact-next',
      ...read,
      icon: ContactsOutlined,
    },
    { id: 'archive-reviews', label: 'nav.archiveReviews', to: '/archive-reviews', ...read, icon: FileSearchOutlined },
    { id: 'signals', label: 'nav.signals', keywords: 'command.signalWords', to: '/signals', ...read, icon: BellOutlined },
    { id: 'new-commitment', label: 'form.new', keywords: 'command.newWords', to: '/commitments/new', ...write, icon: PlusOutlined },
  ],
}
