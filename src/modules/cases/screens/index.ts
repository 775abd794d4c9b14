import {
  AlertOutlined,
  BarChartOutlined,
  CheckSquareOutlined,
  ControlOutlined,
  CustomerServiceOutlined,
  FormOutlined,
  InboxOutlined,
  NumberOutlined,
  PartitionOutlined,
  PlusOutlined,
  RiseOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  SmileOutlined,
  SoundOutlined,
  StarOutlined,
  TeamOutlined,
  UserDeleteOutlined,
} from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'
import { panels } from './panels.ts'

const read = { permission: 'cases.read' }
const write = { permission: 'cases.write' }
const quality = { permission: 'cases.quality' }

/** What other parts add to the page of a case. */
declare module '#ui/screens.ts' {
  interface Slots {
    /** Sections of a case's page; the customer is null for whoever may see the case and not whom it is about. */
    case: { readonly caseId: string; readonly customerId: string | null }
  }
}

export const screens: Screens = {
  module: 'cases',
  routes: [
    {
      path: '/cases',
      page: lazyPage(() => import('./cases-page.tsx').then((m) => m.CasesPage)),
      ...read,
      nav: { place: 'serve', order: 5, label: 'nav.cases', icon: CustomerServiceOutlined },
    },
    {
      path: '/case-processes',
      page: lazyPage(() => import('./processes-page.tsx').then((m) => m.ProcessesPage)),
      ...read,
      nav: { place: 'settings', order: 60, label: 'process.title', icon: PartitionOutlined },
    },
    {
      path: '/case-processes/:key/:version',
      page: lazyPage(() => import('./process-edit-page.tsx').then((m) => m.ProcessEditPage)),
      permission: 'cases.manage',
    },
    {
      path: '/desk',
      page: lazyPage(() => import('./desk-page.tsx').then((m) => m.DeskPage)),
      ...read,
      nav: { place: 'serve', order: 3, label: 'nav.desk', icon: SmileOutlined },
    },
    {
      path: '/cases/quality',
      page: lazyPage(() => import('./quality-page.tsx').then((m) => m.QualityPage)),
      ...quality,
      nav: { place: 'serve', order: 8, label: 'quality.nav', icon: SafetyCertificateOutlined },
    },
    {
      path: '/counters',
      page: lazyPage(() => import('./counters-page.tsx').then((m) => m.CountersPage)),
      ...read,
      nav: { place: 'serve', order: 9, label: 'nav.counters', icon: NumberOutlined },
    },
    { path: '/cases/new', page: lazyPage(() => import('./new-case-page.tsx').then((m) => m.NewCasePage)), ...write },
    {
      path: '/case-approvals',
      page: lazyPage(() => import('./approvals-page.tsx').then((m) => m.ApprovalsPage)),
      permission: 'cases.approve',
      nav: { place: 'serve', order: 7, label: 'approvals.title', icon: CheckSquareOutlined },
    },
    {
      path: '/case-setup',
      page: lazyPage(() => import('./set-up-page.tsx').then((m) => m.SetUpPage)),
      permission: 'cases.manage',
      nav: { place: 'settings', order: 35, label: 'setUp.title', icon: ControlOutlined },
    },
    {
      path: '/staff-scorecard',
      page: lazyPage(() => import('./scorecard-page.tsx').then((m) => m.ScorecardPage)),
      permission: 'cases.recognize',
      nav: { place: 'improve', order: 40, label: 'scorecard.title', icon: StarOutlined },
    },
    { path: '/cases/:caseId', page: lazyPage(() => import('./case-page.tsx').then((m) => m.CasePage)), ...read },
    {
      path: '/cases/archive',
      page: lazyPage(() => import('./archive-page.tsx').then((m) => m.ArchivePage)),
      ...read,
      nav: { place: 'serve', order: 40, label: 'nav.archive', icon: InboxOutlined },
    },
    {
      path: '/cases/report',
      page: lazyPage(() => import('./report-page.tsx').then((m) => m.ReportPage)),
      ...read,
      nav: { place: 'improve', order: 10, label: 'nav.report', icon: BarChartOutlined },
    },
    { path: '/cases/report/cases', page: lazyPage(() => import('./report-cases-page.tsx').then((m) => m.ReportCasesPage)), ...read },
    {
      path: '/cases/problems',
      page: lazyPage(() => import('./problems-page.tsx').then((m) => m.ProblemsPage)),
      ...read,
      nav: { place: 'improve', order: 20, label: 'nav.problems', icon: AlertOutlined },
    },
    {
      path: '/cases/improvements',
      page: lazyPage(() => import('./improvements-page.tsx').then((m) => m.ImprovementsPage)),
      ...read,
      nav: { place: 'improve', order: 22, label: 'nav.improvements', icon: RiseOutlined },
    },
    { path: '/cases/problems/:problemId', page: lazyPage(() => import('./problem-page.tsx').then((m) => m.ProblemPage)), ...read },
    {
      path: '/cases/voice',
      page: lazyPage(() => import('./voice-page.tsx').then((m) => m.VoicePage)),
      ...read,
      nav: { place: 'serve', order: 11, label: 'nav.voice', icon: SoundOutlined },
    },
    {
      path: '/cases/claims',
      page: lazyPage(() => import('./claims-page.tsx').then((m) => m.ClaimsPage)),
      ...read,
      nav: { place: 'serve', order: 42, label: 'nav.claims', icon: RollbackOutlined },
    },
    { path: '/cases/non-customer', page: lazyPage(() => import('./non-customer-page.tsx').then((m) => m.NonCustomerPage)), ...write },
    {
      path: '/cases/advisers',
      page: lazyPage(() => import('./advisory-page.tsx').then((m) => m.AdvisoryPage)),
      ...read,
      nav: { place: 'serve', order: 45, label: 'nav.advisers', icon: TeamOutlined },
    },
    { path: '/cases/advisers/:groupId', page: lazyPage(() => import('./advisory-page.tsx').then((m) => m.AdvisoryGroupPage)), ...read },
    { path: '/cases/meetings/:meetingId', page: lazyPage(() => import('./meeting-page.tsx').then((m) => m.MeetingPage)), ...read },
    { path: '/cases/publications', page: lazyPage(() => import('./publications-page.tsx').then((m) => m.PublicationsPage)), ...read },
    {
      path: '/cases/publications/:publicationId',
      page: lazyPage(() => import('./publications-page.tsx').then((m) => m.PublicationPage)),
      ...read,
    },
    {
      path: '/desertions',
      page: lazyPage(() => import('./desertions-page.tsx').then((m) => m.DesertionsPage)),
      ...read,
      nav: { place: 'improve', order: 30, label: 'nav.desertions', icon: UserDeleteOutlined },
    },
    {
      path: '/cases/self-assessment',
      page: lazyPage(() => import('./self-assessment-page.tsx').then((m) => m.SelfAssessmentPage)),
      ...write,
      nav: { place: 'improve', order: 50, label: 'nav.self', icon: FormOutlined },
    },
  ],
  timeline: [
    { what: null, label: 'timelineKind.all' },
    { what: 'opened', label: 'timelineKind.opened' },
    { what: 'resolved', label: 'timelineKind.resolved' },
    { what: 'closed', label: 'timelineKind.closed' },
    { what: 'reopened', label: 'timelineKind.reopened' },
    { what: 'withdrawn', label: 'timelineKind.withdrawn' },
  ],
  panels,
  settings: [
    { key: 'handling', label: 'settings.handling' },
    { key: 'regimes', label: 'settings.regimes' },
    { key: 'own-regimes', label: 'settings.ownRegimes' },
    { key: 'patience', label: 'settings.patience' },
    { key: 'queue', label: 'settings.queue' },
    { key: 'counters', label: 'settings.counters' },
    { key: 'assignment', label: 'settings.assignment' },
    { key: 'limits', label: 'settings.limits' },
    { key: 'decisions', label: 'settings.decisions' },
    { key: 'mail', label: 'settings.mail' },
    { key: 'proactive', label: 'settings.proactive' },
    { key: 'customer-files', label: 'settings.customerFiles' },
    { key: 'self-assessment', label: 'settings.selfAssessment' },
  ],
  commands: [
    { id: 'desk', label: 'command.desk', keywords: 'command.deskWords', to: '/desk', ...read, icon: SmileOutlined },
    { id: 'voice', label: 'nav.voice', keywords: 'command.voiceWords', to: '/cases/voice', ...read, icon: SoundOutlined },
    { id: 'advisers', label: 'nav.advisers', keywords: 'command.adviserWords', to: '/cases/advisers', ...read, icon: TeamOutlined },
    { id: 'claims', label: 'nav.claims', keywords: 'command.claimWords', to: '/cases/claims', ...read, icon: RollbackOutlined },
    {
      id: 'non-customer',
      label: 'nonCustomer.title',
      keywords: 'command.nonCustomerWords',
      to: '/cases/non-customer',
      ...write,
      icon: RollbackOutlined,
    },
    { id: 'quality', label: 'quality.nav', to: '/cases/quality', ...quality, icon: SafetyCertificateOutlined },
    { id: 'counters', label: 'nav.counters', keywords: 'command.counterWords', to: '/counters', ...read, icon: NumberOutlined },
    { id: 'case-report', label: 'nav.report', keywords: 'command.reportWords', to: '/cases/report', ...read, icon: BarChartOutlined },
    { id: 'case-problems', label: 'nav.problems', keywords: 'command.problemWords', to: '/cases/problems', ...read, icon: AlertOutlined },
    { id: 'case-archive', label: 'nav.archive', keywords: 'command.archiveWords', to: '/cases/archive', ...read, icon: InboxOutlined },
    { id: 'desertions', label: 'nav.desertions', keywords: 'command.desertionWords', to: '/desertions', ...read, icon: UserDeleteOutlined },
    {
      id: 'self-assessment',
      label: 'nav.self',
      keywords: 'command.selfWords',
      to: '/cases/self-assessment',
      ...write,
      icon: FormOutlined,
    },
    { id: 'cases', label: 'nav.cases', keywords: 'command.caseWords', to: '/cases', ...read, icon: CustomerServiceOutlined },
    {
      id: 'case-approvals',
      label: 'approvals.title',
      keywords: 'command.approvalWords',
      to: '/case-approvals',
      permission: 'cases.approve',
      icon: CheckSquareOutlined,
    },
    {
      id: 'case-setup',
      label: 'setUp.title',
      keywords: 'command.setUpWords',
      to: '/case-setup',
      permission: 'cases.manage',
      icon: ControlOutlined,
    },
    {
      id: 'staff-scorecard',
      label: 'scorecard.title',
      keywords: 'command.scorecardWords',
      to: '/staff-scorecard',
      permission: 'cases.recognize',
      icon: StarOutlined,
    },
    { id: 'new-case', label: 'form.new', keywords: 'command.newWords', to: '/cases/new', ...write, icon: PlusOutlined },
  ],
}
