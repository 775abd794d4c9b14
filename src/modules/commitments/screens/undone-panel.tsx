import { Link } from 'react-router'
import type { UndoneThings } from '#ui/screens.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'

/** A hand-over was taken back: what went back to whoever owed it, and what stays, with why. */
export function UndonePanel({ also }: { also: Readonly<Record<string, UndoneThings>> }) {
  const t = useWords('commitments')
  const { commitments, calls } = also
  return (
    <>
      {commitments && <p>{t('departure.undone', { restored: commitments.restored, stays: commitments.stays })}</p>}
      {calls && calls.restored > 0 && <p>{t('departure.callsOff', { count: calls.restored })}</p>}
      {commitments && <Staying left={commitments.left} label={t('departure.stays')} />}
      {calls && calls.left.length > 0 && <p>{t('departure.callsStay')}</p>}
      {calls && <Staying left={calls.left} label={t('departure.callsStay')} />}
    </>
  )
}

function Staying({ left, label }: { left: UndoneThings['left']; label: string }) {
  const t = useWords('commitments')
  if (left.length === 0) return null
  return (
    <ul className="plain-list" aria-label={label}>
      {left.map(({ id, why }) => (
        <li key={id}>
          <Stays id={id} /> · <span className="muted">{t(`departure.why.${why}`)}</span>
        </li>
      ))}
    </ul>
  )
}

function Stays({ id }: { id: string }) {
  const { data } = useRead(commitmentsApi.one, { id })
  return <Link to={`/commitments/${id}`}>{data?.title ?? '…'}</Link>
}
