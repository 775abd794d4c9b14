import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { api as customers } from '#modules/customers/api.ts'
import { Page, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'

/** Whose order it is, by the beginning of a name, number, address or pinyin; the form follows. */
export function ChooseCustomer() {
  const t = useWords('orders')
  const { may } = useSession()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const asked = useSettled(typed.trim())
  const found = useRead(customers.search, { q: asked }, { enabled: asked !== '' })
  return (
    <Page title={t('form.new')} width="reading">
      <Section title={t('form.chooseCustomer')} about={t('form.chooseCustomerAbout')}>
        <Select<string>
          className="wide"
          size="large"
          autoFocus
          aria-label={t('form.chooseCustomer')}
          placeholder={t('form.customerPlaceholder')}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          loading={found.isFetching}
          notFoundContent={asked === '' ? null : found.data && !found.isFetching ? t('form.nobodyFound') : t('ui:loading')}
          options={(asked === '' ? [] : (found.data?.items ?? [])).map(({ id, name, company, city }) => ({
            value: id,
            label: [name, company === name ? null : company, city].filter(Boolean).join(' · '),
          }))}
          onChange={(id) => navigate(`/orders/new?customer=${id}`, { replace: true })}
        />
        <Refused problem={found.error} />
        {may('customers.write') && (
          <p>
            <Link to="/customers/new">{t('form.newCustomer')}</Link>
          </p>
        )}
      </Section>
    </Page>
  )
}

/** What was typed, once the typing pauses. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 200)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
