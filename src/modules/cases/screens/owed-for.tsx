import { Link } from 'react-router'
import { useWords } from '#ui/words.ts'

/** From what somebody owes to the case because of which they owe it. */
export function OwedFor({ origin }: { readonly origin: { readonly module: string; readonly id: string } | null }) {
  const t = useWords('cases')
  // What is owed because of an order that came late has no case.
  const [, caseId, why] =
    (origin?.module === 'cases' && /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:$|[: ](.*)$)/.exec(origin.id)) || []
  return caseId === undefined || why === 'recovery' ? null : <Link to={`/cases/${caseId}`}>{t('field.caseLink')}</Link>
}
