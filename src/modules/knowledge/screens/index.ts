import {
  BookOutlined,
  BulbOutlined,
  MailOutlined,
  NotificationOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  SolutionOutlined,
} from '@ant-design/icons'
import { lazyPage, type Screens } from '#ui/screens.ts'

const read = { permission: 'knowledge.read' }
const write = { permission: 'knowledge.write' }
const train = { permission: 'knowledge.train' }

export const screens: Screens = {
  module: 'knowledge',
  routes: [
    {
      path: '/techniques',
      page: lazyPage(() => import('./techniques-page.tsx').then((m) => m.TechniquesPage)),
      ...read,
      nav: { place: 'serve', order: 60, label: 'nav.techniques', icon: BulbOutlined },
    },
    { path: '/techniques/new', page: lazyPage(() => import('./technique-form-page.tsx').then((m) => m.NewTechniquePage)), ...write },
    { path: '/techniques/phrases', page: lazyPage(() => import('./phrase-rules-page.tsx').then((m) => m.PhraseRulesPage)), ...write },
    {
      path: '/techniques/:id/edit',
      page: lazyPage(() => import('./technique-form-page.tsx').then((m) => m.ChangeTechniquePage)),
      ...write,
    },
    {
      path: '/templates',
      page: lazyPage(() => import('./templates-page.tsx').then((m) => m.TemplatesPage)),
      ...read,
      nav: { place: 'serve', order: 62, label: 'nav.templates', icon: MailOutlined },
    },
    { path: '/templates/new', page: lazyPage(() => import('./template-form-page.tsx').then((m) => m.NewTemplatePage)), ...write },
    { path: '/templates/:id/edit', page: lazyPage(() => import('./template-form-page.tsx').then((m) => m.ChangeTemplatePage)), ...write },
    {
      path: '/knowledge',
      page: lazyPage(() => import('./articles-page.tsx').then((m) => m.ArticlesPage)),
      ...read,
      nav: { place: 'serve', order: 64, label: 'nav.articles', icon: BookOutlined },
    },
    { path: '/knowledge/new', page: lazyPage(() => import('./article-form-page.tsx').then((m) => m.NewArticlePage)), ...write },
    { path: '/knowledge/:id', page: lazyPage(() => import('./article-page.tsx').then((m) => m.ArticlePage)), ...read },
    { path: '/knowledge/:id/edit', page: lazyPage(() => import('./article-form-page.tsx').then((m) => m.ChangeArticlePage)), ...write },
    {
      path: '/bulletins',
      page: lazyPage(() => import('./bulletins-page.tsx').then((m) => m.BulletinsPage)),
      ...read,
      nav: { place: 'improve', order: 10, label: 'nav.bulletins', icon: NotificationOutlined },
    },
    { path: '/bulletins/:id', page: lazyPage(() => import('./bulletin-page.tsx').then((m) => m.BulletinPage)), ...read },
    {
      path: '/training',
      page: lazyPage(() => import('./training-page.tsx').then((m) => m.TrainingPage)),
      ...read,
      nav: { place: 'improve', order: 20, label: 'nav.training', icon: ReadOutlined },
    },
    {
      path: '/complaint-policy',
      permission: 'public',
      layout: 'bare',
      page: lazyPage(() => import('./policy-page.tsx').then((m) => m.PolicyPage)),
    },
  ],
  panels: [
    {
      slot: 'home',
      order: 15,
      label: 'toRead.title',
      component: lazyPage(() => import('./to-read.tsx').then((m) => m.ToRead)),
      ...read,
    },
    {
      slot: 'my-day',
      order: 50,
      label: 'toRead.title',
      component: lazyPage(() => import('./to-read.tsx').then((m) => m.ToRead)),
      ...read,
    },
    {
      slot: 'organization.staff',
      order: 10,
      label: 'training.title',
      component: lazyPage(() => import('./training-of.tsx').then((m) => m.TrainingOfStaff)),
      ...train,
    },
  ],
  settings: [{ key: 'phrases', label: 'phrases.rules' }],
  commands: [
    { id: 'knowledge', label: 'nav.articles', keywords: 'command.articleWords', to: '/knowledge', ...read, icon: BookOutlined },
    { id: 'techniques', label: 'nav.techniques', keywords: 'command.techniqueWords', to: '/techniques', ...read, icon: BulbOutlined },
    { id: 'templates', label: 'nav.templates', keywords: 'command.templateWords', to: '/templates', ...read, icon: MailOutlined },
    { id: 'bulletins', label: 'nav.bulletins', keywords: 'command.bulletinWords', to: '/bulletins', ...read, icon: NotificationOutlined },
    { id: 'training', label: 'nav.training', keywords: 'command.trainingWords', to: '/training', ...read, icon: SolutionOutlined },
    {
      id: 'policy',
      label: 'policy.open',
      keywords: 'command.policyWords',
      to: '/complaint-policy',
      ...read,
      icon: SafetyCertificateOutlined,
    },
  ],
  searches: [{ id: 'articles', label: 'nav.articles', ...read, load: () => import('./search.ts').then((m) => m.searchArticles) }],
}
