import { type Refusal, refuse } from '#platform/refusal.ts'

export const staleVersion = (): Refusal =>
  refuse('conflict', 'changed-meanwhile', 'Somebody changed this meanwhile; look at the new state and try again', {
    fields: [{ field: 'version', reason: 'changed-meanwhile', detail: 'It is not the newest version' }],
  })
