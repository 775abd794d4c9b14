import { useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import { useWords } from '#ui/words.ts'
import type { Detail } from './commitment-page.tsx'

/** What happened with a commitment, newest first. */
export function History({ events }: { events: Detail['events'] }) {
  const t = useWords('commitments')
  const format = useFormat()
  const people = usePeople()
  const isPerson = (field: string) => field === 'ownerId' || field === 'requestedBy'
  const value = (field: string, found: unknown): string => {
    if (found === null || found === undefined) return '–'
    if (field === 'dueDay') return format.day(String(found))
    if (field === 'startsAt' || field === 'endsAt') return format.instant(new Date(String(found)))
    if (field === 'channel') return t(`channel.${found}`)
    return isPerson(field) ? people.nameOf(String(found)) : String(found)
  }
  return (
    <ol className="commitment-history">
      {events.toReversed().map((event) => (
        <li key={event.id}>
          <b>{t(`happened.${event.what}`)}</b>{' '}
          <small className="muted">{t('history.by', { at: format.instant(event.at), name: people.nameOf(event.by) })}</small>
          {Object.entries(event.changes).map(([field, [before, after]]) => (
            <div key={field}>
              {t(`changed.${field}`)}
              {(before !== null || after !== null) && `: ${value(field, before)} → ${value(field, after)}`}
            </div>
          ))}
          {event.note && <div className="commitment-text">{event.note}</div>}
        </li>
      ))}
    </ol>
  )
}
