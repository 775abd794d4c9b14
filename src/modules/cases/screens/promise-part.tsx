import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import './cases.css'

/** On the contact card (G-25): where we are reached at any hour, and by when a person answers. Nothing where nothing is promised. */
export function PromisePart() {
  const t = useWords('cases')
  const { data } = useRead(casesApi.feedbackPromise, {})
  if (!data || data.hours === null) return null
  const { hours, address, email } = data
  const page = address ?? `${location.origin}/p/`
  return (
    <section>
      <h2>{t('promise.title')}</h2>
      <p>{t('promise.said', { hours })}</p>
      <ul className="plain-list">
        <li className="case-text">{page}</li>
        {email && <li className="case-text">{email}</li>}
      </ul>
    </section>
  )
}
