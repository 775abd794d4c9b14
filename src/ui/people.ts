import { api as organization } from '#modules/organization/api.ts'
import { useRead } from './use-endpoint.ts'
import { useLanguage, useWords } from './words.ts'

export interface People {
  /** Who may sign in, to choose from, by name. */
  readonly choices: { value: string; label: string }[]
  /** The same with those who once could: who has left may still look after something. */
  readonly everybody: { value: string; label: string }[]
  /** Whether somebody had an account and may not sign in any more. */
  hasLeft(id: string): boolean
  /** What somebody is called by the id that a record carries; null for nobody. A name that an import brought along stands for itself. */
  nameOf(id: string): string
  nameOf(id: string | null): string | null
}

/** Who works here. */
export function usePeople(): People {
  const t = useWords('ui')
  const { data, isPending } = useRead(organization.people, { limit: 200 })
  const { language } = useLanguage()
  const people = (data?.items ?? []).toSorted((one, other) => one.name.localeCompare(other.name, language))
  const called = (id: string): string => {
    const person = people.find((one) => one.id === id)
    if (person) return person.name
    if (id === 'operator' || id === 'system') return t(`by.${id}`)
    if (!isUser.test(id)) return id
    return isPending ? '…' : t('by.unknown')
  }
  return {
    choices: people.filter(({ enabled }) => enabled).map(asChoice),
    everybody: people.map(asChoice),
    hasLeft: (id) => people.some((one) => one.id === id && !one.enabled),
    nameOf: ((id: string | null) => (id === null ? null : called(id))) as People['nameOf'],
  }
}

const asChoice = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })

const isUser = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
