import { api as customers } from '#modules/customers/api.ts'
import { SearchChoice, type SearchChoiceProps } from '#ui/search-choice.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'

/** A customer by the beginning of a name, number, address or pinyin. */
export function CustomerChoice(props: Omit<SearchChoiceProps, 'useFound' | 'placeholder'>) {
  const t = useWords('cases')
  return <SearchChoice useFound={useCustomers} aria-label={t('field.customer')} placeholder={t('form.customerPlaceholder')} {...props} />
}

function useCustomers(asked: string) {
  const { data, isFetching, error } = useRead(customers.search, { q: asked }, { enabled: asked !== '' })
  const options = data?.items.map(({ id, name, company, city }) => ({
    value: id,
    label: [name, company === name ? null : company, city].filter(Boolean).join(' · '),
  }))
  return { options, isFetching, problem: error }
}
