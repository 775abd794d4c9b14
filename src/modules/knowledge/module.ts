import { builtInRoles, module } from '#platform/module.ts'
import { knowledgeActions } from './actions.ts'
import { knowledgeApi } from './api.ts'
import * as facts from './facts.ts'
import { jobs } from './jobs.ts'
import { phrasesSetting } from './settings.ts'
import { bringContents } from './store/shipped.ts'
import { texts } from './texts/index.ts'

export const knowledge = module({
  name: 'knowledge',
  api: knowledgeApi,
  actions: knowledgeActions,
  permissions: {
    'knowledge.read': builtInRoles,
    // Techniques, templates, articles, also what customers read, and bulletins.
    'knowledge.write': ['supervisor', 'executive'],
    // Who has read what, courses and what others have learned.
    'knowledge.train': ['supervisor', 'executive', 'human-resources'],
    // Going through checklists.
    'knowledge.inspect': ['department', 'supervisor', 'account-manager', 'store-clerk', 'executive'],
  },
  facts: Object.values(facts),
  jobs,
  settings: [phrasesSetting],
  notifications: {
    kinds: {
      'bulletin-lesson': { mail: 'digest' },
      'bulletin-recurrence': { mail: 'digest' },
      'bulletin-said-done': { mail: 'digest' },
      'bulletin-notice': { mail: 'digest' },
      'to-acknowledge': { mail: 'digest' },
      'practice-judged': { mail: 'digest' },
      recognized: { mail: 'digest' },
    },
    texts,
  },
  // What is told to everybody, practised or praised may name a customer although it should not.
  mentions: [
    { table: 'knowledge.bulletin', key: ['id'], columns: ['title', 'body'], how: 'strike' },
    { table: 'knowledge.practice', key: ['id'], columns: ['situation', 'notes', 'feedback'], how: 'strike' },
    { table: 'knowledge.course_completion', key: ['user_id', 'course_id'], columns: ['note'], how: 'strike' },
    { table: 'knowledge.recognition', key: ['id'], columns: ['text'], how: 'strike' },
    { table: 'knowledge.inspection', key: ['id'], columns: ['place', 'note', 'scores'], how: 'strike' },
  ],
  seed: bringContents,
})
