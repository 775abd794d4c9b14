import type { NewEvent } from './event.ts'

/** The files that an event brings to its case or names as part of it. */
export function filesIn(event: NewEvent): readonly string[] {
  switch (event.kind) {
    case 'opened':
      return event.data.record.fileIds
    case 'changed':
      return event.data.changes.fileIds ?? []
    case 'executed':
    case 'fulfilled':
    case 'noted':
    case 'referral-sent':
      return event.data.fileIds
    case 'message':
      return event.data.fileIds ?? []
    default:
      return []
  }
}
