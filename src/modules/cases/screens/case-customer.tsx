import { Link } from 'react-router'
import { useWords } from '#ui/words.ts'
import type { Detail } from './shown.ts'

/** Whose a case is; whoever has to do with a case about a customer beyond their reach is told so. */
export function CaseCustomer({ of }: { readonly of: Detail['customer'] }) {
  const t = useWords('cases')
  return of ? <Link to={`/customers/${of.id}`}>{of.name}</Link> : <span className="muted">{t('field.hiddenCustomer')}</span>
}
