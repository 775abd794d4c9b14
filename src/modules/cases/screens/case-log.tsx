import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { useLogWords } from './log-words.ts'
import type { Detail } from './shown.ts'

/** Everything that happened until then, newest first; each moment leads to the case as it was then. */
export function CaseLog({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const words = useLogWords(found)
  // What later kinds of events have no name of their own for is called by the act.
  const called = (kind: string) =>
    [`happened.${kind}`, `act.${kind}`].filter((key) => hasWord('cases', key)).map((key) => t(key))[0] ?? kind
  const log = useRead(casesApi.log, { caseId: found.id })
  return (
    <Loaded of={log}>
      {({ events }) => (
        <ol className="case-log">
          {events
            .filter(({ seq }) => seq <= found.version)
            .toReversed()
            .map(({ seq, kind, at, by, said }) => (
              <li key={seq}>
                <b>{called(kind)}</b>{' '}
                <small className="muted">
                  {people.nameOf(by)} ·{' '}
                  <Link to={`/cases/${found.id}?at=${encodeURIComponent(at.toISOString())}`}>{format.instant(at)}</Link>
                </small>
                {words(kind, said).map((line) => (
                  <div key={line} className="case-text">
                    {line}
                  </div>
                ))}
              </li>
            ))}
        </ol>
      )}
    </Loaded>
  )
}
