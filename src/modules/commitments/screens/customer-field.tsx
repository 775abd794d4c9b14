import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { api as customers } from '#modules/customers/api.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'

/** A customer by the beginning of a name, number, address or pinyin. `known` names the one that is chosen already. */
export function CustomerField(props: {
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (id: string | null) => void
  readonly known?: { readonly id: string; readonly name: string } | null
  readonly 'aria-label'?: string
}) {
  const { value, known } = props
  const t = useWords('commitments')
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(known ?? null)
  const asked = useSettled(typed.trim())
  const found = useRead(customers.search, { q: asked }, { enabled: asked !== '' })
  const hits = (asked === '' ? [] : (found.data?.items ?? [])).map(({ id, name, company, city }) => ({
    value: id,
    label: [name, company === name ? null : company, city].filter(Boolean).join(' · '),
  }))
  const own = chosen && chosen.id === value && !hits.some((hit) => hit.value === value) ? [{ value: chosen.id, label: chosen.name }] : []
  return (
    <Select<string>
      {...(props.id ? { id: props.id } : {})}
      className="wide"
      allowClear
      aria-label={props['aria-label'] ?? t('field.customer')}
      placeholder={t('form.customerPlaceholder')}
      value={value ?? null}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      notFoundContent={asked === '' ? null : found.data && !found.isFetching ? t('form.nobodyFound') : t('ui:loading')}
      options={[...own, ...hits]}
      onChange={(id, option) => {
        const label = !option || Array.isArray(option) ? '' : String(option.label ?? '')
        setChosen(id ? { id, name: label } : null)
        props.onChange?.(id ?? null)
      }}
    />
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
