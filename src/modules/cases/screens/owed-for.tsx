import { Link } from 'react-router'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'

/** From what somebody owes to the case because of which they owe it. */
export function OwedFor({ origin }: { readonly origin: { readonly module: string; readonly id: string } | null }) {
  const t = useWords('cases')
  const { may } = useSession()
  // What reviews and audits ask for leads to where all of them are; what is owed for one of them, to it.
  const [, what, id] = (origin?.module === 'cases' && /^(review|audit|process-action):(.*)$/.exec(origin.id)) || []
  if (what === 'process-action') return <Link to="/cases/improvements">{t('nav.improvements')}</Link>
  if (what === 'review') return may('cases.review') ? <Link to="/cases/reviews">{t('nav.reviews')}</Link> : null
  if (what === 'audit') return may('cases.audit') ? <Link to={`/cases/audits/${id}`}>{t('improvement.ofAudit')}</Link> : null
  // What is owed because of an order that came late has no case.
  const [, caseId, why] =
    (origin?.module === 'cases' && /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:$|[: ](.*)$)/.exec(origin.id)) || []
  return caseId === undefined || why === 'recovery' ? null : <Link to={`/cases/${caseId}`}>{t('field.caseLink')}</Link>
}
