/**
 * One or several of the people who work here. A house of a few is shown whole; in a large one the first are offered, and whoever else by typing a part of the name.
 *
 *   <PeopleChoice value={ownerId} onChange={setOwner} aria-label={t('field.owner')} except={me} />
 *   <PeopleChoice several value={ownerIds} onChange={setOwners} aria-label={t('filter.owner')} />
 *
 * In a form it is the field of kind 'people'.
 */
import { Select } from 'antd'
import { useState } from 'react'
import { api as organization } from '#modules/organization/api.ts'
import type { Choice } from './form.tsx'
import { usePeople } from './people.ts'
import { useSettled } from './settled.ts'
import { useRead } from './use-endpoint.ts'
import { useWords } from './words.ts'

interface Common {
  readonly id?: string
  readonly className?: string
  readonly disabled?: boolean
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly allowClear?: boolean
  /** Also those who may not sign in any more. */
  readonly alsoLeft?: boolean
  /** Whoever is not to be chosen. */
  readonly except?: string | undefined
  /** Choices that are nobody, such as "nobody looks after them". */
  readonly more?: readonly Choice[]
  readonly 'aria-label'?: string
  readonly 'aria-required'?: boolean
}
interface One extends Common {
  readonly several?: false
  readonly value?: string | null | undefined
  readonly onChange?: (id: string | null) => void
}
interface Several extends Common {
  readonly several: true
  readonly value?: readonly string[] | undefined
  readonly onChange?: (ids: string[]) => void
}

export function PeopleChoice({
  several = false,
  value,
  onChange,
  except,
  alsoLeft = false,
  more = [],
  allowClear = true,
  className = 'wide',
  ...rest
}: One | Several) {
  const t = useWords('ui')
  const [typed, setTyped] = useState('')
  const { isFetching, options } = useChoices(typed, alsoLeft)
  const { nameOf } = usePeople()
  const chosen = [value ?? []].flat() as string[]
  const offered = [...options.filter((one) => one.value !== except && !more.some(({ value }) => value === one.value)), ...more]
  // Who is chosen is named though nobody looks for them.
  const kept = chosen.filter((id) => !offered.some(({ value }) => value === id)).map((id) => ({ value: id, label: nameOf(id) }))
  const shared = {
    ...rest,
    className,
    allowClear: allowClear && { label: t('clear') },
    loading: isFetching,
    onOpenChange: (open: boolean) => open || setTyped(''),
    notFoundContent: isFetching ? t('loading') : t('search.nothing'),
    showSearch: {
      onSearch: setTyped,
      filterOption: (text: string, option?: { label: string }) => (option?.label ?? '').toLowerCase().includes(text.trim().toLowerCase()),
    },
    options: [...kept, ...offered].map(({ value, label }) => ({ value, label })),
  }
  return several ? (
    <Select<string[], { value: string; label: string }>
      {...shared}
      mode="multiple"
      maxTagCount="responsive"
      value={chosen}
      onChange={(ids) => (onChange as Several['onChange'])?.(ids)}
    />
  ) : (
    <Select<string | null, { value: string; label: string }>
      {...shared}
      value={chosen[0] ?? null}
      onChange={(id) => (onChange as One['onChange'])?.(id ?? null)}
    />
  )
}

const pause = 200
const found = 50

/** Whom a choice offers for what was typed. */
function useChoices(typed: string, alsoLeft: boolean): { readonly options: readonly Choice[]; readonly isFetching: boolean } {
  const { choices, everybody, areAll } = usePeople()
  const asked = useSettled(typed.trim().slice(0, 100), pause)
  const searches = !areAll && asked !== ''
  const { data, isFetching } = useRead(
    organization.people,
    { q: asked, limit: found, ...(alsoLeft ? {} : { enabled: true }) },
    { enabled: searches },
  )
  if (!searches) return { options: alsoLeft ? everybody : choices, isFetching: false }
  return { options: (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })), isFetching }
}
