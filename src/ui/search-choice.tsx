/**
 * One of very many, found by typing the beginning of what it is called.
 *
 *   const useCustomers = (asked: string) => {
 *     const { data, isFetching, error } = useRead(customers.search, { q: asked }, { enabled: asked !== '' })
 *     return { options: data?.items.map(({ id, name }) => ({ value: id, label: name })), isFetching, problem: error }
 *   }
 *   <SearchChoice useFound={useCustomers} aria-label={…} value={id} known={{ id, name }} onChange={setId} />
 *
 * `known` names the one that is chosen already.
 */
import { Select } from 'antd'
import { useState } from 'react'
import type { Problem } from './client.ts'
import type { Choice } from './form.tsx'
import { Refused } from './refused.tsx'
import { useSettled } from './settled.ts'
import { useWords } from './words.ts'

export interface SearchChoiceProps {
  readonly useFound: (asked: string) => {
    readonly options: readonly Choice[] | undefined
    readonly isFetching: boolean
    readonly problem: Problem | null
  }
  readonly id?: string
  readonly value?: string | null
  readonly onChange?: (id: string | null) => void
  /** Whoever is not to be chosen. */
  readonly except?: string
  readonly known?: { readonly id: string; readonly name: string } | null
  readonly placeholder?: string
  readonly large?: boolean
  readonly autoFocus?: boolean
  readonly allowClear?: boolean
  readonly 'aria-label'?: string
}

const longestAsked = 200
const pause = 200

export function SearchChoice({ useFound, except, known, large, ...props }: SearchChoiceProps) {
  const t = useWords('ui')
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(known ?? null)
  const asked = useSettled(typed.trim().slice(0, longestAsked), pause)
  const found = useFound(asked)
  const hits = (asked === '' ? [] : (found.options ?? [])).filter(({ value }) => value !== except)
  const kept = chosen && chosen.id === props.value && !hits.some(({ value }) => value === chosen.id)
  return (
    <>
      <Select<string>
        {...(props.id ? { id: props.id } : {})}
        className="wide"
        {...(large ? { size: 'large' } : {})}
        autoFocus={props.autoFocus ?? false}
        allowClear={props.allowClear ?? true}
        aria-label={props['aria-label']}
        placeholder={props.placeholder}
        value={props.value ?? null}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        loading={found.isFetching}
        notFoundContent={asked === '' ? null : found.options && !found.isFetching ? t('search.nothing') : t('loading')}
        options={[...(kept ? [{ value: chosen.id, label: chosen.name }] : []), ...hits]}
        onChange={(id, option) => {
          const label = !option || Array.isArray(option) ? '' : String(option.label ?? '')
          setChosen(id ? { id, name: label } : null)
          props.onChange?.(id ?? null)
        }}
      />
      <Refused problem={found.problem} />
    </>
  )
}
