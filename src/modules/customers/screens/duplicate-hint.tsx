import { Alert } from 'antd'
import { Link } from 'react-router'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'

interface Typed {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly city: string
  /** Whose page it is. */
  readonly except?: string
}

/** Who is there already with the name, e-mail address or number that somebody is typing. */
export function DuplicateHint({ name, email, phone, city, except }: Typed) {
  const t = useWords('customers')
  const asked = /@./.test(email) || phone.replace(/\D/g, '').length >= 5 || name.trim().length > 1
  const found = useRead(
    api.duplicates,
    { name: name.slice(0, 200), email: email.slice(0, 254), phone: phone.slice(0, 60), city: city.slice(0, 120) },
    { enabled: asked },
  )
  const items = (asked ? (found.data?.items ?? []) : []).filter(({ id }) => id !== except)
  if (items.length === 0) return null
  return (
    <Alert
      role="status"
      type="warning"
      showIcon
      title={t('duplicates.title')}
      description={
        <ul className="plain-list">
          {items.map(({ id, name, city, reasons }) => (
            <li key={id}>
              <Link to={`/customers/${id}`}>{name}</Link>{' '}
              <span className="muted">
                {[city, ...reasons.map((reason) => t(`duplicateReason.${reason}`))].filter(Boolean).join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      }
    />
  )
}
