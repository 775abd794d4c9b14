import { Link, useNavigate } from 'react-router'
import { api as customers } from '#modules/customers/api.ts'
import { Page, Section } from '#ui/page.tsx'
import { SearchChoice } from '#ui/search-choice.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'

/** Whose order it is, by the beginning of a name, number, address or pinyin; the form follows. */
export function ChooseCustomer() {
  const t = useWords('orders')
  const { may } = useSession()
  const navigate = useNavigate()
  return (
    <Page title={t('form.new')} width="reading">
      <Section title={t('form.chooseCustomer')} about={t('form.chooseCustomerAbout')}>
        <SearchChoice
          useFound={useCustomers}
          large
          autoFocus
          allowClear={false}
          aria-label={t('form.chooseCustomer')}
          placeholder={t('form.customerPlaceholder')}
          onChange={(id) => id && navigate(`/orders/new?customer=${id}`, { replace: true })}
        />
        {may('customers.write') && (
          <p>
            <Link to="/customers/new">{t('form.newCustomer')}</Link>
          </p>
        )}
      </Section>
    </Page>
  )
}

function useCustomers(asked: string) {
  const { data, isFetching, error } = useRead(customers.search, { q: asked }, { enabled: asked !== '' })
  const options = data?.items.map(({ id, name, company, city }) => ({
    value: id,
    label: [name, company === name ? null : company, city].filter(Boolean).join(' · '),
  }))
  return { options, isFetching, problem: error }
}
