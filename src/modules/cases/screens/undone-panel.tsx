import { Link } from 'react-router'
import type { UndoneThings } from '#ui/screens.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'

/** A hand-over was taken back: the cases that went back to whoever handled them, and those that ended or were given on since and stay. */
export function UndonePanel({ also: { cases } }: { readonly also: Readonly<Record<string, UndoneThings>> }) {
  const t = useWords('cases')
  if (!cases || cases.restored + cases.stays === 0) return null
  return (
    <>
      <p>{t('departure.undone', { restored: cases.restored, stays: cases.stays })}</p>
      {cases.left.length > 0 && (
        <ul className="plain-list" aria-label={t('departure.stays')}>
          {cases.left.map(({ id, why }) => (
            <li key={id}>
              <Stays id={id} /> · <span className="muted">{t(`departure.why.${why}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Stays({ id }: { readonly id: string }) {
  const { data } = useRead(casesApi.one, { caseId: id })
  return (
    <Link to={`/cases/${id}`}>
      <span className="case-number">{data?.number ?? '…'}</span> {data?.record.subject}
    </Link>
  )
}
