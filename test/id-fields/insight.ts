import type { Meanings } from './meanings.ts'

export const insight: Meanings = {
  'GET /insight/old-customers': { ownerId: 'user' },
}
